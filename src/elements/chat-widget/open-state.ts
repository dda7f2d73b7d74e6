/** What the visitor chose: the panel is open, or no sound is wanted. */
type Choice = 'panel' | 'quiet';

/**
 * Whether something was chosen in the widget of a workspace, kept for this tab only so that it
 * survives a reload. Written when the visitor chooses, never before; a logout takes it away.
 */
export function isKept(choice: Choice, scope: string): boolean {
  try {
    return sessionStorage.getItem(keyOf(choice, scope)) !== null;
  } catch {
    return false;
  }
}

export function keep(choice: Choice, scope: string, chosen: boolean): void {
  try {
    if (chosen) sessionStorage.setItem(keyOf(choice, scope), 'true');
    else sessionStorage.removeItem(keyOf(choice, scope));
  } catch {
    // Storage is off in this browser: it begins anew with each page then.
  }
}

const keyOf = (choice: Choice, scope: string): string => `convkit/tab/${scope}/${choice}`;
