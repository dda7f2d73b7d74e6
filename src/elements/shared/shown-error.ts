import { refusalText, type InboxStrings, type Localizer } from '../../i18n/index.js';
import { isErrorCode, type ErrorCode } from '../../protocol/index.js';

/** The code of whatever an action was rejected with; what has none is `internal`. */
export function codeOf(error: unknown): ErrorCode {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return isErrorCode(code) ? code : 'internal';
}

/** A code in the person's language. */
export function errorText(localizer: Localizer<InboxStrings>, code: ErrorCode): string {
  return refusalText(localizer, { code, message: code });
}
