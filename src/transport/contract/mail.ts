import type { EmailDelivery } from '../../domain/index.js';
import { events, type ConversationReply, type MessageStored } from '../../protocol/index.js';
import { check, same } from './bench.js';
import { nextClientId, nextWord, type ServerTest } from './cast.js';

const email = (to: string, subject = 'Your order'): Record<string, unknown> => ({
  clientId: nextClientId(),
  to: { email: to, name: 'Jun Tanaka' },
  subject,
  text: 'Here is your **invoice**.',
});

const inState =
  (state: EmailDelivery['state']) =>
  ({ message }: MessageStored): boolean =>
    message.email?.state === state;

/** Emails that agents write. */
export function mailContract(test: ServerTest): void {
  test('the inbox knows whether mail is sent, and where answers arrive', async ({ inbox }) => {
    const { mail } = (await inbox()).reply;
    same(mail.configured, true);
    check((mail.from ?? '').includes('@'), 'There should be a sender.');
  });

  test('an email starts a conversation with its contact, and is sent', async (cast) => {
    const { agents } = cast.harness;
    const { push } = await cast.inbox();
    const to = `${nextWord()}@example.com`;
    const start = email(to);
    const { conversation } = await push<ConversationReply>(events.conversationStart, start);
    const { channel, subject, contact, assigneeIds, live } = conversation;
    same([channel, subject, live], ['email', 'Your order', true]);
    same([contact.email, contact.name, assigneeIds], [to, 'Jun Tanaka', [agents.owner]]);
    const again = await push<ConversationReply>(events.conversationStart, start);
    same(again.conversation.id, conversation.id);
    const next = email(to.toUpperCase(), 'Another thing');
    const second = await push<ConversationReply>(events.conversationStart, next);
    same(second.conversation.id, conversation.id);

    const thread = await cast.conversation(conversation.id, 'agent');
    const replies = thread.reply.messages.messages.filter(({ kind }) => kind === 'reply');
    same(
      replies.map((message) => [message.email?.to, message.email?.subject]),
      [
        [to, 'Your order'],
        [to, 'Another thing'],
      ],
    );
    const { message } = await thread.push<MessageStored>(events.messageSend, {
      clientId: nextClientId(),
      kind: 'reply',
      text: 'One more thing',
    });
    same([message.email?.to, message.email?.subject], [to, 'Re: Another thing']);
    same(message.email?.state, 'queued');
    await thread.heard<MessageStored>(
      events.messageChanged,
      (changed) => changed.message.id === message.id && inState('sent')(changed),
    );
    const kept = await thread.push<MessageStored>(events.messageSend, {
      clientId: nextClientId(),
      kind: 'comment',
      text: 'Only for us',
    });
    same(kept.message.email, null);
  });

  test('one that was refused says why, and is tried again', async (cast) => {
    const { push } = await cast.inbox();
    await cast.harness.failMail('550 No such mailbox');
    const start = email(`${nextWord()}@example.com`);
    const { conversation } = await push<ConversationReply>(events.conversationStart, start);
    const thread = await cast.conversation(conversation.id);
    const known = thread.reply.messages.messages.find((message) => message.email);
    const failed =
      known?.email?.state === 'failed'
        ? known
        : (await thread.heard<MessageStored>(events.messageChanged, inState('failed'))).message;
    check((failed.email?.error ?? '').includes('No such mailbox'), 'The words should be told.');
    await cast.harness.failMail(null);
    const retried = await thread.push<MessageStored>(events.emailRetry, { messageId: failed.id });
    check(retried.message.email?.state !== 'failed', 'It should wait for its turn again.');
    const sent = await thread.heard<MessageStored>(events.messageChanged, inState('sent'));
    same(sent.message.email?.error, null);
    same(await thread.refusal(events.emailRetry, { messageId: 'ms_unknown' }), 'message_not_found');
  });

  test('needs an address', async ({ inbox }) => {
    const { refusal } = await inbox();
    same(await refusal(events.conversationStart, email('nobody')), 'invalid_email');
    const to = { contactId: 'ct_unknown' };
    const unknown = { ...email('x@example.com'), to };
    same(await refusal(events.conversationStart, unknown), 'contact_not_found');
  });
}
