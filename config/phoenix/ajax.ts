/** Of Phoenix's requests the socket needs none: an address has no parameters. */
export default null;
