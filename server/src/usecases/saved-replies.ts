import type { SavedReply } from '#kit/domain/saved-reply.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { ReplySave } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Repositories } from '../ports.js';
import type { ReplyRecord } from '../saved-text-ports.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';

const shortcutShape = /^[\p{L}\p{N}\p{M}-]+$/u;

/**
 * Makes a saved reply, or changes one; shared ones are changed by their maker, owners and admins,
 * and nobody learns of another agent's own (S3.24). Rejects with `invalid_payload` for a shortcut
 * of other than letters, digits and hyphens, `message_empty`, `shortcut_taken`, `limit_reached`,
 * `reply_not_found`, `forbidden`.
 */
export async function saveReply(
  ports: Ports,
  caller: AgentCaller,
  { id, shortcut: typed, text, shared }: ReplySave,
): Promise<SavedReply> {
  const shortcut = typed.normalize('NFC');
  if (!shortcutShape.test(shortcut)) {
    const message = 'A shortcut is made of letters, digits and hyphens.';
    throw new CodedError('invalid_payload', { message });
  }
  if (text.trim() === '') throw new CodedError('message_empty');
  const { workspaceId, agentId } = caller;
  return act(ports, async (repositories, emit) => {
    const { savedTexts } = repositories;
    const before =
      id === undefined
        ? await roomForReply(repositories, workspaceId)
        : await changeable(repositories, caller, id);
    const now = ports.clock.now();
    const createdBy = before ? before.createdBy : agentId;
    const record: ReplyRecord = {
      id: before?.id ?? ports.ids.next('sr'),
      workspaceId,
      shortcut,
      text,
      ownerId: shared ? null : (createdBy ?? agentId),
      createdBy,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
      version: (before?.version ?? 0) + 1,
    };
    await savedTexts.storeReply(record);
    await audit(ports, repositories, caller, 'reply.save', record.id, { shared });
    const saved = replyView(record);
    emit({ type: 'reply', workspaceId, before: before && replyView(before), saved });
    return saved;
  });
}

/** Rejects with `reply_not_found`, `forbidden`. */
export async function deleteReply(
  ports: Ports,
  caller: AgentCaller,
  { id }: { id: string },
): Promise<void> {
  await act(ports, async (repositories, emit) => {
    const before = await changeable(repositories, caller, id);
    await repositories.savedTexts.deleteReply(id);
    await audit(ports, repositories, caller, 'reply.delete', id);
    const { workspaceId } = caller;
    emit({ type: 'reply', workspaceId, before: replyView(before), saved: null });
  });
}

async function roomForReply(
  { savedTexts, workspaces }: Repositories,
  workspaceId: string,
): Promise<null> {
  // One after the other: nobody makes one past the limit meanwhile.
  await workspaces.lock(workspaceId);
  if ((await savedTexts.countReplies(workspaceId)) >= limits.savedReplies) {
    throw new CodedError('limit_reached');
  }
  return null;
}

async function changeable(
  { savedTexts, agents }: Repositories,
  { workspaceId, agentId }: AgentCaller,
  id: string,
): Promise<ReplyRecord> {
  const reply = await savedTexts.lockReply(id);
  const isSeen = reply?.ownerId === null || reply?.ownerId === agentId;
  if (reply?.workspaceId !== workspaceId || !isSeen) throw new CodedError('reply_not_found');
  if (reply.createdBy === agentId || reply.ownerId === agentId) return reply;
  const agent = await agents.get(agentId);
  if (agent?.role !== 'owner' && agent?.role !== 'admin') throw new CodedError('forbidden');
  return reply;
}

function replyView({ id, shortcut, text, ownerId, version }: SavedReply): SavedReply {
  return { id, shortcut, text, ownerId, version };
}
