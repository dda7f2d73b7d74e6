export type StartRefusal =
  /** Another running process holds the data folder. */
  | 'data_folder_in_use'
  /** What lies in the data folder is not what this server left there. */
  | 'data_folder_damaged'
  /** A newer server has written to the data folder. */
  | 'data_folder_too_new'
  /** The data folder cannot be made, read or written. */
  | 'data_folder_unusable'
  /** The private folder of the database's socket cannot be had. */
  | 'socket_folder_unusable'
  | 'database_unreachable'
  /** It answers, but lacks a right or an encoding that the server needs. */
  | 'database_unusable'
  | 'database_too_old'
  | 'database_too_new';

/** Why the server does not start; the message says what to do. */
export class StartRefused extends Error {
  readonly code: StartRefusal;

  constructor(code: StartRefusal, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartRefused';
    this.code = code;
  }
}
