import { applyPatch } from '../domain/index.js';
import { events, type ContactReply } from '../protocol/index.js';
import type { ContactEdits } from './contact-edits.js';
import type { ConversationStore } from './conversation.js';

type Act = (event: string, payload: object) => Promise<ContactReply>;

/** What an agent does with the contact of a conversation; shown at once, undone when it is refused. */
export function createContactActs(
  { edit }: Pick<ContactEdits, 'edit'>,
  act: Act,
  now: () => number,
): Pick<ConversationStore, 'updateContact' | 'block' | 'unblock'> {
  const asked = async (event: string, payload: object) => (await act(event, payload)).contact;
  return {
    updateContact(patch) {
      const at = now();
      return edit(
        (known) => applyPatch(known, patch, at),
        () => asked(events.contactUpdate, patch),
      );
    },
    block: (how) =>
      edit(
        (known) => ({ ...known, blocked: how }),
        () => asked(events.contactBlock, { address: how === 'address' }),
      ),
    unblock: () =>
      edit(
        (known) => ({ ...known, blocked: null }),
        () => asked(events.contactUnblock, {}),
      ),
  };
}
