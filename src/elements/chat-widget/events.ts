import type { Attachment, FormAnswers } from '../../domain/index.js';

interface Written {
  /** May be empty where there are files. */
  text: string;
  attachments: readonly Attachment[];
}

/** The visitor opened or closed the panel, or the host did. */
export type ChatToggled = CustomEvent<Record<string, never>>;

/** Before a message goes out; `preventDefault()` keeps it in the field. */
export type ChatBeforeMessageSend = CustomEvent<Written>;

/** The visitor sent a message; it is in the outbox, not yet on the server. */
export type ChatMessageSent = CustomEvent<Written>;

/** A message of the other side came. */
export type ChatMessageReceived = CustomEvent<{
  id: string;
  text: string;
  author: { id: string | null; name: string | null };
}>;

/** More or fewer messages are unread. */
export type ChatUnreadChanged = CustomEvent<{ unread: number }>;

/** The visitor answered the contact form. */
export type ChatFormSubmitted = CustomEvent<FormAnswers>;

/** The visitor rated the conversation: 1 to 5, the best. */
export type ChatRated = CustomEvent<{ score: number; comment: string | null }>;

/** The visitor chose whom to talk to; null when not sure. */
export type ChatGroupChosen = CustomEvent<{ groupId: string | null }>;

/** Who the page says the visitor is was refused: an error code such as `token_expired`. */
export type ChatIdentityRefused = CustomEvent<{ code: string }>;

export interface ChatEventMap {
  'chat-opened': ChatToggled;
  'chat-closed': ChatToggled;
  'chat-before-message-send': ChatBeforeMessageSend;
  'chat-message-sent': ChatMessageSent;
  'chat-message-received': ChatMessageReceived;
  'chat-ready': ChatToggled;
  'chat-identity-refused': ChatIdentityRefused;
  'chat-unread-changed': ChatUnreadChanged;
  'chat-form-submitted': ChatFormSubmitted;
  'chat-rated': ChatRated;
  'chat-restarted': ChatToggled;
  'chat-group-chosen': ChatGroupChosen;
}

/** Dispatches one of the public events; false when a listener prevented it. */
export function emit<Type extends keyof ChatEventMap>(
  target: EventTarget,
  type: Type,
  detail: ChatEventMap[Type]['detail'],
): boolean {
  const cancelable = type === 'chat-before-message-send';
  return target.dispatchEvent(
    new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }),
  );
}
