import { writingEnglish } from './en-writing.js';

/** English of the dialog in which saved replies and email templates are edited; it loads by itself. */
export const savedEn = {
  'saved.shortcut': 'Shortcut',
  'saved.shortcutHint': 'Type / and this in a reply. Letters, digits and hyphens.',
  'saved.text': 'Text',
  'saved.name': 'Name',
  'saved.subject': 'Subject',
  'saved.body': 'Body',
  'saved.for': 'Who has it',
  'saved.shared': 'Every agent',
  'saved.ownOnly': 'Only me',
  'saved.variables': 'Insert a variable',
  'saved.save': 'Save',
  'saved.cancel': 'Cancel',
  'saved.back': 'Back to the list',
  'saved.edit': (name: string): string => `Edit ${name}`,
  'saved.delete': (name: string): string => `Delete ${name}`,
  'saved.deleteAsk': (name: string): string => `Delete ${name}? It is gone for all who have it.`,
  'saved.deleteNow': 'Delete',
  'saved.keep': 'Keep',
  'saved.done': (name: string): string => `${name} is saved.`,
  'saved.gone': (name: string): string => `${name} is deleted.`,
  'saved.needShortcut': 'Give it a shortcut of letters, digits and hyphens.',
  'saved.taken': (shortcut: string): string =>
    `/${shortcut} is taken by another saved reply. Choose another shortcut.`,
  'saved.needName': 'Give it a name.',
  'saved.needText': 'Write the text.',
  'saved.variable.contact.name': 'Contact’s name',
  'saved.variable.contact.firstName': 'Contact’s first name',
  'saved.variable.contact.email': 'Contact’s email',
  'saved.variable.contact.phone': 'Contact’s phone',
  'saved.variable.agent.name': 'My name',
  'saved.variable.agent.firstName': 'My first name',
  'saved.variable.workspace.name': 'Workspace’s name',
} as const;

export const savedEnglish = { ...writingEnglish, ...savedEn };
