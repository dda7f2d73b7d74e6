import { plainLine, searchExcerpt, searchTerms } from '#kit/domain/index.js';
import { limits } from '#kit/protocol/limits.js';
import type { ConversationsSearch, SearchMatch, SearchWindow } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { FoundConversation } from '../search-ports.js';
import type { Ports } from './act.js';

const shownMatches = 3;

/**
 * Conversations of the agent's workspace, earlier ones too, the most active first. All words must be
 * found in the name and address of the contact, or all of them in one reply or comment; the last one
 * may be the beginning of a word. A query without a word finds nothing. What was written a moment
 * ago is found within about a second.
 */
export async function searchConversations(
  { storage }: Pick<Ports, 'storage'>,
  { workspaceId }: AgentCaller,
  { query, after, limit = limits.pageSize }: ConversationsSearch,
): Promise<SearchWindow> {
  const terms = searchTerms(query);
  if (terms.words.length === 0 && terms.prefix === null) return { results: [], more: false };
  const page = { after: after ?? null, limit, messages: shownMatches };
  const found = await storage.search.find({ workspaceId, ...terms, ...page });
  const results = found.results
    .map((result) => ({ conversation: result.conversation, matches: matchesOf(result, query) }))
    // Deleted or edited, and not taken in yet.
    .filter(({ matches }) => matches.length > 0);
  return { results, more: found.more };
}

function matchesOf({ conversation, messages }: FoundConversation, query: string): SearchMatch[] {
  const { name, email } = conversation.contact;
  const texts: [SearchMatch['field'], string | null, string][] = [
    ['name', null, name ?? ''],
    ['email', null, email ?? ''],
    ...messages.map(({ id, text, format }): [SearchMatch['field'], string, string] => [
      'message',
      id,
      plainLine(text, format),
    ]),
  ];
  return texts
    .flatMap(([field, messageId, text]) => {
      const shown = searchExcerpt(text, query);
      return shown ? [{ field, messageId, ...shown }] : [];
    })
    .slice(0, shownMatches);
}
