import { ContextRoot } from '@lit/context';

let root: ContextRoot | null = null;

/**
 * Elements upgrade in any order: what asks before its provider is there is answered later. The
 * first consumer or provider on the page calls it; nothing happens at import.
 */
export function attachContextRoot(): void {
  if (root || typeof document === 'undefined') return;
  root = new ContextRoot();
  root.attach(document.documentElement);
}
