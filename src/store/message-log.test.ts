import { expect } from '@open-wc/testing';
import type { Message } from '../domain/index.js';
import type { MessagePage } from '../protocol/index.js';
import { createFakeClock, settled } from '../testing.js';
import { createMessageLog, type MessageLog } from './message-log.js';

function message(position: number, seq: number, patch: Partial<Message> = {}): Message {
  return {
    id: `ms_${position}`,
    clientId: null,
    conversationId: 'cv_1',
    kind: 'reply',
    author: { type: 'agent', id: 'ag_1', name: 'Ann', avatarUrl: null },
    text: `message ${position}`,
    format: 'plain',
    system: null,
    attachments: [],
    mentions: [],
    email: null,
    position,
    seq,
    createdAt: 0,
    editedAt: null,
    deletedAt: null,
    ...patch,
  };
}

function page(messages: Message[], patch: Partial<MessagePage> = {}): MessagePage {
  return { conversationId: 'cv_1', messages, more: false, reset: false, seq: 0, ...patch };
}

function texts(log: MessageLog): string[] {
  return log.$log.get().messages.map(({ text, deletedAt }) => (deletedAt === null ? text : 'gone'));
}

describe('message log: older pages', () => {
  it('shows the latest form of what changed while the page was on its way', async () => {
    let answer: (page: MessagePage) => void = () => undefined;
    const log = createMessageLog({
      clock: createFakeClock(),
      random: () => 0.5,
      list: () => new Promise((resolve) => (answer = resolve)),
    });
    log.joined(page([message(3, 3)], { more: true, reset: true, seq: 3 }));
    log.loadOlder();
    log.changed(message(2, 4, { deletedAt: 1, text: '' }));
    expect(texts(log)).to.deep.equal(['message 3']);
    // As it was when the server read it.
    answer(page([message(1, 1), message(2, 2)]));
    await settled();

    expect(texts(log)).to.deep.equal(['message 1', 'gone', 'message 3']);
  });

  it('keeps out what changed above the page that came', async () => {
    let answer: (page: MessagePage) => void = () => undefined;
    const log = createMessageLog({
      clock: createFakeClock(),
      random: () => 0.5,
      list: () => new Promise((resolve) => (answer = resolve)),
    });
    log.joined(page([message(3, 3)], { more: true, reset: true, seq: 3 }));
    log.loadOlder();
    log.changed(message(1, 4, { text: 'edited' }));
    answer(page([message(2, 2)], { more: true }));
    await settled();

    expect(texts(log)).to.deep.equal(['message 2', 'message 3']);
  });
});
