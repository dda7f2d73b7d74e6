import type { CodedError } from '#kit/protocol/errors.js';
import { toWireError } from '#kit/protocol/error-entries.js';

/** What the command line prints of a refusal: the contract's own words for it speak of a page. */
export function refusalLine(error: CodedError): string {
  const { code, message } = toWireError(error);
  return code === 'workspace_not_found'
    ? 'There is no such workspace here. A server prints the id of its first one when it starts, and create-workspace that of each other one.'
    : message;
}
