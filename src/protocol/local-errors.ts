import type { ErrorCode } from './errors.js';

/*
 * English of what a client says by itself: nobody has answered it, or only a proxy has. Every other
 * refusal comes from the server with its text, so that a browser need not carry them all.
 */

/** What a chat says with nothing else loaded. */
export const chatErrors = {
  message_too_long: 'The message is too long. Shorten it or send it in several parts.',
  connection_lost: 'There is no connection. Try again when it is back.',
  token_expired: 'The token has expired. Ask for a new one.',
  rate_limited: 'Too many requests. Wait a moment, then try again.',
} as const satisfies Partial<Record<ErrorCode, string>>;
