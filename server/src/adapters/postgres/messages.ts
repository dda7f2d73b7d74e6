import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNull,
  lt,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { Attachment, EmailDelivery } from '#kit/domain/index.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { MessageRecord, Messages } from '../../ports.js';
import { attachments, messageChanges, messages } from './schema.js';
import type { Connection, Scope } from './scope.js';
import { slot, slots, statement } from './statement.js';

const columns = {
  ...getTableColumns(messages),
  attachments: sql<Attachment[] | null>`(
    select json_agg(
      json_build_object(
        'id', a.id, 'name', a.name, 'size', a.size, 'mediaType', a.media_type,
        'image', case when a.image_width is null then null
          else json_build_object('width', a.image_width, 'height', a.image_height) end
      )
      order by a.place
    ) from attachments a where a.message_id = messages.id
  )`,
  email: sql<EmailDelivery | null>`(
    select json_build_object('to', e.recipient, 'subject', e.subject, 'state', e.state, 'error', e.error)
    from emails e where e.message_id = messages.id
  )`,
};

type Row = typeof messages.$inferSelect & {
  attachments: Attachment[] | null;
  email: EmailDelivery | null;
};

/** Nobody is told a greater number. */
const mostCounted = 100;

const byClientId = statement((connection) =>
  connection
    .select(columns)
    .from(messages)
    .where(
      and(
        eq(messages.authorType, slot('authorType', messages.authorType)),
        eq(messages.authorId, slot('authorId', messages.authorId)),
        eq(messages.clientId, slot('clientId', messages.clientId)),
      ),
    )
    .prepare(''),
);

/** The message and its line in the log of changes. */
const insertMessage = statement((connection) => {
  const stored = connection.$with('stored').as(
    connection
      .insert(messages)
      .values(
        slots(messages, [
          'id',
          'workspaceId',
          'conversationId',
          'clientId',
          'kind',
          'authorType',
          'authorId',
          'authorName',
          'authorAvatarUrl',
          'text',
          'format',
          'system',
          'mentions',
          'position',
          'seq',
          'publicPosition',
          'publicSeq',
          'createdAt',
          'editedAt',
          'deletedAt',
        ]),
      )
      .returning({ id: messages.id }),
  );
  return connection
    .with(stored)
    .insert(messageChanges)
    .values({
      ...slots(messageChanges, ['conversationId', 'seq', 'publicSeq']),
      messageId: slot('id', messageChanges.messageId),
      kind: sql`'created'`,
      at: slot('createdAt', messageChanges.at),
    })
    .prepare('');
});

