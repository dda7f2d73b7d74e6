export {
  createMemoryServer,
  type MemoryServer,
  type MemoryServerOptions,
} from './memory-server.js';
export type { AgentSeed } from './additions.js';
export type { Caller } from './caller.js';
export type { Channel, ChannelContext, Reply, ServerFrame } from './network.js';
export type { ConversationSeed, GroupSeed, MessageSeed, ReplySeed, TemplateSeed } from './seeds.js';
