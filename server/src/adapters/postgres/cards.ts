import { and, asc, desc, eq, inArray, isNull, like, ne, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { excerpt } from '#kit/domain/index.js';
import type { Conversation, LastMessage, Mark, View } from '#kit/domain/index.js';
import type { Conversations } from '../../ports.js';
import { contacts, conversations, messages } from './schema.js';
import type { Connection } from './scope.js';
import { slot, statement } from './statement.js';

type WindowQuery = Parameters<Conversations['window']>[0];
type EarlierQuery = Parameters<Conversations['earlier']>[0];

/** More than enough for an excerpt, so that a window of long messages stays small. */
const excerptSource = 4_000;

const card = {
  id: conversations.id,
  channel: conversations.channel,
  state: conversations.state,
  groupId: conversations.groupId,
  activeAt: conversations.activeAt,
  waitingSince: conversations.waitingSince,
  lastContactPosition: conversations.lastContactPosition,
  mentions: conversations.mentions,
  live: conversations.live,
  subject: conversations.subject,
  rating: conversations.rating,
  createdAt: conversations.createdAt,
  version: conversations.version,
  contact: {
    id: contacts.id,
    name: contacts.name,
    email: contacts.email,
    avatarUrl: contacts.avatarUrl,
  },
  assigneeIds: sql<string[]>`array(
    select a.agent_id from conversation_assignees a
    where a.conversation_id = ${conversations.id} order by a.place
  )`,
  marks: sql<Record<string, Mark> | null>`(
    select json_object_agg(m.party, json_build_object('delivered', m.delivered, 'read', m.read))
    from marks m where m.conversation_id = ${conversations.id}
  )`,
  last: {
    id: messages.id,
    kind: messages.kind,
    authorType: messages.authorType,
    authorId: messages.authorId,
    authorName: messages.authorName,
    /** Files that came without a word are told by the first one's name. */
    text: sql<string>`left(coalesce(nullif(${messages.text}, ''), (
      select f.name from attachments f where f.message_id = ${messages.id} and f.place = 0
    ), ${messages.text}), ${sql.raw(String(excerptSource))})`,
    format: messages.format,
    createdAt: messages.createdAt,
  },
};

function selectCards(connection: Connection) {
  return connection
    .select(card)
    .from(conversations)
    .innerJoin(contacts, eq(contacts.id, conversations.contactId))
    .leftJoin(messages, eq(messages.id, conversations.lastMessageId))
    .$dynamic();
}

type CardRow = Awaited<ReturnType<typeof selectCards>>[number];

function toConversation({ last, marks, ...row }: CardRow): Conversation {
  const { contact = { delivered: 0, read: 0 }, ...agents } = marks ?? {};
  return {
    ...row,
    lastMessage: last ? toLastMessage(last) : null,
    reads: Object.fromEntries(Object.entries(agents).map(([id, mark]) => [id, mark.read])),
    contactMark: contact,
  };
}

function toLastMessage(last: NonNullable<CardRow['last']>): LastMessage {
  const { text, format, ...shown } = last;
  return { ...shown, excerpt: excerpt(text, format) };
}

const cardById = statement((connection) =>
  selectCards(connection)
    .where(and(eq(conversations.id, slot('id', conversations.id)), isNull(conversations.deletedAt)))
    .prepare(''),
);

export async function readCard(connection: Connection, id: string): Promise<Conversation | null> {
  const [row] = await cardById(connection).execute({ id });
  return row ? toConversation(row) : null;
}

/** In the order of the ids; those that were deleted are left out. */
export async function readCards(connection: Connection, ids: string[]): Promise<Conversation[]> {
  if (ids.length === 0) return [];
  const rows = await selectCards(connection).where(
    and(inArray(conversations.id, ids), isNull(conversations.deletedAt)),
  );
  const byId = new Map(rows.map((row) => [row.id, toConversation(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What a contact's former conversations were, newest first. */
export async function readEarlier(
  connection: Connection,
  { contactId, except, before, limit }: EarlierQuery,
): Promise<{ conversations: Conversation[]; more: boolean }> {
  const rows = await selectCards(connection)
    .where(
      and(
        eq(conversations.contactId, contactId),
        eq(conversations.live, false),
        isNull(conversations.deletedAt),
        ne(conversations.id, except),
        before
          ? sql`(${conversations.createdAt}, ${conversations.id}) < (${sql.param(
              before.createdAt,
              conversations.createdAt,
            )}, ${sql.param(before.id, conversations.id)})`
          : undefined,
      ),
    )
    .orderBy(desc(conversations.createdAt), desc(conversations.id))
    .limit(limit + 1);
  return { conversations: rows.slice(0, limit).map(toConversation), more: rows.length > limit };
}

/** One statement, whatever the length of the window. */
export async function readWindow(
  connection: Connection,
  { workspaceId, me, view, after, limit }: WindowQuery,
): Promise<{ conversations: Conversation[]; more: boolean }> {
  const direction = view.order === 'oldest' ? asc : desc;
  const rows = await selectCards(connection)
    .where(
      and(eq(conversations.workspaceId, workspaceId), inView(view, me), isPast(view.order, after)),
    )
    .orderBy(direction(conversations.activeAt), direction(conversations.id))
    .limit(limit + 1);
  return { conversations: rows.slice(0, limit).map(toConversation), more: rows.length > limit };
}

/** The same rule as `isInView` of the domain. Earlier conversations are found with their contact. */
function inView({ name, state, channel }: View, me: string): SQL | undefined {
  return and(
    // As the condition of the indexes has it: a value that is sent apart might not match it.
    sql`${conversations.live}`,
    eq(conversations.state, state),
    channel === 'social' ? like(conversations.channel, 'social:%') : undefined,
    channel === 'chat' || channel === 'email' ? eq(conversations.channel, channel) : undefined,
    name === 'unassigned' ? sql`not ${conversations.assigned}` : undefined,
    name === 'mine' ? isAssignedTo(me) : undefined,
  );
}

function isAssignedTo(agentId: string): SQL {
  return sql`${conversations.id} in (
    select a.conversation_id from conversation_assignees a
    where a.agent_id = ${sql.param(agentId, conversations.id)}
  )`;
}

function isPast(order: View['order'], after: WindowQuery['after']): SQL | undefined {
  if (!after) return undefined;
  const comes = sql.raw(order === 'oldest' ? '>' : '<');
  const activeAt = sql.param(after.activeAt, conversations.activeAt);
  const id = sql.param(after.id, conversations.id);
  return sql`(${conversations.activeAt}, ${conversations.id}) ${comes} (${activeAt}, ${id})`;
}
