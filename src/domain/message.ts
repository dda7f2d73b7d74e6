/** A reply reaches the contact, a comment only agents; a system line tells what happened. */
export type MessageKind = 'reply' | 'comment' | 'system';

/** Visitors write plain text with links found; agents write markdown. The server sets it. */
export type MessageFormat = 'plain' | 'markdown';

export type AuthorType = 'contact' | 'agent' | 'system';

export interface Author {
  type: AuthorType;
  /** Null for system lines. */
  id: string | null;
  /** Display name when the message was sent; null for an unnamed contact. */
  name: string | null;
  avatarUrl: string | null;
}

/** What a system line says. Ids are of agents. */
export type SystemEvent =
  | { type: 'joined'; agentId: string; agentName: string }
  | { type: 'assigned'; byId: string | null; assignees: { id: string; name: string }[] }
  | {
      type: 'grouped';
      byId: string | null;
      byName: string | null;
      groupId: string | null;
      groupName: string | null;
    }
  | { type: 'closed'; byId: string | null; byName: string | null }
  | { type: 'reopened'; byId: string | null; byName: string | null }
  | { type: 'blocked'; byId: string | null; byName: string | null; address: boolean }
  | { type: 'unblocked'; byId: string | null; byName: string | null }
  /** The page showed this to the visitor by itself before they wrote (S5.8). */
  | { type: 'shown'; text: string; targetedId: string | null }
  /** The contact answered the form, here or before there was a conversation: keys of fields, names of consents. */
  | { type: 'form'; given: string[] }
  | { type: 'rated'; score: number; comment: string | null }
  /** The contact began anew: this conversation ended. */
  | { type: 'restarted' };

/**
 * The states of a reply that goes by email.
 * - `queued`: waits for its turn, or for another try.
 * - `sending`: being handed over.
 * - `sent`: taken by the mail server.
 * - `failed`: refused for good; `error` says why in the mail server's words.
 */
export interface EmailDelivery {
  to: string;
  subject: string;
  state: 'queued' | 'sending' | 'sent' | 'failed';
  error: string | null;
}

export interface Attachment {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  /** As found in the bytes, never as named by the uploader. */
  mediaType: string;
  /** Pixels of a picture that can be shown; null for any other file. */
  image: { width: number; height: number } | null;
}

/** One line of a thread, the same for agents and visitors but for what `seq` counts. */
export interface Message {
  id: string;
  conversationId: string;
  /** The author's own name for it (UUIDv7); null for system lines. */
  clientId: string | null;
  kind: MessageKind;
  author: Author;
  /** Empty in a tombstone and in a system line. */
  text: string;
  format: MessageFormat;
  system: SystemEvent | null;
  attachments: Attachment[];
  /** Agents whom a comment names (S3.29). */
  mentions: string[];
  /** How a reply travels by email; null elsewhere, and always where a visitor sees it. */
  email: EmailDelivery | null;
  /** Number of its creation: its place in the thread, which never moves. */
  position: number;
  /** Number of its latest change; agents count every change, visitors those they may see. */
  seq: number;
  /** Epoch ms, the server's clock. */
  createdAt: number;
  editedAt: number | null;
  /** Set in a tombstone. */
  deletedAt: number | null;
}

/**
 * The states of an outgoing message.
 * - `queued`: kept in the outbox, waits for its turn or for the network.
 * - `sending`: on its way, not yet acknowledged.
 * - `sent`: stored by the server.
 * - `delivered`: on a device of the other side.
 * - `read`: seen by the other side.
 * - `failed`: refused for good; the reason and a retry are shown.
 */
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** True where a visitor may see the message: comments never, of system lines only who joined and what the page showed. */
export function isPublic(message: Pick<Message, 'kind' | 'system'>): boolean {
  if (message.kind === 'reply') return true;
  const type = message.kind === 'system' ? message.system?.type : undefined;
  return type === 'joined' || type === 'shown';
}

/** How far one side has come in a thread; each is a message's `position`. The greatest wins. */
export interface Mark {
  delivered: number;
  read: number;
}

/** Merges two marks; neither part ever goes back. */
export function mergeMark(a: Mark, b: Mark): Mark {
  return { delivered: Math.max(a.delivered, b.delivered), read: Math.max(a.read, b.read) };
}

/** The state of one's own stored message, given the other side's mark. */
export function deliveryState(
  message: Pick<Message, 'position'>,
  otherSide: Mark,
): 'sent' | 'delivered' | 'read' {
  if (otherSide.read >= message.position) return 'read';
  return otherSide.delivered >= message.position ? 'delivered' : 'sent';
}
