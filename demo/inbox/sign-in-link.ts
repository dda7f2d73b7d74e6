/**
 * Takes the one-time code out of the fragment, and the fragment out of the address and the history
 * at once, so that neither a screenshot nor a copied address hands it on.
 */
export function takeCode(page: Pick<Window, 'location' | 'history'>): string | null {
  const { hash, pathname, search } = page.location;
  const code = new URLSearchParams(hash.slice(1)).get('code');
  if (code === null) return null;
  page.history.replaceState(null, '', pathname + search);
  return code === '' ? null : code;
}
