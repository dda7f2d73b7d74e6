import type { Contact, EmailTemplate, SavedReply } from '../../domain/index.js';
import {
  events,
  topics,
  type RepliesChanged,
  type TemplatesChanged,
} from '../../protocol/index.js';
import type { Caller } from './caller.js';
import { messageFor } from './pages.js';
import {
  agentSnapshot,
  availabilityOf,
  conversationSnapshot,
  meSnapshot,
  settingsOf,
  showContact,
  visitorConversation,
} from './snapshots.js';
import {
  agentOf,
  conversationsOf,
  isVisitors,
  type StoredConversation,
  type StoredMessage,
  type Workspace,
} from './workspace.js';

/** Sends to those on a topic, or to some of them. */
export type Broadcast = (
  topic: string,
  event: string,
  payload: object,
  to?: (caller: Caller) => boolean,
) => void;

/** What the server says by itself: whom, and what they may see of it. */
export interface Tell {
  /** A conversation changed: its card, the counts, and what its visitor sees of it. */
  conversation(conversation: StoredConversation): void;
  removed(conversation: StoredConversation): void;
  message(conversation: StoredConversation, message: StoredMessage): void;
  contact(contact: Contact): void;
  /** Only what agents read of a contact, nothing that a card shows. */
  contactDetails(contact: Contact): void;
  agent(agentId: string): void;
  agentRemoved(agentId: string): void;
  /** What an agent changed of themselves, to their own windows. */
  me(agentId: string): void;
  /** Who is there to answer may have changed as well. */
  availability(): void;
  groups(): void;
  /** To widgets, and who is known of their visitors where that is another form's. */
  settings(): void;
  reply(before: SavedReply | null, after: SavedReply | null): void;
  template(change: { saved: EmailTemplate } | { deletedId: string }): void;
}

export function createTell(workspace: Workspace, broadcast: Broadcast): Tell {
  const inbox = topics.inbox(workspace.id);

  function counts(): void {
    broadcast(inbox, events.counts, workspace.tally.counts());
  }

  /** Only what a visitor may see counts as a change: else comments could be counted. */
  function visitor(conversation: StoredConversation): void {
    if (conversation.channel !== 'chat') return;
    const shown = visitorConversation(workspace, conversation);
    const content = JSON.stringify({ ...shown, version: 0 });
    if (content === conversation.shownToVisitor) return;
    conversation.shownToVisitor = content;
    conversation.publicVersion++;
    if (!conversation.live) return;
    broadcast(topics.visitor(conversation.contactId), events.conversationChanged, {
      conversation: { ...shown, version: conversation.publicVersion },
    });
  }

  function conversation(changed: StoredConversation): void {
    changed.version++;
    workspace.tally.update(changed);
    workspace.activity.place([changed]);
    const payload = { conversation: conversationSnapshot(workspace, changed) };
    broadcast(topics.conversation(changed.id), events.conversationChanged, payload);
    broadcast(inbox, events.conversationChanged, payload);
    counts();
    visitor(changed);
  }

  function contactDetails(contact: Contact): void {
    contact.version++;
    for (const { id } of conversationsOf(workspace, contact.id)) {
      broadcast(topics.conversation(id), events.contactChanged, { contact });
    }
    ownContact(contact);
  }

  /** A visitor is told what they may know of themselves, and of nothing else that agents keep. */
  function ownContact(contact: Contact): void {
    const before = workspace.shownContacts.get(contact.id);
    const shown = showContact(workspace, contact);
    if (before === workspace.shownContacts.get(contact.id)) return;
    broadcast(topics.visitor(contact.id), events.contactChanged, { contact: shown });
  }

  function settings(): void {
    workspace.settingsVersion++;
    const payload = { settings: settingsOf(workspace) };
    for (const contact of workspace.contacts.values()) {
      broadcast(topics.visitor(contact.id), events.settings, payload);
      ownContact(contact);
    }
  }

  return {
    conversation,
    contactDetails,
    removed(gone) {
      const payload = { conversationId: gone.id };
      broadcast(topics.conversation(gone.id), events.conversationRemoved, payload);
      broadcast(inbox, events.conversationRemoved, payload);
      counts();
      if (!isVisitors(gone)) return;
      const nothing = { conversation: null };
      broadcast(topics.visitor(gone.contactId), events.conversationChanged, nothing);
    },
    message(of, stored) {
      broadcast(topics.conversation(of.id), events.messageChanged, {
        message: messageFor('agent', stored),
      });
      const message = messageFor('visitor', stored);
      if (message && isVisitors(of)) {
        broadcast(topics.visitor(of.contactId), events.messageChanged, { message });
      }
    },
    contact(contact) {
      contactDetails(contact);
      conversationsOf(workspace, contact.id).forEach(conversation);
    },
    agent(agentId) {
      const agent = agentOf(workspace, agentId);
      agent.version++;
      broadcast(inbox, events.agentChanged, { agent: agentSnapshot(agent) });
    },
    agentRemoved: (agentId) => broadcast(inbox, events.agentRemoved, { agentId }),
    me(agentId) {
      const payload = { me: meSnapshot(agentOf(workspace, agentId)) };
      const isSame = (caller: Caller): boolean =>
        caller.type === 'agent' && caller.agentId === agentId;
      broadcast(inbox, events.meChanged, payload, isSame);
    },
    availability() {
      workspace.availabilityVersion++;
      const availability = availabilityOf(workspace);
      for (const contactId of workspace.contacts.keys()) {
        broadcast(topics.visitor(contactId), events.availability, { availability });
      }
    },
    groups() {
      broadcast(inbox, events.groupsChanged, {
        groups: [...workspace.groups.values()],
        version: ++workspace.groupsVersion,
      });
      if (workspace.settings.askGroup) settings();
    },
    settings,
    reply(before, after) {
      const hears = (saved: SavedReply | null, caller: Caller): boolean =>
        saved !== null &&
        caller.type === 'agent' &&
        (saved.ownerId === null || saved.ownerId === caller.agentId);
      if (after) {
        const payload: RepliesChanged = { saved: after };
        broadcast(inbox, events.repliesChanged, payload, (caller) => hears(after, caller));
      }
      if (!before) return;
      const payload: RepliesChanged = { deletedId: before.id };
      broadcast(
        inbox,
        events.repliesChanged,
        payload,
        (caller) => hears(before, caller) && !hears(after, caller),
      );
    },
    template: (change: TemplatesChanged) => broadcast(inbox, events.templatesChanged, change),
  };
}
