/** What browsers and Node share and the core floors may use; everything else comes in as an interface. */
