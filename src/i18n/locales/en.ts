import { chatErrors } from '../../protocol/index.js';

/** English. Accessible names here are fixed: tests of hosts rely on them. */
export const en = {
  'error.message_too_long': chatErrors.message_too_long,
  'error.connection_lost': chatErrors.connection_lost,
  'error.token_expired': chatErrors.token_expired,
  'error.rate_limited': chatErrors.rate_limited,

  'message.joined': (name: string): string => `${name} joined`,

  'state.sending': 'Sending',
  'state.sent': 'Sent',

  'thread.loadingOlder': 'Loading older messages',

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
  'chat.emoji': 'Emoji',
  'files.attach': 'Attach files',
  'chat.menu': 'Menu',
  'chat.seen': 'Seen',
  'chat.connecting': 'Connecting…',
  'chat.reconnecting': 'No connection. It is tried again by itself; what you write is sent then.',
  'chat.refused': 'The chat is not available to you right now.',
  'chat.connectNow': 'Try again',
  'chat.announcement': (name: string, text: string): string => `${name}: ${text}`,
} as const;
