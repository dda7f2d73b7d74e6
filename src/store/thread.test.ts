import { expect } from '@open-wc/testing';
import type { Author, Message } from '../domain/index.js';
import type { Pending } from './outbox.js';
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
});
