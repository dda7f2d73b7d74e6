import { defaultView } from '#kit/domain/view.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { InboxJoin, InboxJoined } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import { formatMailbox } from '../mail-address.js';
import type { Ports } from './act.js';
import { listConversations } from './list-conversations.js';
import { readMe } from './read-me.js';

/** What an agent's inbox needs on joining. Rejects with `workspace_not_found`, `agent_not_found`. */
export async function joinInbox(
  ports: Ports,
  caller: AgentCaller,
  { view = defaultView, limit = limits.pageSize }: InboxJoin,
): Promise<InboxJoined> {
  const { storage, roster } = ports;
  const { workspaceId, agentId } = caller;
  const [workspace, me, agents, { groups }, counts, window, replies, templates] = await Promise.all(
    [
      storage.workspaces.get(workspaceId),
      readMe(ports, agentId),
      roster.list(workspaceId),
      storage.groups.list(workspaceId),
      storage.conversations.counts(workspaceId),
      listConversations(ports, caller, { view, limit }),
      storage.savedTexts.replies(workspaceId, agentId),
      storage.savedTexts.templates(workspaceId),
    ],
  );
  if (!workspace) throw new CodedError('workspace_not_found');
  return {
    workspace: { id: workspace.id, name: workspace.name },
    me,
    agents,
    groups,
    replies,
    templates,
    mail: {
      configured: ports.mail.from !== null,
      from: ports.mail.from && formatMailbox(ports.mail.from),
      replyTo: workspace.settings.mailbox,
    },
    counts,
    window,
    missedAfterMs: workspace.settings.missedAfterMs,
    serverTime: ports.clock.now(),
  };
}
