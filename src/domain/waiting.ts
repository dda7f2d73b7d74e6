import type { Message } from './message.js';

/**
 * Since when a contact waits, after one more message (S2.4): the first contact message after the
 * last reply starts it, a reply ends it, comments and system lines change nothing.
 */
export function waitingAfter(
  waitingSince: number | null,
  message: Pick<Message, 'kind' | 'createdAt'> & { author: Pick<Message['author'], 'type'> },
): number | null {
  if (message.kind !== 'reply') return waitingSince;
  if (message.author.type === 'contact') return waitingSince ?? message.createdAt;
  return null;
}

/** The same over the latest messages of a thread, by position: since when their contact waits. */
export function waitingIn(messages: Iterable<Parameters<typeof waitingAfter>[1]>): number | null {
  let waitingSince: number | null = null;
  for (const message of messages) waitingSince = waitingAfter(waitingSince, message);
  return waitingSince;
}
