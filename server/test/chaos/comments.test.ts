import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { clientId, startFixture, type Fixture } from '../app-fixture.js';
import { RawSocket } from '../raw-socket.js';
import { upload } from './raw-sends.js';

interface Stored {
  message: { id: string; conversationId: string };
}

type Told = [event: string, fits: (payload: Record<string, unknown>) => boolean];

const marks = (side: 'contactMark' | 'agentMark', read: number): Told => [
  'marks',
  (payload) => (payload[side] as { read: number }).read === read,
];
const state = (wanted: string): Told => [
  'conversation:changed',
  ({ conversation }) => (conversation as { state: string }).state === wanted,
];

/** Every frame that a visitor is sent in one exchange, in which the agents comment or do not. */
async function exchange(fixture: Fixture, comments: boolean): Promise<string[]> {
  const { caller, token } = await fixture.visitor();
  const agentToken = await fixture.agentToken();
  const topic = `visitor:${caller.contactId}`;
  let visitor = await RawSocket.open(fixture.url, token);
  const agent = await RawSocket.open(fixture.url, agentToken);
  await visitor.join(topic);
  const say = (text: string): Promise<Stored> =>
    visitor.push<Stored>(topic, 'message:send', { clientId: clientId(), text });
  const { message: first } = await say('Hello');
  const { conversationId } = first;
  const conversation = `conversation:${conversationId}`;
  await agent.join(conversation);
  const write = (kind: string, text: string, extra: object = {}): Promise<Stored> =>
    agent.push<Stored>(conversation, 'message:send', {
      clientId: clientId(),
      kind,
      text,
      ...extra,
    });

  const frames: string[] = [];
  /** Takes what an act led to: the database’s only connection answers in the order of asking. */
  const step = async (act: () => Promise<unknown>, told?: Told): Promise<void> => {
    const before = new Set(visitor.received);
    await act();
    if (told) {
      const [event, fits] = told;
      await visitor.nextWhere(
        (push) => !before.has(push) && push.event === event && fits(push.payload),
        event,
      );
    }
    for (let round = 0; round < 2; round++) {
      await visitor.push(topic, 'messages:list', { conversationId, limit: 1 });
    }
    fixture.clock.advance(1_000);
  };
  /** Happens in one of the two exchanges only. */
  const secretly = (act: () => Promise<unknown>): Promise<void> =>
    step(() => (comments ? act() : Promise.resolve()));

  let comment = '';
  let reply = '';
  await secretly(() => write('comment', 'who is that'));
  await step(async () => (reply = (await write('reply', 'Hi')).message.id));
  await secretly(async () => {
    const file = await upload(fixture.url, agentToken, conversationId, 'secret.txt');
    const written = await write('comment', 'see the file', { attachmentIds: [file] });
    comment = written.message.id;
  });
  await step(() => say('Are you there?'));
  await step(() =>
    agent.push(conversation, 'message:edit', { messageId: reply, text: 'Hi there' }),
  );
  await secretly(() =>
    agent.push(conversation, 'message:edit', { messageId: comment, text: 'see the other file' }),
  );
  await step(
    () => visitor.push(topic, 'mark', { conversationId, delivered: 3, read: 3 }),
    marks('contactMark', 3),
  );
  await step(
    () => agent.push(conversation, 'mark', { conversationId, read: comments ? 7 : 4 }),
    marks('agentMark', 4),
  );
  await secretly(() => agent.push(conversation, 'message:delete', { messageId: comment }));
  await step(() => agent.push(conversation, 'conversation:close'), state('closed'));
  await secretly(() => write('comment', 'that was a close call'));
  await step(() => say('One more thing'), state('open'));
  frames.push(...visitor.frames);
  await visitor.close();
  visitor = await RawSocket.open(fixture.url, token);
  await step(() => visitor.join(topic, { since: { conversationId, seq: 2 } }));
  await step(() => visitor.push(topic, 'snapshot:get'));
  frames.push(...visitor.frames);
  await visitor.close();
  await agent.close();
  return frames;
}

/** Frames with ids in the order of their first coming and times as such: what can be counted stays. */
function shapes(frames: readonly string[]): string[] {
  const names = new Map<string, string>();
  const naming = (id: string): string => {
    const name = names.get(id) ?? `id ${names.size}`;
    names.set(id, name);
    return name;
  };
  return frames.map((frame) =>
    frame
      .replace(/\b[a-z]{2}_[\w-]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, naming)
      .replace(/\b1\d{12}\b/g, '"time"'),
  );
}

describe('comments', () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startFixture({ embedded: true });
  });

  after(async () => {
    await fixture.close();
  });

  it('leave a visitor’s frames as they would be without them, in number and shape', async () => {
    const without = await exchange(fixture, false);
    const withComments = await exchange(fixture, true);

    const isReply = (frame: string): boolean => frame.includes('"phx_reply"');
    const isPush = (frame: string): boolean => !isReply(frame);
    // Pushes overtake replies now and then, with comments and without.
    for (const kind of [isReply, isPush]) {
      const [seen, wanted] = [withComments, without].map((frames) => shapes(frames).filter(kind));
      assert.deepEqual(seen, wanted);
    }
  });
});
