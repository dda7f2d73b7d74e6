/** The file is not there, or something else is in the way; the message says what. */
export class CannotOperate extends Error {
  override name = 'CannotOperate';
}
