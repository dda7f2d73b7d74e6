import { expect } from '@open-wc/testing';
import type { Author, Message } from '../domain/index.js';
import type { Pending } from './outbox.js';
import type { ThreadItem } from './thread-item.js';
import { createThreadItems } from './thread-memory.js';
import { threadItems } from './thread.js';

const ann: Author = { type: 'agent', id: 'ag_1', name: 'Ann', avatarUrl: null };
const contact: Author = { type: 'contact', id: 'co_1', name: null, avatarUrl: null };

function message(id: string, author: Author, clientId: string): Message {
  return {
    id,
    conversationId: 'cv_1',
    clientId,
    position: Number(id),
    seq: Number(id),
    kind: 'reply',
    author,
    text: `${author.type} ${id}`,
    format: 'plain',
    system: null,
    attachments: [],
    mentions: [],
    email: null,
    createdAt: 0,
    editedAt: null,
    deletedAt: null,
  };
}

const pending: Pending = {
  key: 'mine',
  lane: 'cv_1',
  kind: 'reply',
  text: 'On its way',
  createdAt: 0,
  failed: null,
  state: 'sending',
  error: null,
};

const rows = (messages: Message[]): string[] =>
  threadItems({
    messages,
    pending: [pending],
    self: ann,
    otherSide: { delivered: 0, read: 0 },
  }).map(({ key, text }) => `${key}: ${text}`);

describe('rows of a thread', () => {
  it('show what waits although the other side took the same client id', () => {
    expect(rows([message('1', contact, 'mine')])).to.deep.equal([
      '1: contact 1',
      'mine: On its way',
    ]);
  });

  it('show what was stored once, under the key that it had while it waited', () => {
    expect(rows([message('1', ann, 'mine')])).to.deep.equal(['mine: agent 1']);
  });

  it('have a key each, whatever client ids the other side chose', () => {
    const keys = rows([message('1', ann, 'theirs'), message('2', contact, 'theirs')]);
    expect(new Set(keys.map((row) => row.split(':')[0])).size).to.equal(3);
  });

  it('are the same objects while their messages are the same', () => {
    const remembered = createThreadItems();
    const none = { delivered: 0, read: 0 };
    const show = (messages: Message[], otherSide = none): readonly ThreadItem[] =>
      remembered({ messages, pending: [], self: ann, otherSide });
    const messages = [message('2', ann, 'a'), message('3', contact, 'b')];
    const before = message('1', ann, 'c');
    const first = show(messages);
    expect(show([...messages])).to.equal(first);
    const older = show([before, ...messages]);
    expect(older.slice(1)).to.deep.equal(first);
    expect(older[1]).to.equal(first[0]);
    const newer = show([before, ...messages, message('4', ann, 'd')]);
    expect(newer[2]).to.equal(first[1]);
    expect(newer.map(({ key }) => key)).to.deep.equal(['c', 'a', '3', 'd']);
    const edited = show([{ ...message('2', ann, 'a'), text: 'Edited' }, messages[1]!]);
    expect(edited.map(({ text }) => text)).to.deep.equal(['Edited', 'contact 3']);
    const read = show(messages, { delivered: 2, read: 2 });
    expect(read.map(({ state }) => state)).to.deep.equal(['read', null]);
    expect(show(messages, { delivered: 4, read: 2 })[0]).to.equal(read[0]);
  });
});
