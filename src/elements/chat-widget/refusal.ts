import type { ShownError } from '../../store/thread-item.js';
import { codeOf } from '../shared/shown-error.js';

/** What an act was rejected with, as it can be shown. */
export function shownRefusal(cause: unknown): ShownError {
  const code = codeOf(cause);
  return { code, message: cause instanceof Error ? cause.message : code };
}
