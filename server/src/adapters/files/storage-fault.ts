import { CodedError } from '#kit/protocol/errors.js';

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** How long a client waits before it tries a store again that did not answer. */
export const retryAfterOutageMs = 10_000;

/** The same promise, whose faults of a disk or a network carry the contract's codes. */
export async function toldAsStorage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw storageFault(error);
  }
}

export function storageFault(cause: unknown): CodedError {
  if (cause instanceof CodedError) return cause;
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== undefined && full.has(code)) return new CodedError('storage_full', { cause });
  return new CodedError('storage_unavailable', { retryAfterMs: retryAfterOutageMs, cause });
}
