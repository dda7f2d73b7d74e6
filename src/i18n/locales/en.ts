import type { ErrorCode } from '../../protocol/index.js';

const one = (count: number, singular: string, plural: string): string =>
  `${count} ${count === 1 ? singular : plural}`;

/** A text for each code of the error registry: says what happened and what to do. */
const errors: Record<`error.${ErrorCode}`, string> = {
  'error.invalid_payload': 'This could not be understood by the server. Reload the page.',
  'error.invalid_email': 'This is not an email address. Check it for typing errors.',
  'error.message_empty': 'Write something first.',
  'error.message_too_long': 'This message is too long. Shorten it or send it in parts.',
  'error.password_too_short': 'Choose a password of at least 10 characters.',
  'error.unauthorized': 'You are signed out. Sign in again.',
  'error.token_invalid': 'This session is no longer valid. Reload the page.',
  'error.token_expired': 'This session has expired. Reload the page.',
  'error.sign_in_failed': 'Email and password do not match. Try again.',
  'error.sign_in_link_invalid': 'This sign-in link was used or has expired. Ask for a new one.',
  'error.forbidden': 'You may not do this. Ask an owner or admin.',
  'error.origin_not_allowed': 'This website may not show the chat. Its owner must allow it first.',
  'error.not_author': 'Only its author can change a message.',
  'error.workspace_not_found': 'This chat is not set up. Check the workspace id.',
  'error.conversation_not_found': 'This conversation no longer exists.',
  'error.message_not_found': 'This message no longer exists.',
  'error.contact_not_found': 'This contact no longer exists.',
  'error.agent_not_found': 'This agent is no longer in the team.',
  'error.route_not_found': 'The server does not offer this. Check its address.',
  'error.topic_unknown': 'The server does not offer this. Check its version.',
  'error.event_unknown': 'The server does not offer this. Check its version.',
  'error.email_taken': 'Another agent uses this email. Use another one.',
  'error.client_id_reused': 'This message could not be told from another. Write it again.',
  'error.too_large': 'This is too large. Send less at once.',
  'error.rate_limited': 'That was too fast. Wait a moment, then try again.',
  'error.too_many_attempts': 'Too many failed attempts. Wait, then try again.',
  'error.internal': 'Something went wrong on the server. Try again.',
  'error.unavailable': 'The server is busy. Try again in a moment.',
  'error.connection_lost': 'There is no connection. It is tried again by itself.',
  'error.timeout': 'No answer came in time. Try again.',
};

/** English. Accessible names here are fixed: tests of hosts rely on them. */
export const en = {
  ...errors,

  'avatar.status.online': 'Online',
  'avatar.status.offline': 'Offline',
  'avatar.status.invisible': 'Invisible',
  'avatar.withStatus': (name: string, status: string): string => `${name}, ${status}`,

  'dot.new': 'New',
  'dot.missed': 'Missed',

  'message.comment': 'Comment',
  'message.deleted': 'This message was deleted.',
  'message.edited': 'edited',
  'message.attachments': 'Attachments',
  'message.joined': (name: string): string => `${name} joined`,
  'message.assigned': (names: string): string => `Assigned to ${names}`,
  'message.unassigned': 'Assigned to nobody',
  'message.closed': (name: string): string => `Closed by ${name}`,
  'message.closed.system': 'Closed',
  'message.reopened': (name: string): string => `Reopened by ${name}`,
  'message.reopened.system': 'Reopened',

  'state.queued': 'Sending',
  'state.sending': 'Sending',
  'state.sent': 'Sent',
  'state.delivered': 'Delivered',
  'state.read': 'Read',
  'state.failed': 'Not sent',

  retry: 'Retry',
  discard: 'Discard',
  close: 'Close',
  'thread.typing': (names: string, count: number): string =>
    `${names} ${count === 1 ? 'is' : 'are'} typing`,
  'thread.loadingOlder': 'Loading older messages',
  'thread.toLatest': 'Go to the latest message',
  'thread.toLatestNew': (count: number): string =>
    `Go to the latest message, ${one(count, 'new message', 'new messages')}`,

  'chat.open': 'Open chat',
  'chat.openUnread': (count: number): string => `Open chat, ${count} unread`,
  'chat.close': 'Close chat',
  'chat.minimize': 'Minimize',
  'chat.panel': 'Chat',
  'chat.log': 'Messages',
  'chat.greeting': 'Hi! How can we help?',
  'chat.available': 'Usually answers in a few minutes',
  'chat.messenger': 'Nobody is here right now. Write to us, and you will find the answer here.',
  'chat.hidden': 'Nobody is here right now. Messages are kept and answered later.',
  'chat.team': 'The team',
  'chat.empty': 'Ask us anything. Your messages and our answers stay here.',
  'chat.loading': 'Loading the conversation',
  'chat.field': 'Message',
  'chat.placeholder': 'Message…',
  'chat.send': 'Send',
  'chat.seen': 'Seen',
  'chat.connecting': 'Connecting…',
  'chat.reconnecting': 'No connection. It is tried again by itself; what you write is sent then.',
  'chat.refused': 'The chat is not available to you right now.',
  'chat.fault': 'The chat cannot be shown',
  'chat.connectNow': 'Try again',
  'chat.announcement': (name: string, text: string): string => `${name}: ${text}`,
} as const;
