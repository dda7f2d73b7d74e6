import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { NotSent, type Mailer, type OutgoingEmail } from '../src/mail-ports.js';
import type { Ports } from '../src/usecases/act.js';
import { deleteMessage } from '../src/usecases/delete-message.js';
import { leaseMs, sendEmails, waitAfter, type Dispatch } from '../src/usecases/send-emails.js';
import { startConversation } from '../src/usecases/start-conversation.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';

const from = { name: null, address: 'mail@shop.example' };
const going = new AbortController().signal;

describe('several servers that send emails', () => {
  let fixture: Fixture;
  let ports: Ports;
  let sent: OutgoingEmail[] = [];

  before(async () => {
    fixture = await startFixture();
    const limit = { spend: () => Promise.resolve() };
    ports = { ...fixture.app.ports, mail: { from, limit } };
  });
  beforeEach(() => {
    sent = [];
  });
  after(() => fixture.close());

  const dispatchBy = (send: Mailer['send']): Dispatch => ({
    ports,
    mailer: { send, verify: () => Promise.resolve(), close: () => undefined },
    from,
    random: () => 0.5,
    done: () => undefined,
  });
  /** A server whose mail server takes everything. */
  const taking = () =>
    dispatchBy((email) => {
      sent.push(email);
      return Promise.resolve();
    });
  const write = async (email: string) => {
    const input = { clientId: clientId(), to: { email }, subject: 'Hello', text: 'Hello' };
    return startConversation(ports, agentCaller(fixture.owner), input);
  };
  const emailOf = async (conversationId: string) =>
    (await fixture.storage.messages.lastShown(conversationId))?.email;

  it('each email is handed over by one of them', async () => {
    const written = await Promise.all(
      Array.from({ length: 24 }, (_, n) => write(`n${n}@a.example`)),
    );
    const rounds = Array.from({ length: 4 }, async () => {
      while ((await sendEmails(taking(), 3, going)) > 0);
    });
    await Promise.all(rounds);
    assert.equal(sent.length, written.length);
    assert.equal(new Set(sent.map(({ messageId }) => messageId)).size, written.length);
    for (const { id } of written) assert.equal((await emailOf(id))?.state, 'sent');
  });

  it('one that a server has in hand is left alone until its lease is over', async () => {
    const { id } = await write('held@a.example');
    let refuse: (error: Error) => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      const hanging = dispatchBy(() => {
        resolve();
        return new Promise((_resolve, reject) => (refuse = reject));
      });
      void sendEmails(hanging, 5, going).then(() => (slow = 'over'));
    });
    let slow = 'under way';
    await begun;
    assert.equal(await sendEmails(taking(), 5, going), 0);
    assert.equal((await emailOf(id))?.state, 'sending');
    fixture.clock.advance(leaseMs + 1);
    assert.equal(await sendEmails(taking(), 5, going), 1);
    assert.equal((await emailOf(id))?.state, 'sent');
    // What the slow one has to say comes too late.
    refuse(new NotSent('550 No', { isFinal: true }));
    while (slow !== 'over') await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await emailOf(id))?.state, 'sent');
    assert.equal(sent.length, 1);
  });

  it('gives up after its last try, and says why', async () => {
    const { id } = await write('dead@a.example');
    const away = dispatchBy(() =>
      Promise.reject(new NotSent('Nobody is there', { isFinal: false })),
    );
    let tries = 0;
    while ((await emailOf(id))?.state !== 'failed') {
      tries += await sendEmails(away, 5, going);
      assert.equal(await sendEmails(away, 5, going), 0, 'not before it is due');
      fixture.clock.advance(waitAfter(tries, 0.5));
    }
    assert.equal(tries, 12);
    assert.equal((await emailOf(id))?.error, 'Nobody is there');
  });

  it('waits twice as long each time, up to an hour, and never all at once', () => {
    assert.deepEqual(
      [1, 2, 3].map((tries) => waitAfter(tries, 1)),
      [30_000, 60_000, 120_000],
    );
    assert.equal(waitAfter(50, 1), 3_600_000);
    assert.equal(waitAfter(1, 0), 15_000);
  });

  it('a message that was deleted meanwhile is not sent', async () => {
    const { id } = await write('gone@a.example');
    const message = await fixture.storage.messages.lastShown(id);
    assert.ok(message);
    await deleteMessage(ports, agentCaller(fixture.owner), id, { messageId: message.id });
    await sendEmails(taking(), 5, going);
    assert.deepEqual(sent, []);
    assert.equal((await fixture.storage.messages.get(message.id))?.email?.state, 'failed');
  });
});
