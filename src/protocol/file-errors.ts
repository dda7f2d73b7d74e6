import type { ErrorCode } from './errors.js';

/** English of what a client says of a file before it sends it. */
export const fileErrors = {
  file_empty: 'This file is empty. Choose another one.',
  file_too_large: 'A file may have at most 10 MB. Choose a smaller one.',
  too_many_files: 'A message holds at most 10 files. Send the others with the next one.',
} as const satisfies Partial<Record<ErrorCode, string>>;