export function createMessages(scope: Scope): Messages {
  const select = () => scope.connection.select(columns).from(messages);

  return {
    async byClientId(author, clientId) {
      if (author.id === null) return null;
      const [row] = await byClientId(scope.connection).execute({
        authorType: author.type,
        authorId: author.id,
        clientId,
      });
      return row ? toRecord(row) : null;
    },

    async get(id) {
      const [row] = await select().where(eq(messages.id, id));
      return row ? toRecord(row) : null;
    },

    insert: (message) => scope.atomically(({ connection }) => insert(connection, message)),

    change: ({ id, ...fields }, kind) =>
      scope.atomically(async ({ connection }) => {
        const [row] = await connection
          .update(messages)
          .set(fields)
          .where(eq(messages.id, id))
          .returning({ conversationId: messages.conversationId });
        const at = kind === 'edited' ? fields.editedAt : fields.deletedAt;
        if (!row || at === null) {
          throw new Error(`A message that is ${kind} must exist and say when it was ${kind}.`);
        }
        const { seq, publicSeq } = fields;
        await connection
          .insert(messageChanges)
          .values({ ...row, messageId: id, seq, publicSeq, kind, at });
        if (kind === 'edited') return;
        await connection
          .update(attachments)
          .set({ deletedAt: at })
          .where(eq(attachments.messageId, id));
      }),

    renumber: (id, seq, at) =>
      scope.atomically(async ({ connection }) => {
        const [row] = await connection
          .update(messages)
          .set({ seq })
          .where(eq(messages.id, id))
          .returning({ conversationId: messages.conversationId });
        if (!row) throw new Error('A message that is on its way must exist.');
        const change = { ...row, messageId: id, seq, publicSeq: null, at };
        await connection.insert(messageChanges).values({ ...change, kind: 'emailed' });
      }),

    async before({ conversationId, audience, before, limit }) {
      const place = audience === 'agent' ? messages.position : messages.publicPosition;
      const rows = await select()
        .where(
          and(
            eq(messages.conversationId, conversationId),
            // Also leaves out what has no public place.
            before === null ? gt(place, 0) : lt(place, before),
          ),
        )
        .orderBy(desc(place))
        .limit(limit + 1);
      const last = rows.slice(0, limit).reverse();
      return { messages: last.map(toRecord), more: rows.length > limit };
    },

    async changedAfter({ conversationId, audience, after, limit }) {
      const number = audience === 'agent' ? messages.seq : messages.publicSeq;
      const rows = await select()
        .where(and(eq(messages.conversationId, conversationId), gt(number, after)))
        .orderBy(asc(number))
        .limit(limit + 1);
      return { messages: rows.slice(0, limit).map(toRecord), more: rows.length > limit };
    },

    async countReplies(conversationId, after) {
      const { rows } = await scope.connection.execute<{ count: number }>(sql`
        select count(*)::int as count from (
          select 1 from messages
          where conversation_id = ${sql.param(conversationId, messages.conversationId)}
          and position > ${sql.param(after, messages.position)}
          and kind = 'reply' and author_type = 'agent' and deleted_at is null
          limit ${sql.raw(String(mostCounted))}
        ) replies
      `);
      return rows[0]?.count ?? 0;
    },

    async lastShown(conversationId) {
      const [row] = await select()
        .where(
          and(
            eq(messages.conversationId, conversationId),
            inArray(messages.kind, ['reply', 'comment']),
            isNull(messages.deletedAt),
          ),
        )
        .orderBy(desc(messages.position))
        .limit(1);
      return row ? toRecord(row) : null;
    },

    async lastMention(conversationId, agentId) {
      const [row] = await scope.connection
        .select({ position: messages.position })
        .from(messages)
        .where(
          and(
            eq(messages.conversationId, conversationId),
            eq(messages.kind, 'comment'),
            isNull(messages.deletedAt),
            sql`${messages.mentions} ? ${agentId}`,
          ),
        )
        .orderBy(desc(messages.position))
        .limit(1);
      return row?.position ?? null;
    },

    async repliers(conversationId) {
      const { rows } = await scope.connection.execute<{ id: string }>(repliersOf(conversationId));
      return rows.map(({ id }) => id);
    },
  };
}

/** From one author to the next by the index, however many replies each of them wrote. */
function repliersOf(conversationId: string): SQL {
  const lastOf = (others: SQL): SQL => sql`
    select author_id, position from messages
    where conversation_id = ${sql.param(conversationId, messages.conversationId)}
    and kind = 'reply' and author_type = 'agent' ${others}
    order by author_id desc, position desc limit 1`;
  return sql`
    with recursive repliers (id, position) as (
      (${lastOf(sql``)})
      union all
      select next.author_id, next.position from repliers r
      cross join lateral (${lastOf(sql`and author_id < r.id`)}) next
    )
    select id from repliers order by position desc`;
}

async function insert(
  connection: Connection,
  { author, attachments: files, ...fields }: MessageRecord,
): Promise<void> {
  await insertMessage(connection).execute({
    ...fields,
    authorType: author.type,
    authorId: author.id,
    authorName: author.name,
    authorAvatarUrl: author.avatarUrl,
  });
  for (const [place, { id }] of files.entries()) await attach(connection, fields, id, place);
}

/** Throws `file_not_found` for one that is gone or belongs to a message already. */
async function attach(
  connection: Connection,
  { id: messageId, conversationId, workspaceId }: Omit<MessageRecord, 'author' | 'attachments'>,
  fileId: string,
  place: number,
): Promise<void> {
  const [row] = await connection
    .update(attachments)
    .set({ messageId, conversationId, place })
    .where(
      and(
        eq(attachments.id, fileId),
        eq(attachments.workspaceId, workspaceId),
        isNull(attachments.messageId),
        isNull(attachments.deletedAt),
      ),
    )
    .returning({ id: attachments.id });
  if (!row) throw new CodedError('file_not_found');
}

function toRecord(row: Row): MessageRecord {
  const { authorType, authorId, authorName, authorAvatarUrl, attachments: files, ...fields } = row;
  return {
    ...fields,
    author: { type: authorType, id: authorId, name: authorName, avatarUrl: authorAvatarUrl },
    // A tombstone shows nothing of what it was.
    attachments: fields.deletedAt === null ? (files ?? []) : [],
  };
}
