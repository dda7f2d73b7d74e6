import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { EmailDelivery, Message } from '#kit/domain/message.js';
import type * as p from '#kit/protocol/payloads.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { MailServer, refusal } from './mail-server.js';
import { RawSocket } from './raw-socket.js';
import { Browser, refusedWith } from './security-fixture.js';
import { uploaded } from './upload.js';

const hour = 3_600_000;

describe('emails', () => {
  const mail = new MailServer();
  let fixture: Fixture;
  let ann: RawSocket;
  let token: string;
  let inbox: string;

  before(async () => {
    await mail.start();
    fixture = await startFixture({
      environment: { SMTP_URL: mail.url, MAIL_FROM: 'Shop «Größe» <mail@shop.example>' },
      emailEveryMs: 20,
    });
    await updateSetting(fixture.app.ports, fixture.workspace.id, 'mailbox', 'answers@shop.example');
    inbox = `inbox:${fixture.workspace.id}`;
    token = await fixture.agentToken();
    ann = await RawSocket.open(fixture.url, token);
    await ann.join(inbox);
  });
  afterEach(() => {
    mail.answer = () => null;
    mail.beforeTaken = () => Promise.resolve();
  });
  after(async () => {
    await ann.close();
    await fixture.close();
    await mail.stop();
  });

  type Start = Partial<p.ConversationStart> & Pick<p.ConversationStart, 'to'>;
  const ask = async (input: Start) => {
    const given = { clientId: clientId(), subject: 'Your order', text: 'Hello', ...input };
    return (await ann.push<p.ConversationReply>(inbox, 'conversation:start', given)).conversation;
  };
  const open = async (conversation: p.ConversationReply['conversation']) => {
    const thread = `conversation:${conversation.id}`;
    const { messages } = await ann.join<p.ConversationJoined>(thread);
    const message = messages.messages.findLast(({ kind }) => kind === 'reply');
    assert.ok(message);
    return { conversation, thread, message };
  };
  const start = async (input: Start) => open(await ask(input));
  const reply = async (thread: string, text: string, more: object = {}) =>
    (
      await ann.push<p.MessageStored>(thread, 'message:send', {
        clientId: clientId(),
        kind: 'reply',
        text,
        ...more,
      })
    ).message;
  /** The message once its email is in that state, as it is told live or was already. */
  const inState = async (thread: string, { id }: Message, state: EmailDelivery['state']) => {
    const conversationId = thread.slice('conversation:'.length);
    const { messages } = await ann.push<p.MessagePage>(thread, 'messages:list', { conversationId });
    const now = messages.find((message) => message.id === id);
    if (now?.email?.state === state) return now;
    const fits = ({ message }: p.MessageStored) =>
      message.id === id && message.email?.state === state && message.seq > (now?.seq ?? 0);
    return (await ann.next<p.MessageStored>(thread, 'message:changed', fits)).message;
  };

  it('S3.4 an email to a new address arrives, and its state is told live', async () => {
    const { mail: told } = await ann.push<p.InboxJoined>(inbox, 'snapshot:get');
    assert.deepEqual(told, {
      configured: true,
      from: 'Shop «Größe» <mail@shop.example>',
      replyTo: 'answers@shop.example',
    });
    const { conversation, thread, message } = await start({
      to: { email: ' Zoe@Kunde.Example ', name: 'Zoë “Zo” Ng, أحمد 👩‍🚀' },
      subject: 'Größe 42 — 注文 🎉 مرحبا',
      text: '**Hello** <b>you</b>\n\nשלום [here](https://shop.example/?a=1&b=2) [no](javascript:x)',
    });
    assert.equal(conversation.channel, 'email');
    assert.equal(conversation.subject, 'Größe 42 — 注文 🎉 مرحبا');
    assert.deepEqual(conversation.assigneeIds, [fixture.owner.id]);
    assert.equal(conversation.contact.email, 'zoe@kunde.example');
    const { envelope, email, raw } = await mail.to('zoe@kunde.example');
    assert.deepEqual(envelope, { from: 'mail@shop.example', to: ['zoe@kunde.example'] });
    assert.equal(email.subject, 'Größe 42 — 注文 🎉 مرحبا');
    assert.deepEqual(
      email.to?.map(({ name, address }) => [name, address]),
      [['Zoë “Zo” Ng, أحمد 👩‍🚀', 'zoe@kunde.example']],
    );
    assert.deepEqual(
      [email.from?.name, email.from?.address],
      ['Shop «Größe»', 'mail@shop.example'],
    );
    assert.equal(email.replyTo?.[0]?.address, 'answers@shop.example');
    assert.equal(email.messageId, `<${message.id}@shop.example>`);
    assert.equal(new Date(email.date ?? '').getTime(), message.createdAt);
    assert.match(email.text ?? '', /^\*\*Hello\*\* <b>you<\/b>/);
    assert.match(email.html ?? '', /<p dir="auto"><strong>Hello<\/strong> &lt;b&gt;you&lt;\/b&gt;/);
    assert.match(email.html ?? '', /<a href="https:\/\/shop\.example\/\?a=1&amp;b=2">here<\/a> no/);
    assert.doesNotMatch(raw, /^(?:auto-submitted|precedence|in-reply-to|references):/im);

    const sent = await inState(thread, message, 'sent');
    assert.deepEqual(sent.email, {
      to: 'zoe@kunde.example',
      subject: 'Größe 42 — 注文 🎉 مرحبا',
      state: 'sent',
      error: null,
    });
    const states = ann
      .of(thread, 'message:changed')
      .map((payload) => (payload as unknown as p.MessageStored).message)
      .filter(({ id }) => id === message.id);
    assert.ok(states.every(({ position }) => position === message.position));
    assert.equal(new Set(states.map(({ seq }) => seq)).size, states.length);
  });

  it('the same clientId again sends once; another email to them is a reply there', async () => {
    const to = { email: 'once@kunde.example' };
    const given = { to, clientId: clientId() };
    const [once, again] = await Promise.all([ask(given), ask(given)]);
    assert.equal(once.id, again.id);
    const first = await open(once);
    const third = await start({
      to: { contactId: first.conversation.contact.id },
      subject: 'Else',
    });
    assert.equal(third.conversation.id, first.conversation.id);
    assert.equal(third.conversation.subject, 'Your order');
    assert.equal(third.message.email?.subject, 'Else');
    const [one, other] = await Promise.all([
      ask({ to: { email: 'both@kunde.example' } }),
      ask({ to: { email: 'BOTH@kunde.example' } }),
    ]);
    assert.equal(one.id, other.id);
    await inState(third.thread, third.message, 'sent');
    await inState(first.thread, first.message, 'sent');
    const to_ = mail.arrived.filter(({ envelope }) => envelope.to.includes('once@kunde.example'));
    assert.deepEqual(
      to_.map(({ email }) => email.subject),
      ['Your order', 'Else'],
    );
    // Another subject begins another thread in mail programs.
    assert.equal(to_[1]?.email.inReplyTo, undefined);
    await assert.rejects(
      start({ ...given, text: 'Something else' }),
      refusedWith('client_id_reused'),
    );
  });

  it('a reply goes by email too, in the thread of the first', async () => {
    const { thread, message: first } = await start({ to: { email: 'thread@kunde.example' } });
    await inState(thread, first, 'sent');
    const second = await reply(thread, 'More');
    await inState(thread, second, 'sent');
    const third = await reply(thread, 'And more');
    await inState(thread, third, 'sent');
    const comment = await ann.push<p.MessageStored>(thread, 'message:send', {
      clientId: clientId(),
      kind: 'comment',
      text: 'COMMENTED',
    });
    assert.equal(comment.message.email, null);
    const { email } = await mail.to('thread@kunde.example');
    assert.equal(email.subject, 'Re: Your order');
    assert.equal(email.inReplyTo, `<${second.id}@shop.example>`);
    assert.equal(email.references, `<${first.id}@shop.example> <${second.id}@shop.example>`);
    assert.ok(!mail.arrived.some(({ raw }) => raw.includes('COMMENTED')));
  });

  it('files arrive byte by byte', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000)]);
    const text = '.leading dot\r\nFrom here\n..\nend';
    const upload = async (content: Buffer | string, name: string) =>
      (await uploaded(fixture.url, { token, content, name })).id;
    const attachmentIds = [await upload(bytes, 'Größe 注文.pdf'), await upload(text, 'a.txt')];
    const { thread, message } = await start({
      to: { email: 'files@kunde.example' },
      text: '',
      attachmentIds,
    });
    assert.equal(message.attachments.length, 2);
    const { email } = await mail.to('files@kunde.example');
    const [first, second] = email.attachments;
    assert.equal(first?.filename, 'Größe 注文.pdf');
    assert.equal(first?.disposition, 'attachment');
    assert.ok(Buffer.from(first?.content as ArrayBuffer).equals(bytes));
    assert.equal(second?.filename, 'a.txt');
    assert.ok(Buffer.from(second?.content as ArrayBuffer).equals(Buffer.from(text)));
    await inState(thread, message, 'sent');
  });

  it('what is refused for good fails with the server’s words, and is sent by Retry', async () => {
    mail.answer = () => refusal(550, 'No such person here');
    const { conversation, thread, message } = await start({ to: { email: 'no@kunde.example' } });
    const failed = await inState(thread, message, 'failed');
    assert.match(failed.email?.error ?? '', /550 No such person here/);
    fixture.clock.advance(10 * hour);
    mail.answer = () => null;
    await ann.push(thread, 'contact:update', { email: 'yes@kunde.example' });
    const retry = { messageId: message.id };
    const { message: again } = await ann.push<p.MessageStored>(thread, 'email:retry', retry);
    assert.deepEqual([again.email?.state, again.email?.error], ['queued', null]);
    const { email } = await mail.to('yes@kunde.example');
    assert.equal(email.messageId, `<${message.id}@shop.example>`);
    await inState(thread, message, 'sent');
    assert.equal(mail.asked.filter((to) => to === 'no@kunde.example').length, 1);
    const { message: kept } = await ann.push<p.MessageStored>(thread, 'email:retry', retry);
    assert.equal(kept.email?.state, 'sent');
    await assert.rejects(
      ann.push(thread, 'email:retry', { messageId: 'ms_none' }),
      refusedWith('message_not_found'),
    );
    assert.equal(conversation.contact.email, 'no@kunde.example');
  });

  it('what is refused for now is tried again, once it is due', async () => {
    let refusals = 2;
    mail.answer = () => (refusals-- > 0 ? refusal(451, 'Grey listed') : null);
    const { thread, message } = await start({ to: { email: 'later@kunde.example' } });
    await inState(thread, message, 'queued');
    await mail.wasAsked('later@kunde.example', 1);
    for (const tries of [2, 3]) {
      await inState(thread, message, 'queued');
      fixture.clock.advance(hour);
      await mail.wasAsked('later@kunde.example', tries);
    }
    const sent = await inState(thread, message, 'sent');
    assert.equal(sent.email?.error, null);
    const arrived = mail.arrived.filter(({ envelope }) => envelope.to[0] === 'later@kunde.example');
    assert.equal(arrived.length, 1);
  });

  it('a mail server that is away loses nothing', async () => {
    await mail.stop();
    const { thread, message } = await start({ to: { email: 'away@kunde.example' } });
    const given = { clientId: clientId(), kind: 'reply', text: 'Second' };
    const second = (await ann.push<p.MessageStored>(thread, 'message:send', given)).message;
    assert.ok(['queued', 'sending'].includes(second.email?.state ?? ''));
    for (const { id, seq } of [message, second]) {
      const isTried = ({ message: told }: p.MessageStored) =>
        told.id === id && told.email?.state === 'queued' && told.seq > seq;
      await ann.next<p.MessageStored>(thread, 'message:changed', isTried);
    }
    await mail.start();
    fixture.clock.advance(hour);
    await inState(thread, message, 'sent');
    await inState(thread, second, 'sent');
    const ids = mail.arrived
      .filter(({ envelope }) => envelope.to.includes('away@kunde.example'))
      .map(({ email }) => email.messageId)
      .sort();
    assert.deepEqual(ids, [message, second].map(({ id }) => `<${id}@shop.example>`).sort());
  });

  it('headers cannot be injected, and no address, name or subject ends a line', async () => {
    const { thread, message } = await start({
      to: { email: 'safe@kunde.example', name: 'Eve\r\nBcc: all@kunde.example\u202egnp' },
      subject: 'Hi\r\nBcc: all@kunde.example\r\n\r\n<script>',
    });
    await inState(thread, message, 'sent');
    const { envelope, email } = await mail.to('safe@kunde.example');
    assert.deepEqual(envelope.to, ['safe@kunde.example']);
    assert.equal(email.bcc, undefined);
    assert.equal(email.subject, 'Hi Bcc: all@kunde.example <script>');
    assert.equal(email.to?.[0]?.name, 'Eve Bcc: all@kunde.examplegnp');
    const addresses = [
      'nobody',
      'a@b@c',
      'a@kunde.example\r\nRCPT TO:<b@kunde.example>',
      'a@b, c@d',
      '',
    ];
    for (const address of addresses) {
      await assert.rejects(
        start({ to: { email: address } }),
        refusedWith('invalid_email'),
        address,
      );
    }
  });

  it('visitors are shown nothing of an email conversation', async () => {
    const browser = new Browser(fixture);
    const { socket, topic } = await browser.join();
    const { conversationId } = (
      await socket.push<p.MessageStored>(topic, 'message:send', {
        clientId: clientId(),
        text: 'Hi',
      })
    ).message;
    const chat = `conversation:${conversationId}`;
    const { contact } = await ann.join<p.ConversationJoined>(chat);
    await ann.push(chat, 'contact:update', { email: 'visitor@kunde.example' });
    const { conversation, thread, message } = await start({
      to: { contactId: contact.id },
      text: 'EMAILED',
    });
    await ann.push(thread, 'typing', { typing: true, kind: 'reply' });
    await inState(thread, message, 'sent');
    // What comes after on the same way: whatever was told before it has arrived.
    await reply(chat, 'In the chat');
    const isLast = (payload: p.MessageStored) => payload.message.text === 'In the chat';
    await socket.next(topic, 'message:changed', isLast);
    assert.ok(!socket.frames.some((frame) => /EMAILED|"email":\{/.test(frame)));
    assert.ok(!socket.frames.some((frame) => frame.includes(conversation.id)));
    const listing = socket.push(topic, 'messages:list', { conversationId: conversation.id });
    await assert.rejects(listing, refusedWith('conversation_not_found'));
    await socket.close();
  });

  it('what a workspace sends in a minute is limited, and no password is logged', async () => {
    const limited = await startFixture({
      environment: {
        SMTP_URL: 'smtp://someone:SECRETWORD@127.0.0.1:9',
        MAIL_FROM: 'mail@shop.example',
        LIMITS: 'emailsPerMinute=2',
        LOG_LEVEL: 'trace',
      },
      emailEveryMs: 20,
    });
    const socket = await RawSocket.open(limited.url, await limited.agentToken());
    const topic = `inbox:${limited.workspace.id}`;
    await socket.join(topic);
    const send = (n: number) =>
      socket.push(topic, 'conversation:start', {
        clientId: clientId(),
        to: { email: `a${n}@kunde.example` },
        subject: 'Hi',
        text: 'Hello',
      });
    await send(1);
    await send(2);
    await assert.rejects(send(3), refusedWith('rate_limited'));
    await socket.close();
    await limited.close();
    assert.doesNotMatch(limited.logged(), /SECRETWORD/);
  });

  it('is refused where mail is not set up', async () => {
    const without = await startFixture();
    const socket = await RawSocket.open(without.url, await without.agentToken());
    const topic = `inbox:${without.workspace.id}`;
    const joined = await socket.join<p.InboxJoined>(topic);
    assert.deepEqual(joined.mail, { configured: false, from: null, replyTo: null });
    const given = {
      clientId: clientId(),
      to: { email: 'a@kunde.example' },
      subject: 'Hi',
      text: 'Hello',
    };
    const starting = socket.push(topic, 'conversation:start', given);
    await assert.rejects(starting, refusedWith('mail_not_configured'));
    await socket.close();
    await without.close();
  });
});
