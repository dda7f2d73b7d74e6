import { isDeepStrictEqual } from 'node:util';
import {
  defaultSettings,
  dot,
  isInView,
  type Contact,
  type Conversation,
  type Message,
} from '#kit/domain/index.js';
import type { ThreadItem } from '#kit/store/thread-item.js';
import { agentMessage, contactView } from '../../src/usecases/views.js';
import type { Fixture } from '../app-fixture.js';
import type { Seat } from './seat.js';

/** What the database has; `conversation` is null once it was deleted. */
export interface Truth {
  conversation: Conversation | null;
  contact: Contact;
  messages: Message[];
}

export async function readTruth(
  { storage }: Fixture,
  conversationId: string,
  contactId: string,
): Promise<Truth> {
  const [conversation, contact, { messages }] = await Promise.all([
    storage.conversations.snapshot(conversationId),
    storage.contacts.get(contactId),
    storage.messages.before({ conversationId, audience: 'agent', before: null, limit: 500 }),
  ]);
  if (!contact) throw new Error(`the contact ${contactId} is gone`);
  return onWire({
    conversation,
    contact: contactView(contact),
    messages: messages.map(agentMessage),
  });
}

/** As it arrives over a network. */
function onWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Where a desk shows something else than the database has, a sentence each. */
export function differences(seat: Seat, truth: Truth, conversationId: string): string[] {
  const { store, desk } = seat;
  const found: string[] = [];
  const same = (what: string, shown: unknown, stored: unknown): void => {
    if (isDeepStrictEqual(shown, stored)) return;
    const [here, there] = [shown, stored].map((value) => JSON.stringify(value));
    found.push(`${desk.agent.name} is shown ${what} ${here}, stored is ${there}`);
  };
  const { status, items, error } = store.$thread.get();
  const { conversation } = truth;
  if (conversation) {
    same('a thread that is', status, 'ready');
    same('the conversation', store.$conversation.get(), conversation);
    same('the contact', store.$contact.get(), truth.contact);
    same('messages', items.map(rowOf), truth.messages.map(rowOf));
  } else {
    same(
      'that it is deleted:',
      [store.$removed.get(), error?.code],
      [true, 'conversation_not_found'],
    );
    const left = items.filter(({ state }) => state !== 'failed');
    same('messages of what is deleted:', left.map(rowOf), []);
  }
  const me = desk.agent.id;
  for (const { view, $list } of desk.lists) {
    const card = $list.get().cards.find((shown) => shown.conversation.id === conversationId);
    const where = `in ${view.name}, ${view.state},`;
    const belongs = conversation !== null && isInView(conversation, view, me) ? conversation : null;
    same(where, card?.conversation ?? null, belongs);
    if (!card || !belongs) continue;
    const agents = desk.client.$agents.get();
    const { missedAfterMs } = defaultSettings;
    const input = { conversation: belongs, agents, me, now: desk.client.now(), missedAfterMs };
    same(`${where} a dot`, card.dot, dot(input));
  }
  return found;
}

/** What a row and a message have in common. */
function rowOf(row: ThreadItem | Message): object {
  const { id, position, kind, author, text, format, system, attachments, mentions, email } = row;
  const { createdAt, editedAt, deletedAt } = row;
  return {
    ...{ id, position, kind, author, text, format, system, attachments, mentions, email },
    ...{ createdAt, editedAt, deletedAt },
  };
}
