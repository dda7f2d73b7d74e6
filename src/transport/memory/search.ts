import {
  plainLine,
  searchExcerpt,
  searchTerms,
  searchWords,
  type Contact,
} from '../../domain/index.js';
import {
  limits,
  type ContactsFound,
  type ConversationsSearch,
  type SearchMatch,
  type SearchWindow,
} from '../../protocol/index.js';
import { conversationSnapshot } from './snapshots.js';
import { firstOf } from './windows.js';
import {
  contactOf,
  type StoredConversation,
  type StoredMessage,
  type Workspace,
} from './workspace.js';

const shownMatches = 3;
const foundContacts = 20;

type Terms = ReturnType<typeof searchTerms>;

/** Words of texts that did not change since they were last asked for. */
const known = new WeakMap<object, { text: string; words: Set<string> }>();

function wordsOf(key: object, text: string): Set<string> {
  const before = known.get(key);
  if (before?.text === text) return before.words;
  const words = new Set(searchWords(text));
  known.set(key, { text, words });
  return words;
}

/**
 * Conversations, earlier ones too, of whose contact or one of whose messages all words are found, the
 * most active first; the last word may go on.
 */
export function searchConversations(
  workspace: Workspace,
  { query, after, limit = limits.pageSize }: ConversationsSearch,
): SearchWindow {
  const terms = searchTerms(query);
  if (terms.words.length === 0 && terms.prefix === null) return { results: [], more: false };
  const { items, more } = firstOf(
    workspace.activity.rows('newest', after ?? null),
    limit,
    (row) =>
      holdsContact(contactOf(workspace, row.contactId), terms) ||
      row.messages.some((each) => holds(each, terms)),
  );
  const results = items.map((row) => ({
    conversation: conversationSnapshot(workspace, row),
    matches: matchesIn(row, contactOf(workspace, row.contactId), terms, query),
  }));
  return { results, more };
}

/** Contacts whose name and address hold all words; the last one may go on. */
export function findContacts(workspace: Workspace, query: string): ContactsFound {
  const terms = searchTerms(query);
  if (terms.words.length === 0 && terms.prefix === null) return { contacts: [] };
  const { items } = firstOf(workspace.contacts.values(), foundContacts, (contact) =>
    holdsContact(contact, terms),
  );
  return {
    contacts: items.map(({ id, name, email, avatarUrl }) => ({ id, name, email, avatarUrl })),
  };
}

function holdsContact(contact: Contact, terms: Terms): boolean {
  return hasAll(wordsOf(contact, `${contact.name ?? ''} ${contact.email ?? ''}`), terms);
}

function holds(message: StoredMessage, terms: Terms): boolean {
  if (message.kind === 'system' || message.deletedAt !== null) return false;
  return hasAll(wordsOf(message, message.text), terms);
}

function hasAll(text: ReadonlySet<string>, { words, prefix }: Terms): boolean {
  if (!words.every((word) => text.has(word))) return false;
  return prefix === null || [...text].some((word) => word.startsWith(prefix));
}

function matchesIn(
  { messages }: StoredConversation,
  { name, email }: Contact,
  terms: Terms,
  query: string,
): SearchMatch[] {
  const found: SearchMatch[] = [];
  const show = (field: SearchMatch['field'], messageId: string | null, text: string): void => {
    const shown = searchExcerpt(text, query);
    if (shown) found.push({ field, messageId, ...shown });
  };
  show('name', null, name ?? '');
  show('email', null, email ?? '');
  for (let index = messages.length - 1; index >= 0 && found.length < shownMatches; index--) {
    const message = messages[index];
    if (!message || !holds(message, terms)) continue;
    show('message', message.id, plainLine(message.text, message.format));
  }
  return found;
}
