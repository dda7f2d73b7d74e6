import { inboxEnglish } from '../inbox.js';

/** English of where agents write: what a composer offers beside its field. It loads with that. */
export const writingEn = {
  'composer.emoji': 'Emoji',
  'composer.emojiSuggested': 'Matching emoji',
  'composer.enterBreaks': 'Ctrl+Enter sends',
  'composer.waiting': 'It is sent as soon as the files are there.',
  'composer.held': 'A file was not sent. Try it again or remove it; then the message goes.',
  'composer.cancelWaiting': 'Do not send yet',
  'composer.othersWrite': (names: string, count: number): string =>
    `${names} ${count === 1 ? 'is' : 'are'} writing here too. You could both answer.`,
  'composer.ended': 'This is an earlier conversation. It can be read, and answered no more.',
  'composer.removed': 'This conversation was deleted.',
  'composer.blocked': 'This contact is blocked: they cannot write to you.',
  'composer.banned': 'This contact and their address are blocked: they cannot write to you.',
  'composer.byEmail': (address: string): string => `Goes to ${address} by email.`,
  'composer.noAddress':
    'This contact has no email address. Add one in the contact details to answer by email.',

  'variables.missing': (names: string): string => `Not filled: ${names}.`,
  'variables.how': 'Write what belongs there, or send it as it is.',
  'variables.anyway': 'Send as it is',

  'mentions.label': 'Agents to mention',

  'replies.open': 'Saved replies',
  'replies.search': 'Search saved replies',
  'replies.none': 'No saved reply has these words.',
  'replies.empty': 'No saved replies yet. Write something and save it for the next time.',
  'replies.saveAs': 'Save as reply',
  'replies.new': 'New saved reply',
  'replies.manage': 'Edit saved replies',
  'replies.own': 'Own',
  'templates.open': 'Email templates',
  'templates.search': 'Search email templates',
  'templates.none': 'No email template has these words.',
  'templates.empty': 'No email templates yet. Write an email and save it for the next time.',
  'templates.saveAs': 'Save as template',
  'templates.new': 'New email template',
  'templates.manage': 'Edit email templates',
} as const;

export const writingEnglish = { ...inboxEnglish, ...writingEn };
