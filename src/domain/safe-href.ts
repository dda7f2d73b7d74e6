const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address in its normal form when it is a link that we let through; else null. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return schemes.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
