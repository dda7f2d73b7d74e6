import { CodedError } from '../../protocol/index.js';
import type { ShownError } from '../../store/thread-item.js';

/** What an act was rejected with, as it can be shown. */
export function shownRefusal(cause: unknown): ShownError {
  const code = cause instanceof CodedError ? cause.code : 'internal';
  return { code, message: cause instanceof Error ? cause.message : code };
}
