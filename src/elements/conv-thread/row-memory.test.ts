import { expect } from '@open-wc/testing';
import type { ThreadItem } from '../../store/thread-item.js';
import { threadRows } from '../shared/thread-rows.js';
import { RowMemory } from './row-memory.js';

const start = Date.UTC(2026, 0, 5, 23, 50);

function item(position: number, minutes = position): ThreadItem {
  return {
    kind: 'reply',
    author: { type: 'contact', id: 'ct_maja', name: 'Maja', avatarUrl: null },
    text: `Message ${position}`,
    format: 'plain',
    system: null,
    attachments: [],
    mentions: [],
    email: null,
    createdAt: start + minutes * 60_000,
    editedAt: null,
    deletedAt: null,
    key: `m${position}`,
    id: `m${position}`,
    position,
    own: false,
    state: null,
    error: null,
  };
}

const some = (count: number): ThreadItem[] =>
  Array.from({ length: count }, (_, at) => item(at + 1, Math.floor(at / 3)));

describe('rows of a thread, kept', () => {
  for (const newAfter of [null, 0, 37, 99]) {
    it(`are those made anew, whatever comes; unread after ${newAfter}`, () => {
      const memory = new RowMemory();
      memory.complete();
      const items = some(100);
      const changes: ThreadItem[][] = [
        items,
        [...items, item(101, 33)],
        [...items, item(101, 33), item(102, 2_000)],
        items.with(98, { ...item(99, 32), text: 'edited' }),
        items.with(0, { ...item(1, 0), text: 'edited' }),
        items.slice(0, 60),
        items.slice(20),
        items,
      ];
      for (const change of changes) {
        const rows = memory.follow({ items: change, newAfter });
        expect(rows).to.deep.equal(threadRows(change, newAfter));
      }
    });
  }

  it('are the same where nothing changed', () => {
    const memory = new RowMemory();
    const items = some(20);
    const rows = memory.follow({ items, newAfter: null });
    expect(memory.follow({ items: [...items], newAfter: null })).to.equal(rows);
  });

  it('begin near the end of a long thread, until all are asked for', () => {
    const memory = new RowMemory();
    const thread = { items: some(1_000), newAfter: 10 };
    const first = memory.follow(thread);
    expect(first.length).to.be.lessThan(200);
    expect(first.some(({ type }) => type === 'new')).to.equal(false);
    expect(first.at(-1)?.key).to.equal('m1000');
    expect(memory.complete()).to.equal(true);
    expect(memory.follow(thread)).to.deep.equal(threadRows(thread.items, 10));
  });
});
