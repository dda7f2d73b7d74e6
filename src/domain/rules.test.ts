import { expect } from '@open-wc/testing';
import {
  compareInView,
  defaultView,
  deliveryState,
  excerpt,
  isInView,
  isPublic,
  mergeMark,
  unreadCount,
  waitingAfter,
  widgetMode,
} from './index.js';

const message = (
  kind: 'reply' | 'comment' | 'system',
  type: 'contact' | 'agent' | 'system',
  position = 1,
) => ({
  kind,
  author: { type, id: 'x', name: null, avatarUrl: null },
  position,
  createdAt: position * 1_000,
  deletedAt: null,
});

describe('waiting', () => {
  it('starts with the first contact message, ends with a reply, ignores comments', () => {
    const first = waitingAfter(null, message('reply', 'contact', 1));
    const second = waitingAfter(first, message('reply', 'contact', 2));
    const commented = waitingAfter(second, message('comment', 'agent', 3));
    expect([first, second, commented]).to.deep.equal([1_000, 1_000, 1_000]);
    expect(waitingAfter(commented, message('reply', 'agent', 4))).to.equal(null);
  });
});

describe('what a visitor may see', () => {
  it('is replies and who joined, never comments or assignments', () => {
    expect(isPublic({ kind: 'reply', system: null })).to.equal(true);
    expect(isPublic({ kind: 'comment', system: null })).to.equal(false);
    const joined = { type: 'joined', agentId: 'a', agentName: 'Ana' } as const;
    expect(isPublic({ kind: 'system', system: joined })).to.equal(true);
    const closed = { type: 'closed', byId: null, byName: null } as const;
    expect(isPublic({ kind: 'system', system: closed })).to.equal(false);
  });
});

describe('unread', () => {
  it('counts the other side’s replies after the mark', () => {
    const thread = [
      message('reply', 'agent', 1),
      message('reply', 'contact', 2),
      message('reply', 'agent', 3),
      message('comment', 'agent', 4),
      { ...message('reply', 'agent', 5), deletedAt: 1 },
      message('system', 'system', 6),
    ];
    expect(unreadCount(thread, 0, 'contact')).to.equal(2);
    expect(unreadCount(thread, 1, 'contact')).to.equal(1);
    expect(unreadCount(thread, 0, 'agent')).to.equal(1);
  });
});

describe('marks', () => {
  it('never go back and tell the delivery state', () => {
    const mark = mergeMark({ delivered: 4, read: 2 }, { delivered: 3, read: 3 });
    expect(mark).to.deep.equal({ delivered: 4, read: 3 });
    expect([3, 4, 5].map((position) => deliveryState({ position }, mark))).to.deep.equal([
      'read',
      'delivered',
      'sent',
    ]);
  });
});

describe('widget mode', () => {
  it('is live with an agent online, else as set', () => {
    expect(widgetMode(['offline', 'online'], 'hidden')).to.equal('live');
    expect(widgetMode(['invisible', 'offline'], 'messenger')).to.equal('messenger');
    expect(widgetMode([], 'hidden')).to.equal('hidden');
  });
});

describe('views', () => {
  const card = { state: 'open', channel: 'social:x', assigneeIds: ['ana'] } as const;
  const conversation = { ...card, assigneeIds: [...card.assigneeIds] };

  it('hold what belongs to them', () => {
    expect(isInView(conversation, { ...defaultView, name: 'mine' }, 'ana')).to.equal(true);
    expect(isInView(conversation, { ...defaultView, name: 'mine' }, 'ben')).to.equal(false);
    expect(isInView(conversation, defaultView, 'ana')).to.equal(false);
    expect(
      isInView(conversation, { ...defaultView, name: 'all', channel: 'social' }, 'ben'),
    ).to.equal(true);
    expect(isInView(conversation, { ...defaultView, name: 'all', state: 'closed' }, 'a')).to.equal(
      false,
    );
  });

  it('sort by activity, then by id, both ways', () => {
    const cards = [
      { activeAt: 1, id: 'a' },
      { activeAt: 2, id: 'b' },
      { activeAt: 2, id: 'c' },
    ];
    const ids = (order: 'newest' | 'oldest') =>
      [...cards].sort((a, b) => compareInView(a, b, order)).map((each) => each.id);
    expect(ids('newest')).to.deep.equal(['c', 'b', 'a']);
    expect(ids('oldest')).to.deep.equal(['a', 'b', 'c']);
  });
});

describe('excerpt', () => {
  it('takes no longer for text that begins links and ends none', () => {
    for (const part of ['[', '![', '[a](', '[a]((b)', '[a](b[', '](']) {
      expect(excerpt(part.repeat(200_000), 'markdown')).to.have.length(160);
    }
  });

  it('removes markdown and breaks, and cuts by characters', () => {
    expect(excerpt('**Yes**, see\n> [the page](https://a.example) `now`', 'markdown')).to.equal(
      'Yes, see the page now',
    );
    expect(excerpt('2 * 3 * snake_case_name', 'plain')).to.equal('2 * 3 * snake_case_name');
    expect(excerpt('snake_case_name', 'markdown')).to.equal('snake_case_name');
    expect(excerpt('![a [b](https://x.example/c_(d)) e', 'markdown')).to.equal('![a b e');
    const cut = excerpt('🙂'.repeat(200), 'plain');
    expect(Array.from(cut)).to.have.length(160);
    expect(cut.endsWith('🙂…')).to.equal(true);
  });
});
