import type { Conversation } from '../domain/index.js';
import {
  events,
  type BlockedContacts,
  type ContactsBlocked,
  type ContactsFound,
  type ConversationReply,
} from '../protocol/index.js';
import type { FoundContact, NewEmail } from './agent.js';
import type { ConversationCache } from './conversation-cache.js';
import type { Inbox } from './inbox.js';

/** Contacts beside those of the conversations shown: who is written to, and who may not write. */
export interface Contacts {
  start(email: NewEmail): Promise<Conversation>;
  find(query: string): Promise<FoundContact[]>;
  blocked(before?: ContactsBlocked['before']): Promise<BlockedContacts>;
  lift(contactId: string): Promise<void>;
}

export function createContacts(
  inbox: Inbox,
  cache: ConversationCache,
  nextClientId: () => string,
): Contacts {
  /** By content, the `clientId` of emails without an answer: the server may have them. */
  const unanswered = new Map<string, string>();

  return {
    async start({ to, subject, text, attachments = [] }) {
      const attachmentIds = attachments.map(({ id }) => id);
      const content = {
        to,
        subject,
        text,
        ...(attachmentIds.length > 0 ? { attachmentIds } : {}),
      };
      const key = JSON.stringify(content);
      const clientId = unanswered.get(key) ?? nextClientId();
      unanswered.set(key, clientId);
      const { conversation } = await inbox.push<ConversationReply>(events.conversationStart, {
        clientId,
        ...content,
      });
      unanswered.delete(key);
      cache.put(conversation);
      return conversation;
    },
    async find(query) {
      if (query.trim() === '') return [];
      const { contacts } = await inbox.push<ContactsFound>(events.contactsFind, { query });
      return contacts;
    },
    blocked: (before) =>
      inbox.push<BlockedContacts>(events.contactsBlocked, before ? { before } : {}),
    async lift(contactId) {
      await inbox.push(events.contactLift, { contactId });
    },
  };
}
