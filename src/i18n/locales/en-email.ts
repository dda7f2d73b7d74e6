import { writingEnglish } from './en-writing.js';

/** English of the form in which an email is written; it loads by itself. */
export const emailEn = {
  'newEmail.to': 'To',
  'newEmail.toHint': 'Name or address',
  'newEmail.found': 'Contacts',
  'newEmail.noContact': 'No contact has this name. Write the whole address.',
  'newEmail.subject': 'Subject',
  'newEmail.text': 'Message',
  'newEmail.send': 'Send',
  'newEmail.sending': 'Sending',
  'newEmail.discard': 'Discard',
  'newEmail.needTo': 'Choose a contact or write a whole address, such as name@example.com.',
  'newEmail.noAddress': (name: string): string =>
    `${name} has no email address. Write one, or choose somebody else.`,
  'newEmail.needSubject': 'Write a subject.',
  'newEmail.needText': 'Write something, or attach a file.',
  'newEmail.from': (address: string): string => `From ${address}.`,
  'newEmail.answersTo': (address: string): string => `Answers arrive at ${address}.`,
  'newEmail.noMailbox': 'No mailbox is set for the workspace: answers go to the sending address.',
} as const;

export const emailEnglish = { ...writingEnglish, ...emailEn };
