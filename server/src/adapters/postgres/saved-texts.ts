import { and, asc, count, eq, getTableColumns, isNull, or } from 'drizzle-orm';
import { CodedError } from '#kit/protocol/errors.js';
import type { SavedTexts } from '../../saved-text-ports.js';
import { savedReplies, templates } from './schema.js';
import type { Scope } from './scope.js';
import { isDuplicate } from './sql-fault.js';

const { id, shortcut, text, ownerId, version } = getTableColumns(savedReplies);
const {
  workspaceId: _workspaceId,
  createdAt: _made,
  updatedAt: _changed,
  ...template
} = getTableColumns(templates);

export function createSavedTexts(scope: Scope): SavedTexts {
  return {
    replies: (workspaceId, agentId) =>
      scope.connection
        .select({ id, shortcut, text, ownerId, version })
        .from(savedReplies)
        .where(
          and(
            eq(savedReplies.workspaceId, workspaceId),
            or(isNull(savedReplies.ownerId), eq(savedReplies.ownerId, agentId)),
          ),
        )
        .orderBy(asc(savedReplies.shortcut), asc(savedReplies.id)),

    async lockReply(replyId) {
      const [row] = await scope.connection
        .select()
        .from(savedReplies)
        .where(eq(savedReplies.id, replyId))
        .for('update');
      return row ?? null;
    },

    async countReplies(workspaceId) {
      const [row] = await scope.connection
        .select({ count: count() })
        .from(savedReplies)
        .where(eq(savedReplies.workspaceId, workspaceId));
      return row?.count ?? 0;
    },

    async storeReply({ id: replyId, ...fields }) {
      try {
        await scope.connection
          .insert(savedReplies)
          .values({ id: replyId, ...fields })
          .onConflictDoUpdate({ target: savedReplies.id, set: fields });
      } catch (error) {
        if (!isDuplicate(error, 'saved_replies_shortcut')) throw error;
        throw new CodedError('shortcut_taken', { cause: error });
      }
    },

    async deleteReply(replyId) {
      await scope.connection.delete(savedReplies).where(eq(savedReplies.id, replyId));
    },

    templates: (workspaceId) =>
      scope.connection
        .select(template)
        .from(templates)
        .where(eq(templates.workspaceId, workspaceId))
        .orderBy(asc(templates.name), asc(templates.id)),

    async lockTemplate(templateId) {
      const [row] = await scope.connection
        .select()
        .from(templates)
        .where(eq(templates.id, templateId))
        .for('update');
      return row ?? null;
    },

    async countTemplates(workspaceId) {
      const [row] = await scope.connection
        .select({ count: count() })
        .from(templates)
        .where(eq(templates.workspaceId, workspaceId));
      return row?.count ?? 0;
    },

    async storeTemplate({ id: templateId, ...fields }) {
      await scope.connection
        .insert(templates)
        .values({ id: templateId, ...fields })
        .onConflictDoUpdate({ target: templates.id, set: fields });
    },

    async deleteTemplate(templateId) {
      await scope.connection.delete(templates).where(eq(templates.id, templateId));
    },
  };
}
