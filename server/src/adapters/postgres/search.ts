import { asc, eq, gt, isNull, and, sql, type SQL } from 'drizzle-orm';
import type { ContactSummary } from '#kit/domain/index.js';
import type { FoundConversation, Search } from '../../search-ports.js';
import { readCards } from './cards.js';
import { tsquery } from './lexemes.js';
import { conversations, searchSweeps } from './schema.js';
import type { Connection, Scope } from './scope.js';
import { takeIn } from './take-in.js';

type Summary = ContactSummary & Record<string, unknown>;
type FindQuery = Parameters<Search['find']>[0];

const sweep = 'conversations';

/**
 * Up to so many messages or contacts, all that are found are gathered and put in order. What is
 * found more often than that is soon met on the way down from the most active conversation.
 */
const rare = 10_000;

/** Conversations that are looked at together on that way. */
const firstStep = 250;
const longestStep = 4_000;

export function createSearch(scope: Scope): Search {
  return {
    async find(query) {
      const { connection } = scope;
      const words = sql`${tsquery(query.workspaceId, query.words, query.prefix)}::tsquery`;
      const ids = (await isRare(connection, words))
        ? await gather(connection, words, query)
        : await walk(connection, words, query);
      const page = ids.slice(0, query.limit);
      const results = await readResults(connection, words, page, query.messages);
      return { results, more: ids.length > query.limit };
    },

    async contacts({ workspaceId, words, prefix, limit }) {
      const { rows } = await scope.connection.execute<Summary>(sql`
        select c.id, c.name, c.email, c.avatar_url as "avatarUrl" from (
          select contact_id from contact_words
          where words @@ ${tsquery(workspaceId, words, prefix)}::tsquery limit ${rare}
        ) w join contacts c on c.id = w.contact_id
        where c.workspace_id = ${workspaceId} and c.merged_into is null
        order by c.created_at desc, c.id desc limit ${limit}
      `);
      return rows.map(({ id, name, email, avatarUrl }) => ({ id, name, email, avatarUrl }));
    },

    takeIn: (ids) => scope.atomically(({ connection }) => takeIn(connection, ids)),

    async conversations(after, limit) {
      const rows = await scope.connection
        .select({ id: conversations.id })
        .from(conversations)
        .where(and(gt(conversations.id, after), isNull(conversations.deletedAt)))
        .orderBy(asc(conversations.id))
        .limit(limit);
      return rows.map(({ id }) => id);
    },

    async reached() {
      const [row] = await scope.connection
        .select({ moment: sql<string>`${searchSweeps.moment}::text` })
        .from(searchSweeps)
        .where(eq(searchSweeps.name, sweep));
      return row?.moment ?? null;
    },

    async reach(moment) {
      await scope.connection
        .insert(searchSweeps)
        .values({ name: sweep, moment })
        .onConflictDoUpdate({ target: searchSweeps.name, set: { moment } });
    },
  };
}

async function isRare(connection: Connection, words: SQL): Promise<boolean> {
  const { rows } = await connection.execute<{ rare: boolean }>(sql`
    select (
      select count(*) from (
        select from message_words where words @@ ${words} limit ${rare}
      ) m
    ) < ${rare} and (
      select count(*) from (
        select from contact_words where words @@ ${words} limit ${rare}
      ) c
    ) < ${rare} as rare
  `);
  return rows[0]?.rare ?? true;
}

/** All that are found, in order. */
async function gather(connection: Connection, words: SQL, query: FindQuery): Promise<string[]> {
  const { rows } = await connection.execute<{ id: string }>(sql`
    with found as materialized (
      select conversation_id as id from message_words where words @@ ${words}
      union
      select c.id from contact_words w join conversations c on c.contact_id = w.contact_id
      where w.words @@ ${words}
    )
    select c.id from found f join conversations c on c.id = f.id
    where c.workspace_id = ${query.workspaceId} and c.deleted_at is null ${isPast(query.after)}
    order by c.active_at desc, c.id desc limit ${query.limit + 1}
  `);
  return rows.map(({ id }) => id);
}

interface Passed extends Record<string, unknown> {
  id: string;
  activeAt: number;
  found: boolean;
}

/** From one conversation to the next by the indexes of their activity, until there are enough. */
async function walk(connection: Connection, words: SQL, query: FindQuery): Promise<string[]> {
  const found: string[] = [];
  let { after } = query;
  for (let size = firstStep; ; size = Math.min(2 * size, longestStep)) {
    const { rows } = await connection.execute<Passed>(step(words, query, after, size));
    found.push(...rows.filter((row) => row.found).map(({ id }) => id));
    const last = rows.at(-1);
    if (!last || rows.length < size || found.length > query.limit) return found;
    after = last;
  }
}

/** The next so many, in order, and whether each is one. */
function step(words: SQL, query: FindQuery, after: FindQuery['after'], size: number): SQL {
  const branch = (condition: SQL): SQL => sql`(
    select c.id, c.contact_id, c.active_at from conversations c
    where c.workspace_id = ${query.workspaceId} and ${condition} ${isPast(after)}
    order by c.active_at desc, c.id desc limit ${size})`;
  return sql`
    with passed as materialized (
      ${branch(sql`c.live and c.state = 'open'`)}
      union all ${branch(sql`c.live and c.state = 'closed'`)}
      union all ${branch(sql`not c.live and c.deleted_at is null`)}
      order by active_at desc, id desc limit ${size}
    )
    select p.id, p.active_at::float8 as "activeAt", exists (
      select 1 from message_words w where w.conversation_id = p.id and ${notByIndex(words)} limit 1
    ) or exists (
      select 1 from contact_words w where w.contact_id = p.contact_id and ${notByIndex(words)} limit 1
    ) as found
    from passed p order by p.active_at desc, p.id desc`;
}

/** Those of one conversation are looked through: the index of words would bring those of all. */
function notByIndex(words: SQL): SQL {
  return sql`(w.words || ''::tsvector) @@ ${words}`;
}

function isPast(after: FindQuery['after']): SQL {
  return after ? sql`and (c.active_at, c.id) < (${after.activeAt}, ${after.id})` : sql``;
}

interface Found extends Record<string, unknown> {
  conversationId: string;
  id: string;
  text: string;
  format: 'plain' | 'markdown';
}

async function readResults(
  connection: Connection,
  words: SQL,
  ids: string[],
  messages: number,
): Promise<FoundConversation[]> {
  if (ids.length === 0) return [];
  const cards = await readCards(connection, ids);
  const { rows } = await connection.execute<Found>(sql`
    select i.id as "conversationId", m.id, m.text, m.format
    from unnest(${sql.param(ids)}::text[]) as i (id)
    cross join lateral (
      select m.id, m.text, m.format, m.position
      from message_words w join messages m on m.id = w.message_id
      where w.conversation_id = i.id collate "C" and ${notByIndex(words)} and m.deleted_at is null
      order by m.position desc limit ${messages}
    ) m
    order by m.position desc
  `);
  return cards.map((conversation) => ({
    conversation,
    messages: rows
      .filter(({ conversationId }) => conversationId === conversation.id)
      .map(({ id, text, format }) => ({ id, text, format })),
  }));
}
