import type { ErrorCode } from './errors.js';
import { chatErrors } from './local-errors.js';

/** What is said where something was refused. */
export const refusalErrors = {
  internal: 'Something went wrong on the server. Try again.',
  unavailable: 'The server is busy. Try again in a moment.',
  timeout: 'No answer came in time. Try again.',
} as const satisfies Partial<Record<ErrorCode, string>>;

export const localErrors = { ...chatErrors, ...refusalErrors };
