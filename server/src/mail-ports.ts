import type { Readable } from 'node:stream';
import type { RateLimit } from './rate-limits.js';

/** Replies that go by email, and who hands them over. Times are epoch ms. */

export interface QueuedEmail {
  messageId: string;
  workspaceId: string;
  recipient: string;
  subject: string;
}

/** One that this server has in hand until its lease ends. */
export interface LeasedEmail extends QueuedEmail {
  conversationId: string;
  /** Counts every try; who comes back with another number has lost the lease. */
  attempts: number;
}

export interface Emails {
  queue(email: QueuedEmail, dueAt: number): Promise<void>;
  /**
   * Takes those that are due, the oldest first, until `until`: other servers leave them alone. One
   * whose lease ran out is due again.
   */
  lease(query: { now: number; until: number; limit: number }): Promise<LeasedEmail[]>;
  /** False where the lease was lost, and then nothing changes. `dueAt` is of the next try. */
  settle(
    email: Pick<LeasedEmail, 'messageId' | 'attempts'>,
    outcome: { state: 'queued' | 'sent' | 'failed'; error: string | null; dueAt: number },
  ): Promise<boolean>;
  /** One that failed is queued once more, with all its tries. False where it did not fail. */
  retry(messageId: string, recipient: string, dueAt: number): Promise<boolean>;
  /** The latest of a conversation; null where none was written. */
  latest(conversationId: string): Promise<{ subject: string } | null>;
  /** Those before a position in the conversation, newest first. */
  before(
    conversationId: string,
    position: number,
    limit: number,
  ): Promise<{ messageId: string; subject: string }[]>;
  /** How many are on their way. */
  waiting(): Promise<number>;
}

/** A whole email. Texts are on one line where headers are made of them. */
export interface OutgoingEmail {
  /** Without angle brackets; the same for every try. */
  messageId: string;
  from: Mailbox;
  replyTo: string | null;
  to: Mailbox;
  subject: string;
  date: Date;
  /** Message ids, the oldest first; empty where it begins a thread. */
  references: string[];
  /** What the agent wrote. */
  markdown: string;
  attachments: { name: string; mediaType: string; content: Readable }[];
}

export interface Mailbox {
  name: string | null;
  address: string;
}

/** Why an email was not taken; `error` is in the mail server's words. */
export class NotSent extends Error {
  override name = 'NotSent';
  /** Refused for good: another try would be refused too. */
  readonly isFinal: boolean;

  constructor(message: string, options: { isFinal: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.isFinal = options.isFinal;
  }
}

export interface Mailer {
  /** Resolves when the mail server has taken it. Rejects with `NotSent`. */
  send(email: OutgoingEmail): Promise<void>;
  /** Rejects where the server does not answer or refuses the sign-in. */
  verify(): Promise<void>;
  close(): void;
}

/** What use-cases know of mail; `from` is null where none can be sent. */
export interface MailSettings {
  from: Mailbox | null;
  /** Emails per minute of one workspace. */
  limit: RateLimit;
}
