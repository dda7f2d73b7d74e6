import { sql } from 'drizzle-orm';
import { searchWords } from '#kit/domain/index.js';
import { lexemes } from './lexemes.js';
import type { Connection } from './scope.js';

/** Any number that no other program takes in the same database. */
const lockKey = 6_032_174_552;
/** Of one conversation, and of all, in one go. */
const mostOfOne = 200;
const mostOfAll = 1_000;

interface MessageRow extends Record<string, unknown> {
  id: string;
  conversationId: string;
  workspaceId: string;
  seq: number;
  text: string;
  /** Neither deleted nor a system line. */
  said: boolean;
}

interface ContactRow extends Record<string, unknown> {
  id: string;
  workspaceId: string;
  version: number;
  name: string | null;
  email: string | null;
}

/**
 * One at a time: whoever read a message before it was deleted has written its words by the time that
 * the deletion is taken in. Gives null where another one is at it, true where nothing is left.
 */
export async function takeIn(connection: Connection, ids: string[]): Promise<boolean | null> {
  const { rows } = await connection.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${lockKey}) as locked`,
  );
  if (!rows[0]?.locked) return null;
  // What is lost with the power can be taken in again.
  await connection.execute(sql`set local synchronous_commit = off`);
  await takeInContacts(connection, ids);
  return takeInMessages(connection, ids);
}

async function takeInMessages(connection: Connection, ids: string[]): Promise<boolean> {
  const { rows } = await connection.execute<MessageRow>(sql`
    select m.id, c.id as "conversationId", c.workspace_id as "workspaceId", m.seq::float8 as seq,
      m.text, m.said
    from unnest(${sql.param(ids)}::text[]) as i (id)
    join conversations c on c.id = i.id collate "C"
    left join search_progress p on p.conversation_id = c.id
    cross join lateral (
      select m.id, m.seq, m.text, m.kind <> 'system' and m.deleted_at is null as said
      from messages m where m.conversation_id = c.id and m.seq > coalesce(p.seq, 0)
      order by m.seq limit ${mostOfOne}
    ) m
    where c.deleted_at is null
    order by c.id, m.seq limit ${mostOfAll}
  `);
  if (rows.length === 0) return true;
  const silent: string[] = [];
  const said = { ids: [] as string[], conversations: [] as string[], words: [] as string[] };
  const reached = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { id, conversationId, workspaceId, seq, text, said: isSaid } of rows) {
    reached.set(conversationId, seq);
    counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1);
    const words = isSaid ? searchWords(text) : [];
    if (words.length === 0) {
      silent.push(id);
      continue;
    }
    said.ids.push(id);
    said.conversations.push(conversationId);
    said.words.push(lexemes(workspaceId, words).join(' '));
  }
  if (said.ids.length > 0) {
    await connection.execute(sql`
      insert into message_words (message_id, conversation_id, words)
      select t.id, t.conversation_id, array_to_tsvector(string_to_array(t.words, ' '))
      from unnest(
        ${sql.param(said.ids)}::text[], ${sql.param(said.conversations)}::text[],
        ${sql.param(said.words)}::text[]
      ) as t (id, conversation_id, words)
      on conflict (message_id) do update set words = excluded.words
    `);
  }
  if (silent.length > 0) {
    await connection.execute(
      sql`delete from message_words where message_id = any (${sql.param(silent)}::text[])`,
    );
  }
  await connection.execute(sql`
    insert into search_progress (conversation_id, seq)
    select * from unnest(
      ${sql.param([...reached.keys()])}::text[], ${sql.param([...reached.values()])}::bigint[]
    )
    on conflict (conversation_id) do update set seq = excluded.seq
  `);
  return rows.length < mostOfAll && [...counts.values()].every((count) => count < mostOfOne);
}

/** Those whose name or address is not what was taken in, of conversations that are there. */
async function takeInContacts(connection: Connection, ids: string[]): Promise<void> {
  const { rows } = await connection.execute<ContactRow>(sql`
    select distinct t.id, t.workspace_id as "workspaceId", t.version, t.name, t.email
    from unnest(${sql.param(ids)}::text[]) as i (id)
    join conversations c on c.id = i.id collate "C"
    join contacts t on t.id = c.contact_id
    left join contact_words w on w.contact_id = t.id
    where w.version is distinct from t.version
    and (t.name is not null or t.email is not null or w.contact_id is not null)
  `);
  if (rows.length === 0) return;
  const words = rows.map(({ workspaceId, name, email }) =>
    lexemes(workspaceId, searchWords(`${name ?? ''} ${email ?? ''}`)).join(' '),
  );
  await connection.execute(sql`
    insert into contact_words (contact_id, version, words)
    select t.id, t.version, array_to_tsvector(string_to_array(t.words, ' '))
    from unnest(
      ${sql.param(rows.map(({ id }) => id))}::text[],
      ${sql.param(rows.map(({ version }) => version))}::integer[], ${sql.param(words)}::text[]
    ) as t (id, version, words)
    on conflict (contact_id) do update set version = excluded.version, words = excluded.words
  `);
}
