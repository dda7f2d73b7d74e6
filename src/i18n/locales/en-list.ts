const conversations = (count: number): string =>
  count === 1 ? '1 conversation' : `${count} conversations`;

/** English of the list of conversations: search, selecting several, and what was done to them. */
export const listEn = {
  'list.search': 'Search conversations',
  'list.search.clear': 'Clear the search',
  'list.search.hint': 'Names, emails and messages',
  'list.search.results': 'Search results',
  'list.search.loading': 'Searching',
  'list.search.none': (query: string): string => `Nothing found for “${query}”.`,
  'list.search.noneHint': 'Every word must be found. Try fewer words, or only their beginnings.',
  'list.search.error': 'The search could not be done.',
  'list.search.found': (count: number, more: boolean): string =>
    `${more ? 'More than ' : ''}${conversations(count)} found`,
  'list.search.earlier': 'Earlier',

  'list.pick': (name: string, about: string, time: string): string =>
    `Select ${[name, about, time].filter(Boolean).join(', ')}`,
  'list.picking': 'Select conversations',
  'list.pickAll': 'Select all',
  'list.picked': (count: number): string => `${count} selected`,
  'list.pickDone': 'Stop selecting',
  'list.bulk.label': 'Selected conversations',
  'list.bulk.close': 'Close',
  'list.bulk.reopen': 'Reopen',
  'list.bulk.delete': 'Delete',
  'list.closed': (count: number): string =>
    count === 1 ? 'Conversation closed' : `${conversations(count)} closed`,
  'list.reopened': (count: number): string =>
    count === 1 ? 'Conversation reopened' : `${conversations(count)} reopened`,
  'list.deleted': (count: number): string =>
    count === 1 ? 'Conversation deleted' : `${conversations(count)} deleted`,
  'list.undo': 'Undo',
  'list.dismiss': 'Dismiss',
  'list.deleteAsk': (count: number): string =>
    count === 1 ? 'Delete this conversation?' : `Delete ${conversations(count)}?`,
  'list.deleteWhy':
    'All messages and files in it are deleted, for the whole team. This cannot be undone.',
  'list.mentioned': 'You are mentioned',
} as const;
