import { inboxEnglish } from '../inbox.js';

/** English of the groups of a team; loads with their element. */
export const groupsEn = {
  'groups.title': 'Groups',
  'groups.new': 'New group',
  'groups.empty': 'No groups yet. Make one by specialty, language or site.',
  'groups.members': (count: number): string => (count === 1 ? '1 agent' : `${count} agents`),
  'groups.private': 'Hidden from visitors',
  'groups.private.hint': 'Agents can give conversations to it; visitors cannot choose it.',
  'groups.edit': (name: string): string => `Edit ${name}`,
  'groups.delete': (name: string): string => `Delete ${name}`,
  'groups.deleteAsk': (name: string): string =>
    `Delete the group ${name}? Its conversations have none then.`,
  'groups.deleteNow': 'Delete',
  'groups.keep': 'Keep it',
  'groups.name': 'Name',
  'groups.nameNeeded': 'Give it a name.',
  'groups.nameTaken': 'There is a group of this name already.',
  'groups.names': 'Name in the widget, by language',
  'groups.names.hint': 'Where there is none, visitors read the name above.',
  'groups.names.add': 'Add a language',
  'groups.names.of': (language: string): string => `Name in ${language}`,
  'groups.names.remove': (language: string): string => `Remove ${language}`,
  'groups.agents': 'Agents',
  'groups.save': 'Save',
  'groups.cancel': 'Cancel',
  'groups.saved': (name: string): string => `${name} is saved.`,
  'groups.gone': (name: string): string => `${name} is deleted.`,
  'groups.forbidden': 'Only owners and admins make and change groups.',
} as const;

export const groupsEnglish = { ...inboxEnglish, ...groupsEn };
