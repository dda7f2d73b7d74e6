import type { CodedError, WireError } from './errors.js';

/** As one tab tells another. A server answers with `toWireError`, which says it in words. */
export function wireOf({ code, message, retryAfterMs }: CodedError): WireError {
  return { code, message, reason: code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
