import { timesEnglish } from './en-times.js';

/** English of what a thread shows to agents only. */
export const messagesEn = {
  'message.comment': 'Comment',
  'message.assigned': (names: string): string => `Assigned to ${names}`,
  'message.unassigned': 'Assigned to nobody',
  'message.closed': (name: string): string => `Closed by ${name}`,
  'message.closed.system': 'Closed',
  'message.grouped': (name: string, group: string): string => `${name} gave this to ${group}`,
  'message.grouped.system': (group: string): string => `Given to ${group}`,
  'message.ungrouped': 'Given to no group',
  'message.reopened': (name: string): string => `Reopened by ${name}`,
  'message.reopened.system': 'Reopened',
  'message.blocked': (name: string): string => `Contact blocked by ${name}`,
  'message.banned': (name: string): string => `Contact and address blocked by ${name}`,
  'message.blocked.system': 'Contact blocked',
  'message.unblocked': (name: string): string => `Contact unblocked by ${name}`,
  'message.unblocked.system': 'Contact unblocked',
  'message.shown': (text: string): string => `Shown on the page: ${text}`,
  'message.form': 'The contact form was filled in',
  'message.rated': (score: string): string => `Rated ${score} of 5`,
  'message.rated.comment': (score: string, comment: string): string =>
    `Rated ${score} of 5: ${comment}`,
  'message.restarted': 'The visitor started a new conversation',
} as const;

export const messagesEnglish = { ...timesEnglish, ...messagesEn };
