/**
 * Whether the panel was open, kept for this tab only so that it survives a reload. Written when the
 * visitor opens or closes it, never before.
 */
export function wasOpen(scope: string): boolean {
  try {
    return sessionStorage.getItem(keyOf(scope)) === 'open';
  } catch {
    return false;
  }
}

export function keepOpen(scope: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(keyOf(scope), 'open');
    else sessionStorage.removeItem(keyOf(scope));
  } catch {
    // Storage is off in this browser: the panel starts closed then.
  }
}

const keyOf = (scope: string): string => `convkit:panel:${scope}`;
