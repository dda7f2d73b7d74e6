import {
  CodedError,
  limits,
  toWireError,
  type ErrorCode,
  type MessagePage,
  type MessagesList,
  type Since,
} from '../../protocol/index.js';
import type { Caller } from './caller.js';
import type { ChannelContext, Reply } from './network.js';
import { pageAfter, pageBefore, type Audience } from './pages.js';
import type { StoredConversation } from './workspace.js';

/** Answers one event of a topic; throws the `CodedError` of a refusal. */
export type Handler<Who> = (payload: unknown, who: Who, context: ChannelContext<Caller>) => object;

export type Handlers<Who> = Readonly<Record<string, Handler<Who>>>;

export const refuse = (code: ErrorCode): Reply => ({ error: toWireError(new CodedError(code)) });

export function handle<Who>(
  handlers: Handlers<Who>,
  event: string,
  payload: unknown,
  who: Who,
  context: ChannelContext<Caller>,
): Reply {
  const handler = handlers[event];
  return handler ? { ok: handler(payload, who, context) } : refuse('event_unknown');
}

export function listMessages(
  audience: Audience,
  conversation: StoredConversation,
  { before, after, limit = limits.pageSize }: MessagesList,
): MessagePage {
  return after === undefined
    ? pageBefore(audience, conversation, before ?? null, limit)
    : pageAfter(audience, conversation, after, limit);
}

/** The messages of a join: what changed after the client's cursor, or the last page. */
export function joinPage(
  audience: Audience,
  conversation: StoredConversation,
  since: Since | undefined,
): MessagePage {
  if (!since) return pageBefore(audience, conversation, null, limits.pageSize);
  if (since.conversationId !== conversation.id) {
    return pageBefore(audience, conversation, null, limits.pageSize, true);
  }
  return pageAfter(audience, conversation, since.seq, limits.pageSize);
}
