import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { EventName } from '#kit/protocol/events.js';
import { CodedError } from '#kit/protocol/errors.js';
import { socketPath } from '#kit/protocol/topics.js';
import type { HashNetwork } from '../auth/network-hash.js';
import { socketNames, socketNamesOf } from '../auth/socket-names.js';
import type { Caller, Tokens } from '../auth/tokens.js';
import { clusterFanout } from '../cluster/fanout.js';
import type { Cluster } from '../cluster/index.js';
import type { Metrics } from '../metrics.js';
import type { Origins } from '../origins.js';
import {
  createPhoenixServer,
  type Channel,
  type ConnectInfo,
  type ConnectResult,
  type PhoenixServer,
} from '../phoenix/index.js';
import type { Limits, RateLimits } from '../rate-limits.js';
import { networkOf } from '../remote-address.js';
import { plainAddress } from '../places.js';
import type { Ports } from '../usecases/act.js';
import { welcome } from '../usecases/welcome.js';
import type { Assigns } from './assigns.js';
import { conversationTopic } from './conversation-channel.js';
import { startDelivery } from './delivery.js';
import { inboxTopic } from './inbox-channel.js';
import { JoinedAgents } from './joined-agents.js';
import { JoinedVisitors } from './joined-visitors.js';
import { measuredChannel, type RefusalLog } from './measured-channel.js';
import {
  topicChannel,
  type ChannelPorts,
  type Log,
  type TopicDefinition,
} from './topic-channel.js';
import { TypingRelay } from './typing.js';
import { visitorTopic } from './visitor-channel.js';

/** Enough for the longest message in the longest spelling of JSON. */
const maxFrameBytes = 65_536;

export interface SocketOptions {
  ports: Ports;
  tokens: Tokens;
  origins: Origins;
  rateLimits: RateLimits;
  log: Log & RefusalLog;
  metrics: Metrics;
  /** Signs longpoll sessions. */
  secret: string;
  remoteAddress(request: IncomingMessage): string;
  hashNetwork: HashNetwork;
  limits: Limits;
  /** Joins are refused meanwhile. */
  isOverloaded(): boolean;
  cluster?: Cluster;
}

export interface ChatSocket {
  phoenix: PhoenixServer;
  /** Stops telling clients; the sockets are closed by `phoenix.close()`. */
  stop(): void;
}

/** The topics of the contract on a Phoenix endpoint, fed by what the use-cases publish. */
export function createChatSocket(options: SocketOptions): ChatSocket {
  const { ports, tokens, origins, rateLimits, limits, log, metrics, secret, cluster } = options;

  const connect = async (info: ConnectInfo): Promise<ConnectResult<Assigns>> => {
    try {
      const address = options.remoteAddress(info.request);
      await rateLimits.connectionsPerMinute.spend(networkOf(address));
      if (info.authToken === undefined) return { ok: false };
      const caller = await tokens.verifyChannel(info.authToken);
      const network = options.hashNetwork(address);
      await welcome(ports, caller, network);
      if (!(await isAllowedOrigin(caller, info.request))) return { ok: false };
      if (isCrowded(caller, network)) return { ok: false };
      const assigns: Assigns = {
        caller,
        socketKey: randomUUID(),
        userAgent: info.request.headers['user-agent'] ?? null,
        address: plainAddress(address),
        network,
        welcomeAt: ports.clock.now(),
      };
      return { ok: true, assigns, id: socketNamesOf(caller, network) };
    } catch (fault) {
      if (!(fault instanceof CodedError)) throw fault;
      if (fault.code === 'rate_limited') metrics.refused('connect');
      return { ok: false };
    }
  };

  const isCrowded = (caller: Caller, network: string): boolean => {
    const open = (name: string) => phoenix.socketCount(name);
    if (caller.type === 'agent') {
      return open(socketNames.agent(caller.agentId)) >= limits.socketsPerAgent;
    }
    return (
      open(socketNames.contact(caller.contactId)) >= limits.socketsPerContact ||
      open(socketNames.network(caller.workspaceId, network)) >= limits.socketsPerNetwork
    );
  };

  const isAllowedOrigin = async (
    { workspaceId }: Caller,
    { headers: { origin, host } }: IncomingMessage,
  ): Promise<boolean> => {
    const workspace = await ports.storage.workspaces.get(workspaceId);
    if (!workspace) return false;
    return origin === undefined || origins.allows(workspace, origin, host);
  };

  // Every node hears of every event by itself.
  const broadcast = (topic: string, event: EventName, payload: object): void =>
    phoenix.broadcastLocal(topic, event, payload);
  const channelPorts: ChannelPorts = {
    ports,
    rateLimits,
    log,
    broadcast,
    isOverloaded: () => options.isOverloaded(),
    joining: (...told) => delivery.joining(...told),
    joined: (...told) => delivery.joined(...told),
  };
  const joinedAgents = new JoinedAgents(ports, log);
  const joinedVisitors = new JoinedVisitors(ports, log);
  const typing = new TypingRelay(
    (topic, event, payload) => phoenix.broadcast(topic, event, payload),
    ports.clock,
  );

  const channelOf = <C extends Caller>(definition: TopicDefinition<C>): Channel<Assigns> =>
    measuredChannel(topicChannel(channelPorts, definition), definition.kind, metrics, log);

  const phoenix: PhoenixServer<Assigns> = createPhoenixServer<Assigns>({
    path: socketPath,
    checkOrigin: (origin, request) => origins.allowsAnywhere(origin, request.headers.host),
    connect,
    channels: {
      'visitor:*': channelOf(visitorTopic(channelPorts, joinedVisitors, typing)),
      'inbox:*': channelOf(inboxTopic(channelPorts, joinedAgents)),
      'conversation:*': channelOf(conversationTopic(channelPorts, typing)),
    },
    limits: { maxFrameBytes },
    log,
    secret,
    ...(cluster && { fanout: clusterFanout(cluster.bus), nodeId: cluster.bus.node }),
  });
  const delivery = startDelivery({
    channelPorts,
    phoenix,
    visitors: joinedVisitors,
    agents: joinedAgents,
    cluster,
    metrics,
  });
  return { phoenix, stop: () => delivery.close() };
}
