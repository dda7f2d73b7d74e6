import { atom, type ReadableAtom } from 'nanostores';
import type { Contact } from '../domain/index.js';
import { later } from './thread.js';

/** The contact of a conversation, with the edits that are not confirmed yet. */
export interface ContactEdits {
  readonly $contact: ReadableAtom<Contact | null>;
  /** Takes a snapshot of the server; one of a lower version is dropped. */
  take(contact: Contact): void;
  /** Shows an edit while it is asked for, and takes it back when it is refused. */
  edit(change: (contact: Contact) => Contact, act: () => Promise<Contact>): Promise<void>;
}

export function createContactEdits(): ContactEdits {
  const $contact = atom<Contact | null>(null);
  let stored: Contact | null = null;
  let edits: ((contact: Contact) => Contact)[] = [];

  function show(): void {
    if (stored) $contact.set(edits.reduce((contact, edit) => edit(contact), stored));
  }

  return {
    $contact,
    take(contact) {
      stored = later(stored, contact);
      show();
    },
    async edit(change, act) {
      edits = [...edits, change];
      show();
      try {
        const contact = await act();
        stored = later(stored, contact);
      } finally {
        edits = edits.filter((other) => other !== change);
        show();
      }
    },
  };
}
