import { CodedError } from '#kit/protocol/errors.js';
import {
  NotSent,
  type LeasedEmail,
  type Mailbox,
  type Mailer,
  type OutgoingEmail,
} from '../mail-ports.js';
import type { MessageRecord, Repositories } from '../ports.js';
import { act, type Ports } from './act.js';
import { baseSubject } from './email-delivery.js';
import { lockAnyConversation } from './locked-conversation.js';

/** Where one try ended; `later` says why another one will follow. */
export type EmailOutcome =
  { type: 'sent' } | { type: 'failed'; reason: string } | { type: 'later'; reason: string };

export interface Dispatch {
  ports: Ports;
  mailer: Mailer;
  from: Mailbox;
  /** From 0 to 1. */
  random(): number;
  /** After each try. */
  done(outcome: EmailOutcome, email: LeasedEmail): void;
}

/** How long a try may take, in ms. A server that dies in it leaves the email to others after. */
const tryMs = 4 * 60_000;
export const leaseMs = tryMs + 60_000;

/** About six hours. */
const mostTries = 12;
const firstWaitMs = 30_000;
const longestWaitMs = 3_600_000;

const mostReferences = 20;

/** When to try again after so many tries, in ms: twice as long each time, and never all at once. */
export function waitAfter(tries: number, random: number): number {
  return Math.min(firstWaitMs * 2 ** (tries - 1), longestWaitMs) * (0.5 + random / 2);
}

/**
 * Hands over what is due, at most `limit` emails, those of one conversation in their order. Gives
 * how many it had. Once `ending` is aborted, what it has not begun stays with its lease.
 */
export async function sendEmails(
  dispatch: Dispatch,
  limit: number,
  ending: AbortSignal,
): Promise<number> {
  const { storage, clock } = dispatch.ports;
  const now = clock.now();
  const leased = await storage.emails.lease({ now, until: now + leaseMs, limit });
  const byConversation = new Map<string, LeasedEmail[]>();
  for (const email of leased) {
    const others = byConversation.get(email.conversationId) ?? [];
    byConversation.set(email.conversationId, [...others, email]);
  }
  const lines = [...byConversation.values()].map(async (emails) => {
    for (const email of emails) {
      if (ending.aborted) return;
      dispatch.done(await sendOne(dispatch, email), email);
    }
  });
  // All of them end before one that failed is told.
  const ended = await Promise.allSettled(lines);
  for (const line of ended) if (line.status === 'rejected') throw line.reason;
  return leased.length;
}

async function sendOne(dispatch: Dispatch, email: LeasedEmail): Promise<EmailOutcome> {
  const message = await tell(dispatch.ports, email);
  const outcome: EmailOutcome =
    message?.deletedAt === null
      ? await handOver(dispatch, email, message)
      : { type: 'failed', reason: 'It was deleted before it was sent.' };
  const isLast = outcome.type === 'later' && email.attempts >= mostTries;
  const final: EmailOutcome = isLast ? { type: 'failed', reason: outcome.reason } : outcome;
  const dueAt =
    dispatch.ports.clock.now() + Math.round(waitAfter(email.attempts, dispatch.random()));
  const state = final.type === 'later' ? 'queued' : final.type;
  const error = final.type === 'failed' ? final.reason : null;
  await tell(dispatch.ports, email, ({ emails }) => emails.settle(email, { state, error, dueAt }));
  return final;
}

/**
 * Tells agents the state that the email has, after `change` where that changes anything. Null where
 * its conversation is gone.
 */
async function tell(
  ports: Ports,
  { workspaceId, conversationId, messageId }: LeasedEmail,
  change?: (repositories: Repositories) => Promise<boolean>,
): Promise<MessageRecord | null> {
  return act(ports, async (repositories, emit) => {
    try {
      const locked = await lockAnyConversation(
        ports,
        repositories,
        emit,
        workspaceId,
        conversationId,
      );
      if (change && !(await change(repositories))) return null;
      const message = await locked.emailed(messageId);
      await locked.save();
      return message;
    } catch (error) {
      const isGone = error instanceof CodedError && error.code.endsWith('_not_found');
      if (!isGone) throw error;
      await change?.(repositories);
      return null;
    }
  });
}

async function handOver(
  dispatch: Dispatch,
  email: LeasedEmail,
  message: MessageRecord,
): Promise<EmailOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new NotSent('The mail server took too long.', { isFinal: false });
    timer = setTimeout(() => reject(error), tryMs);
  });
  try {
    const sending = compose(dispatch, email, message).then((whole) => dispatch.mailer.send(whole));
    await Promise.race([sending, late]);
    return { type: 'sent' };
  } catch (error) {
    if (error instanceof NotSent) {
      return { type: error.isFinal ? 'failed' : 'later', reason: error.message };
    }
    if (error instanceof CodedError) return { type: 'later', reason: error.message };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function compose(
  { ports, from }: Dispatch,
  { workspaceId, conversationId, recipient, subject }: LeasedEmail,
  message: MessageRecord,
): Promise<OutgoingEmail> {
  const { storage } = ports;
  const [workspace, conversation, earlier] = await Promise.all([
    storage.workspaces.get(workspaceId),
    storage.conversations.get(conversationId),
    storage.emails.before(conversationId, message.position, mostReferences),
  ]);
  const contact = conversation && (await storage.contacts.get(conversation.contactId));
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const idOf = (messageId: string): string => `${messageId}@${domain}`;
  const about = baseSubject(subject);
  const thread = earlier.filter((one) => baseSubject(one.subject) === about).reverse();
  return {
    messageId: idOf(message.id),
    from: { address: from.address, name: from.name ?? workspace?.name ?? null },
    replyTo: workspace?.settings.mailbox ?? null,
    to: { address: recipient, name: contact?.email === recipient ? contact.name : null },
    subject,
    date: new Date(message.createdAt),
    references: thread.map(({ messageId }) => idOf(messageId)),
    markdown: message.text,
    attachments: await openFiles(ports, message),
  };
}

async function openFiles(
  { files }: Pick<Ports, 'files'>,
  { attachments }: MessageRecord,
): Promise<OutgoingEmail['attachments']> {
  const opened: OutgoingEmail['attachments'] = [];
  try {
    for (const { id, name, mediaType } of attachments) {
      const found = await files.get(id, 'original');
      if (!found) throw new NotSent(`The file ${name} is not there any more.`, { isFinal: true });
      opened.push({ name, mediaType, content: found.content });
    }
    return opened;
  } catch (error) {
    for (const { content } of opened) content.destroy();
    throw error;
  }
}
