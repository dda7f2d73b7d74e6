/** The socket compares its transport with Phoenix's own: no transport is ever this. */
export default null;
