import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Conversation } from '#kit/domain/conversation.js';
import { OwnMessages } from './own-messages.js';

function card(version: number, fields: Partial<Conversation> = {}): Conversation {
  return {
    id: 'cv_1',
    channel: 'chat',
    state: 'open',
    contact: { id: 'ct_1', name: null, email: null, avatarUrl: null },
    assigneeIds: [],
    groupId: null,
    lastMessage: lastBy('contact'),
    activeAt: version,
    waitingSince: null,
    lastContactPosition: version,
    reads: {},
    mentions: {},
    live: true,
    subject: null,
    rating: null,
    contactMark: { delivered: 0, read: 0 },
    createdAt: 1,
    version,
    ...fields,
  };
}

function lastBy(authorType: 'contact' | 'agent'): NonNullable<Conversation['lastMessage']> {
  return {
    id: 'ms_1',
    kind: 'reply',
    authorType,
    authorId: 'someone',
    authorName: null,
    excerpt: 'Hello',
    createdAt: 1,
  };
}

/** Whether the last card tells nothing but the visitor's own message. */
function tells(...cards: Conversation[]): boolean | undefined {
  const own = new OwnMessages();
  return cards.map((each) => own.isAll('ct_1', each)).at(-1);
}

describe('what a card tells its visitor', () => {
  it('is nothing new after their own messages, one after the other', () => {
    assert.equal(tells(card(1), card(2)), true);
    assert.equal(tells(card(1), card(2), card(3)), true);
  });

  it('is unknown from the first card, and after one that was not heard of', () => {
    assert.equal(tells(card(1)), false);
    assert.equal(tells(card(1), card(3)), false);
    assert.equal(tells(card(2), card(1)), false);
    assert.equal(tells(card(2), card(2)), false);
  });

  it('is new where the state, the assignees, a mark or the rating changed, or it ended', () => {
    assert.equal(tells(card(1), card(2, { live: false })), false);
    const rating = { score: 5, comment: null, at: 1 };
    assert.equal(tells(card(1), card(2, { rating })), false);
    assert.equal(tells(card(1), card(2, { state: 'closed' })), false);
    assert.equal(tells(card(1), card(2, { assigneeIds: ['ag_1'] })), false);
    assert.equal(tells(card(1), card(2, { reads: { ag_1: 1 } })), false);
    const contactMark = { delivered: 1, read: 1 };
    assert.equal(tells(card(1), card(2, { contactMark })), false);
  });

  it('may be a new participant after an agent wrote', () => {
    assert.equal(tells(card(1), card(2, { lastMessage: lastBy('agent') })), false);
  });

  it('is new in another conversation, and for who comes again', () => {
    assert.equal(tells(card(1), card(2, { id: 'cv_2' })), false);
    const own = new OwnMessages();
    own.isAll('ct_1', card(1));
    own.forget('ct_1');
    assert.equal(own.isAll('ct_1', card(2)), false);
  });
});
