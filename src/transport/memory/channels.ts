import type { TopicKind } from '../../protocol/index.js';
import type { Acts } from './acts.js';
import type { Caller } from './caller.js';
import { createConversationChannel } from './conversation-channel.js';
import { createInboxChannel } from './inbox-channel.js';
import type { Channel } from './network.js';
import type { Broadcast } from './tell.js';
import { createVisitorChannel } from './visitor-channel.js';
import type { Workspace } from './workspace.js';

/** The channels of the wire contract on one memory workspace. */
export function createChannels(
  workspace: Workspace,
  acts: Acts,
  broadcast: Broadcast,
): Record<TopicKind, (id: string) => Channel<Caller>> {
  return {
    visitor: createVisitorChannel(workspace, acts, broadcast),
    inbox: createInboxChannel(workspace, acts),
    conversation: createConversationChannel(workspace, acts, broadcast),
  };
}
