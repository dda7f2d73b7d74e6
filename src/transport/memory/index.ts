export {
  createMemoryServer,
  type ConversationSeed,
  type MemoryServer,
  type MemoryServerOptions,
  type MessageSeed,
} from './memory-server.js';
export type { Caller } from './channels.js';
export type { Channel, ChannelContext, Reply, ServerFrame } from './network.js';
export type { AgentSeed } from './workspace.js';
