import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What a key does (S3.37). */
export type Shortcut =
  'next' | 'previous' | 'close' | 'reply' | 'comment' | 'assign' | 'search' | 'help';

/** In the order in which the list of them is shown. */
export const shortcutKeys: Readonly<Record<Shortcut, string>> = {
  next: 'j',
  previous: 'k',
  close: 'e',
  reply: 'r',
  comment: 'c',
  assign: 'a',
  search: '/',
  help: '?',
};

const byKey = new Map(
  Object.entries(shortcutKeys).map(([shortcut, key]) => [key, shortcut as Shortcut]),
);

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Single keys act while nobody types and no menu or dialog is open. On a page with more than the
 * inbox they act while the focus is in the inbox, or nowhere.
 */
export class Shortcuts implements ReactiveController {
  #host: Host;
  #enabled: () => boolean;
  #act: (shortcut: Shortcut) => void;

  constructor(host: Host, enabled: () => boolean, act: (shortcut: Shortcut) => void) {
    this.#host = host;
    this.#enabled = enabled;
    this.#act = act;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#onKeydown);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#onKeydown);
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const shortcut = byKey.get(event.key.toLowerCase());
    if (!shortcut || event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#enabled()) return;
    // A letter with shift is somebody else's; `?` and, on many keyboards, `/` need it.
    if (event.shiftKey && /^[a-z]$/i.test(event.key)) return;
    const path = event.composedPath();
    const target = path[0];
    const here = path.includes(this.#host) || target === document.body;
    if (!here || this.#host.offsetParent === null || path.some(takesKeys)) return;
    event.preventDefault();
    this.#act(shortcut);
  };
}

function takesKeys(target: EventTarget): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLDialogElement) return true;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button)$/.test(target.type);
  const role = target.getAttribute('role') ?? '';
  return (
    /^(textarea|select)$/i.test(target.localName) || /^(menu|listbox|textbox|grid)$/.test(role)
  );
}
