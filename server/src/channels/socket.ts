import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { EventName } from '#kit/protocol/events.js';
import { CodedError } from '#kit/protocol/errors.js';
import { socketPath } from '#kit/protocol/topics.js';
import type { Caller, Tokens } from '../auth/tokens.js';
import type { Origins } from '../origins.js';
import {
  createPhoenixServer,
  type ConnectInfo,
  type ConnectResult,
  type PhoenixServer,
} from '../phoenix/index.js';
import type { RateLimits } from '../rate-limits.js';
import { networkOf } from '../remote-address.js';
import type { Ports } from '../usecases/act.js';
import type { Assigns } from './assigns.js';
import { conversationTopic } from './conversation-channel.js';
import { deliverEvents } from './deliver-events.js';
import { inboxTopic } from './inbox-channel.js';
import { JoinedVisitors } from './joined-visitors.js';
import { topicChannel, type ChannelPorts, type Log } from './topic-channel.js';
import { TypingRelay } from './typing.js';
import { visitorTopic } from './visitor-channel.js';

/** Enough for the longest message in the longest spelling of JSON. */
const maxFrameBytes = 65_536;

export interface SocketOptions {
  ports: Ports;
  tokens: Tokens;
  origins: Origins;
  rateLimits: RateLimits;
  log: Log;
  /** Signs longpoll sessions. */
  secret: string;
  remoteAddress(request: IncomingMessage): string;
}

export interface ChatSocket {
  phoenix: PhoenixServer;
  /** Closes what a caller's session has open. */
  disconnect(caller: Caller): void;
  /** Stops telling clients; the sockets are closed by `phoenix.close()`. */
  stop(): void;
}

/** The topics of the contract on a Phoenix endpoint, fed by what the use-cases publish. */
export function createChatSocket(options: SocketOptions): ChatSocket {
  const { ports, tokens, origins, rateLimits, log, secret } = options;

  const connect = async (info: ConnectInfo): Promise<ConnectResult<Assigns>> => {
    try {
      await rateLimits.connectionsPerMinute.spend(networkOf(options.remoteAddress(info.request)));
      if (info.authToken === undefined) return { ok: false };
      const caller = await tokens.verifyChannel(info.authToken);
      if (!(await isWelcome(caller, info.request))) return { ok: false };
      const userAgent = info.request.headers['user-agent'] ?? null;
      const assigns = { caller, socketKey: randomUUID(), userAgent };
      return { ok: true, assigns, id: socketId(caller) };
    } catch (fault) {
      if (!(fault instanceof CodedError)) throw fault;
      return { ok: false };
    }
  };

  const isWelcome = async (caller: Caller, request: IncomingMessage): Promise<boolean> => {
    const { origin } = request.headers;
    const workspace = await ports.storage.workspaces.get(caller.workspaceId);
    if (!workspace) return false;
    if (origin !== undefined && !origins.allows(workspace, origin, request.headers.host)) {
      return false;
    }
    if (caller.type === 'visitor') return true;
    const agent = await ports.storage.agents.get(caller.agentId);
    return agent?.workspaceId === caller.workspaceId;
  };

  const broadcast = (topic: string, event: EventName, payload: object): void =>
    phoenix.broadcast(topic, event, payload);
  const channelPorts: ChannelPorts = { ports, rateLimits, log, broadcast };
  const joinedVisitors = new JoinedVisitors(ports, log);
  const typing = new TypingRelay(
    (topic, event, payload) => phoenix.broadcast(topic, event, payload),
    ports.clock,
  );

  const phoenix: PhoenixServer = createPhoenixServer<Assigns>({
    path: socketPath,
    checkOrigin: (origin, request) => origins.allowsAnywhere(origin, request.headers.host),
    connect,
    channels: {
      'visitor:*': topicChannel(channelPorts, visitorTopic(channelPorts, joinedVisitors, typing)),
      'inbox:*': topicChannel(channelPorts, inboxTopic(channelPorts)),
      'conversation:*': topicChannel(channelPorts, conversationTopic(channelPorts, typing)),
    },
    limits: { maxFrameBytes },
    log,
    secret,
  });
  const stop = deliverEvents(channelPorts, joinedVisitors);
  return { phoenix, stop, disconnect: (caller) => phoenix.disconnect(socketId(caller)) };
}

function socketId(caller: Caller): string {
  if (caller.type === 'visitor') return `contact:${caller.contactId}`;
  return caller.sessionId === null ? `agent:${caller.agentId}` : `session:${caller.sessionId}`;
}
