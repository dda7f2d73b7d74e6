export { createPhoenixServer, type PhoenixServer } from './server.js';
export {
  memoryFanout,
  type BroadcastMessage,
  type DisconnectMessage,
  type Fanout,
  type FanoutMessage,
} from './fanout.js';
export { defaultLimits, type Limits } from './limits.js';
export type {
  Channel,
  ChannelContext,
  CloseOptions,
  ConnectInfo,
  ConnectResult,
  EndReason,
  JoinResult,
  Log,
  Payload,
  PhoenixOptions,
  Reply,
  SocketView,
  TransportName,
} from './types.js';
export type { PresenceDiff, PresenceMeta, PresenceState } from './presence.js';
