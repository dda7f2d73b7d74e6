import { matches, plainLine, searchTerms, searchWords, type Contact } from '../../domain/index.js';
import {
  limits,
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

/** Matches of messages in one result. */
const shownMessages = 3;
const excerptLength = 160;
const beforeMatch = 40;

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

/** Conversations in which all words are found, the most active first; the last word may go on. */
export function searchConversations(
  workspace: Workspace,
  { query, after, limit = limits.pageSize }: ConversationsSearch,
): SearchWindow {
  const terms = searchTerms(query);
  if (terms.words.length === 0 && terms.prefix === null) return { results: [], more: false };
  const { items, more } = firstOf(
    workspace.activity.rows('newest', after ?? null),
    limit,
    (row) => row.live && holds(row, contactOf(workspace, row.contactId), terms),
  );
  const results = items.map((row) => ({
    conversation: conversationSnapshot(workspace, row),
    matches: matchesIn(row, contactOf(workspace, row.contactId), query),
  }));
  return { results, more };
}

function holds(conversation: StoredConversation, contact: Contact, terms: Terms): boolean {
  const texts = [
    wordsOf(contact, `${contact.name ?? ''} ${contact.email ?? ''}`),
    ...conversation.messages.filter(isSearched).map((message) => wordsOf(message, message.text)),
  ];
  const { words, prefix } = terms;
  if (!words.every((word) => texts.some((text) => text.has(word)))) return false;
  if (prefix === null) return true;
  return texts.some((text) => [...text].some((word) => word.startsWith(prefix)));
}

function isSearched({ kind, deletedAt }: StoredMessage): boolean {
  return kind !== 'system' && deletedAt === null;
}

function matchesIn(
  { messages }: StoredConversation,
  { name, email }: Contact,
  query: string,
): SearchMatch[] {
  const found: SearchMatch[] = [];
  for (const [field, text] of [
    ['name', name],
    ['email', email],
  ] as const) {
    const match = matchIn(text ?? '', query);
    if (match) found.push({ field, messageId: null, ...match });
  }
  let shown = 0;
  for (const message of messages.filter(isSearched).reverse()) {
    const match = matchIn(plainLine(message.text, message.format), query);
    if (!match) continue;
    found.push({ field: 'message', messageId: message.id, ...match });
    if (++shown === shownMessages) break;
  }
  return found;
}

/** What is around the first match, and where the matches stand in that. */
function matchIn(text: string, query: string): Pick<SearchMatch, 'excerpt' | 'ranges'> | null {
  const [first] = matches(text, query);
  if (!first) return null;
  if (text.length <= excerptLength) return { excerpt: text, ranges: matches(text, query) };
  const from = startOfWord(text, Math.max(0, first[0] - beforeMatch));
  const characters = Array.from(text.slice(from, from + 2 * excerptLength));
  const to = from + characters.slice(0, excerptLength).join('').length;
  const excerpt = `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  return { excerpt, ranges: matches(excerpt, query) };
}

function startOfWord(text: string, from: number): number {
  if (from === 0) return 0;
  const space = text.indexOf(' ', from);
  if (space >= 0 && space < from + beforeMatch) return space + 1;
  const isLowSurrogate = /[\uDC00-\uDFFF]/.test(text[from] ?? '');
  return isLowSurrogate ? from + 1 : from;
}
