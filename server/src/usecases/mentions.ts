import { newlyNamed } from '#kit/domain/mentions.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { MessageRecord, Repositories } from '../ports.js';
import type { LockedConversation } from './locked-conversation.js';

/**
 * Whom a comment names (S3.29). Rejects with `agent_not_found` where one is no agent of the
 * workspace, and with `invalid_payload` in a reply, which would tell the contact.
 */
export async function checkMentions(
  { agents }: Pick<Repositories, 'agents'>,
  workspaceId: string,
  kind: MessageRecord['kind'],
  mentions: readonly string[],
): Promise<void> {
  if (mentions.length === 0) return;
  if (kind !== 'comment') throw new CodedError('invalid_payload');
  const known = new Set((await agents.list(workspaceId)).map(({ id }) => id));
  if (!mentions.every((id) => known.has(id))) throw new CodedError('agent_not_found');
}

/** On the card of everybody whom the comment names, but its author. */
export function noteMentions(
  conversation: LockedConversation,
  { mentions, position, author }: Pick<MessageRecord, 'mentions' | 'position' | 'author'>,
): void {
  const { mentions: noted } = conversation.record;
  const others = mentions.filter((id) => id !== author.id && (noted[id] ?? 0) < position);
  if (others.length === 0) return;
  const raised = Object.fromEntries(others.map((id) => [id, position]));
  conversation.set({ mentions: { ...noted, ...raised } });
}

/**
 * Whom a comment names when its text is another one: a name that was in it has to be there still,
 * and one that was not names its agent now.
 */
export async function mentionsAfter(
  { agents }: Pick<Repositories, 'agents'>,
  { workspaceId, kind, mentions, text: before }: MessageRecord,
  text: string,
): Promise<string[]> {
  if (kind !== 'comment') return mentions;
  const all = await agents.list(workspaceId);
  const names = new Map(all.map(({ id, name }) => [id, `@${name}`]));
  const kept = mentions.filter((id) => {
    const name = names.get(id);
    return name === undefined || !before.includes(name) || text.includes(name);
  });
  return [...new Set([...kept, ...newlyNamed(before, text, all)])].slice(0, limits.mentions);
}

/** Takes those off the card whom the comment names no more; the comment before it counts again. */
export async function dropMentions(
  { messages }: Pick<Repositories, 'messages'>,
  conversation: LockedConversation,
  before: Pick<MessageRecord, 'mentions' | 'position'>,
  kept: readonly string[],
): Promise<void> {
  const noted = new Map(Object.entries(conversation.record.mentions));
  const dropped = before.mentions.filter(
    (id) => !kept.includes(id) && noted.get(id) === before.position,
  );
  if (dropped.length === 0) return;
  for (const id of dropped) {
    const position = await messages.lastMention(conversation.record.id, id);
    if (position === null) noted.delete(id);
    else noted.set(id, position);
  }
  conversation.set({ mentions: Object.fromEntries(noted) });
}
