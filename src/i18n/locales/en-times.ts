import { en } from './en.js';

/** English of what is shown at times, which loads with what shows it. */
export const timesEn = {
  'avatar.status.online': 'Online',
  'avatar.status.offline': 'Offline',
  'avatar.status.invisible': 'Invisible',
  'avatar.withStatus': (name: string, status: string): string => `${name}, ${status}`,

  'message.deleted': 'This message was deleted.',
  'message.edited': 'edited',

  'state.failed': 'Not sent',
  retry: 'Retry',
  discard: 'Discard',

  'thread.typing': (names: string, count: number): string =>
    `${names} ${count === 1 ? 'is' : 'are'} typing`,
  'chat.fault': 'The chat cannot be shown',
} as const;

export const timesEnglish = { ...en, ...timesEn };
