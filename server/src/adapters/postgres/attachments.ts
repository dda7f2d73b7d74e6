import { and, asc, count, eq, inArray, isNotNull, isNull, lt, sql, sum } from 'drizzle-orm';
import type { Attachment } from '#kit/domain/index.js';
import type { AttachmentRecord, Attachments, Uploader } from '../../file-ports.js';
import { attachments, conversations, jobRuns, messages } from './schema.js';
import type { Scope } from './scope.js';

type Row = typeof attachments.$inferSelect;

/** Uploaded, named by no message, and not given up. */
const waiting = and(isNull(attachments.messageId), isNull(attachments.deletedAt));

/** A file of a deleted conversation is seen by nobody, also before its content is taken away. */
const inKeptConversation = sql`not exists (
  select 1 from conversations d
  where d.id = attachments.conversation_id and d.deleted_at is not null
)`;

export function createAttachments(scope: Scope): Attachments {
  return {
    async create({ uploader, image, ...fields }) {
      await scope.connection.insert(attachments).values({
        ...fields,
        uploaderType: uploader.type,
        uploaderId: uploader.id,
        imageWidth: image?.width ?? null,
        imageHeight: image?.height ?? null,
      });
    },

    async find(ids) {
      if (ids.length === 0) return [];
      const rows = await scope.connection
        .select({
          file: attachments,
          contactId: conversations.contactId,
          live: sql<boolean | null>`${conversations.live} and ${conversations.channel} = 'chat'`,
          publicPosition: messages.publicPosition,
          messageDeletedAt: messages.deletedAt,
        })
        .from(attachments)
        .leftJoin(messages, eq(messages.id, attachments.messageId))
        .leftJoin(conversations, eq(conversations.id, messages.conversationId))
        .where(
          and(inArray(attachments.id, ids), isNull(attachments.deletedAt), inKeptConversation),
        );
      return rows
        .filter(({ messageDeletedAt }) => messageDeletedAt === null)
        .map(({ file, contactId, live, publicPosition }) => ({
          ...toRecord(file),
          shown:
            contactId === null || live === null
              ? null
              : { contactId, live, public: publicPosition !== null },
        }));
    },

    async claim({ ids, uploader, workspaceId, conversationId }) {
      const rows = await scope.connection
        .select()
        .from(attachments)
        .where(
          and(
            inArray(attachments.id, ids),
            waiting,
            ownedBy(uploader),
            eq(attachments.workspaceId, workspaceId),
            conversationId === null
              ? isNull(attachments.conversationId)
              : eq(attachments.conversationId, conversationId),
          ),
        )
        .orderBy(asc(attachments.id))
        .for('update');
      const byId = new Map(rows.map((row) => [row.id, toAttachment(row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },

    async waiting(uploader) {
      const [row] = await scope.connection
        .select({ count: count(), bytes: sum(attachments.size).mapWith(Number) })
        .from(attachments)
        .where(and(waiting, ownedBy(uploader)));
      return { count: row?.count ?? 0, bytes: row?.bytes ?? 0 };
    },

    async giveUp({ before, now, limit }) {
      const { connection } = scope;
      const old = connection
        .select({ id: attachments.id })
        .from(attachments)
        .where(and(waiting, lt(attachments.createdAt, before)))
        .orderBy(asc(attachments.createdAt))
        .limit(limit)
        .for('update', { skipLocked: true });
      await connection
        .update(attachments)
        .set({ deletedAt: now })
        .where(inArray(attachments.id, old));
    },

    async deleted(limit) {
      const rows = await scope.connection
        .select({ id: attachments.id })
        .from(attachments)
        .where(isNotNull(attachments.deletedAt))
        .orderBy(asc(attachments.deletedAt))
        .limit(limit);
      return rows.map(({ id }) => id);
    },

    async remove(ids) {
      if (ids.length === 0) return;
      await scope.connection
        .delete(attachments)
        .where(and(inArray(attachments.id, ids), isNotNull(attachments.deletedAt)));
    },

    async known(ids) {
      if (ids.length === 0) return [];
      const rows = await scope.connection
        .select({ id: attachments.id })
        .from(attachments)
        .where(inArray(attachments.id, ids));
      return rows.map(({ id }) => id);
    },

    async beginJob({ job, now, everyMs }) {
      const rows = await scope.connection
        .insert(jobRuns)
        .values({ name: job, begunAt: now })
        .onConflictDoUpdate({
          target: jobRuns.name,
          set: { begunAt: sql`excluded.begun_at` },
          setWhere: lt(jobRuns.begunAt, now - everyMs + 1),
        })
        .returning({ name: jobRuns.name });
      return rows.length > 0;
    },
  };
}

function ownedBy({ type, id }: Uploader) {
  return and(eq(attachments.uploaderType, type), eq(attachments.uploaderId, id));
}

function toAttachment({ id, name, size, mediaType, imageWidth, imageHeight }: Row): Attachment {
  const image =
    imageWidth === null || imageHeight === null ? null : { width: imageWidth, height: imageHeight };
  return { id, name, size, mediaType, image };
}

function toRecord(row: Row): AttachmentRecord {
  const { workspaceId, conversationId, messageId, createdAt, uploaderType, uploaderId } = row;
  return {
    ...toAttachment(row),
    workspaceId,
    conversationId,
    messageId,
    createdAt,
    uploader: { type: uploaderType, id: uploaderId },
  };
}
