import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { createSmtpMailer } from './adapters/mail/smtp.js';
import { createFileInspector } from './adapters/files/inspector.js';
import { openFileStore } from './adapters/files/open-store.js';
import { createMemoryBus } from './adapters/memory-bus.js';
import { createFileLinks } from './auth/file-links.js';
import { createHostTokens } from './auth/host-tokens.js';
import { MemoryLockout } from './auth/lockout.js';
import { createNetworkHash } from './auth/network-hash.js';
import { createPasswords } from './auth/passwords.js';
import { createTokens } from './auth/tokens.js';
import { createVisitorIdentities } from './auth/visitor-identities.js';
import { AvailabilityBoard } from './availability.js';
import { createChatSocket, type ChatSocket } from './channels/socket.js';
import { clusterEvents } from './cluster/events.js';
import type { Cluster } from './cluster/index.js';
import { RosterPeers } from './cluster/roster-peers.js';
import type { Config } from './config.js';
import { startEmailRun } from './email-run.js';
import { startFileSweep } from './file-sweep.js';
import { startHoursJob } from './hours-job.js';
import { agentRoutes } from './http/agent-routes.js';
import { agentTokenRoutes } from './http/agent-token-routes.js';
import { limitBodyTime } from './http/body-deadline.js';
import { contactRoutes } from './http/contact-routes.js';
import { fileRoutes } from './http/file-routes.js';
import { healthRoutes } from './http/health-routes.js';
import { metricsRoutes } from './http/metrics-routes.js';
import { refuseUpgrade, shedLoad } from './http/load-shedding.js';
import { servePages } from './http/pages.js';
import { publicRoutes } from './http/public-routes.js';
import { requestIdHeader, requestIdOf } from './http/request-id.js';
import { logRequests } from './http/request-log.js';
import { answerClientError, answerError, answerWithCodes } from './http/respond.js';
import { securityHeaders } from './http/security-headers.js';
import type { V1Context } from './http/v1-context.js';
import type { Logger } from './log.js';
import { measuredEvents, measureBus } from './measured-bus.js';
import { createMetrics, type MetricsRegistry } from './metrics.js';
import { Origins } from './origins.js';
import type { FileStore } from './file-ports.js';
import type { Clock, Ids, Storage } from './ports.js';
import { startRemovalJob } from './removal-job.js';
import type { PhoenixServer } from './phoenix/index.js';
import { openPlaces } from './places.js';
import { createRateLimits, MemoryRateLimit } from './rate-limits.js';
import { createRemoteAddress, networkOf, trustFunction } from './remote-address.js';
import { Roster } from './roster.js';
import { indexedEvents, SearchIndex, startSearchSweep } from './search-index.js';
import { createStamp } from './stamps.js';
import type { Ports } from './usecases/act.js';

export interface AppOptions {
  config: Config;
  storage: Storage;
  /** At least 32 characters; all that is signed is signed with keys made of it. */
  secret: string;
  clock: Clock;
  ids: Ids;
  log: Logger;
  /** Folder of the built pages; null serves none. */
  publicDir: string | null;
  /** How long an agent stays as chosen after the last inbox is gone; 5 s by default. */
  graceMs?: number;
  /** The other servers of the installation; without it this one is alone. */
  cluster?: Cluster;
  /** Whether clients are to come back later; by default when the event loop is far behind. */
  isOverloaded?: () => boolean;
  /** The one of the configuration by default. */
  files?: FileStore;
  /** Between two looks for emails that are due again; 5 s by default. */
  emailEveryMs?: number;
  /** Ones of its own, without those of the process, by default. */
  metrics?: MetricsRegistry;
}

export interface App {
  fastify: FastifyInstance;
  phoenix: PhoenixServer;
  ports: Ports;
  /** Opens the port of the configuration and gives the address, such as `http://127.0.0.1:4000`. */
  listen(): Promise<string>;
  /** Lets clients go to come back at once, ends what runs, and leaves the storage open. */
  close(): Promise<void>;
}

const bodyLimit = 32_768;
const bodyTimeMs = 15_000;
/** How long a request may take that was under way when the server began to end. */
const finishMs = 5_000;
/** Of connections that wait; with Node's 511 a crowd that returns is dropped and tries for seconds. */
const backlog = 4_096;
/** How long the first client waits, at most, for what other nodes know. */
const peersMs = 1_000;

/** Builds the server without opening a port. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, storage, secret, clock, ids, log, graceMs = 5_000 } = options;
  const { cluster } = options;
  const local = createMemoryBus();
  const metrics = options.metrics ?? createMetrics();
  const searchIndex = new SearchIndex({ storage }, log);
  const events = indexedEvents(
    measuredEvents(cluster ? clusterEvents(cluster.bus, local) : local, metrics),
    searchIndex,
  );
  if (cluster) measureBus(cluster.bus, metrics);
  const stamp = cluster?.stamp ?? createStamp(clock);
  const peers = cluster && new RosterPeers(cluster.bus);
  const roster = new Roster({
    agents: storage.agents,
    clock,
    events,
    stamp,
    graceMs,
    ...(peers && { peers }),
  });
  const availability = new AvailabilityBoard(roster, storage.workspaces, stamp);
  const tokens = createTokens(secret, clock);
  const rateLimits = createRateLimits(
    config.limits,
    cluster?.rateLimit ?? ((_name, perMinute) => new MemoryRateLimit(perMinute, clock)),
  );
  const ports = {
    storage,
    clock,
    ids,
    events,
    roster,
    availability,
    stamp,
    files: options.files ?? openFileStore(config.files),
    inspector: createFileInspector(),
    fileLinks: createFileLinks(secret, clock),
    findPlace: await openPlaces(config.geoipFile),
    mail: { from: config.mail?.from ?? null, limit: rateLimits.emailsPerMinute },
    tokens,
    passwords: createPasswords(),
    lockout: cluster
      ? cluster.lockout(config.limits.signInAttempts)
      : new MemoryLockout(config.limits.signInAttempts, clock),
    hostTokens: createHostTokens(clock),
    identities: createVisitorIdentities(secret, clock),
  };
  const origins = new Origins(config.publicUrl, storage.workspaces);
  const remoteAddress = createRemoteAddress(config.trustProxy);
  const hashNetwork = createNetworkHash(secret);
  const load = { isOverloaded: () => false };
  const socket = createChatSocket({
    ports,
    tokens,
    origins,
    rateLimits,
    log,
    metrics,
    secret,
    remoteAddress,
    hashNetwork,
    limits: config.limits,
    isOverloaded: () => load.isOverloaded(),
    ...(cluster && { cluster }),
  });
  const stopSweep = startFileSweep(ports, log, metrics);
  const stopRemovals = startRemovalJob(ports, log, metrics);
  const stopSearchSweep = startSearchSweep(ports, log, metrics);
  const stopHours = startHoursJob(ports, log, metrics);
  const stopMail =
    config.mail &&
    startEmailRun({
      ports,
      mailer: createSmtpMailer(config.mail.server),
      from: config.mail.from,
      log,
      metrics,
      ...(options.emailEveryMs !== undefined && { everyMs: options.emailEveryMs }),
    });
  let closing = false;
  metrics.observe({
    sockets: () => ({
      websocket: socket.phoenix.socketsBy('websocket'),
      longpoll: socket.phoenix.socketsBy('longpoll'),
    }),
    pool: () => storage.connections(),
    emailsWaiting: config.mail && (() => storage.emails.waiting()),
    bus: cluster
      ? {
          isConnected: () => cluster.bus.isConnected,
          peers: () => cluster.bus.peers.length,
          lagMs: () => cluster.bus.lagMs,
        }
      : null,
  });

  const fastify = await buildHttp(options, socket, {
    config,
    ports,
    origins,
    rateLimits,
    hashNetwork,
    isClosing: () => closing,
    load,
    metrics,
  });

  const close = async (): Promise<void> => {
    closing = true;
    const startedAt = performance.now();
    log.info({ sockets: socket.phoenix.socketCount(), overMs: config.drainMs }, 'draining');
    await socket.phoenix.close({ code: 1012, overMs: config.drainMs });
    await finishRequests(fastify);
    socket.stop();
    await stopMail?.();
    await stopSweep();
    await stopRemovals();
    await stopSearchSweep();
    await searchIndex.close();
    await stopHours();
    ports.inspector.close();
    roster.close();
    peers?.close();
    log.info({ ms: Math.round(performance.now() - startedAt) }, 'drained');
  };
  let closed: Promise<void> | undefined;

  return {
    fastify,
    phoenix: socket.phoenix,
    ports,
    async listen() {
      await peers?.caughtUp(peersMs);
      await fastify.listen({ port: config.port, host: config.host, backlog });
      const { address, family, port } = fastify.server.address() as AddressInfo;
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    },
    close: () => (closed ??= close()),
  };
}

/** Those under way are answered, and new ones refused. */
async function finishRequests(fastify: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => fastify.server.closeAllConnections(), finishMs);
  await fastify.close();
  clearTimeout(timer);
}

async function buildHttp(
  { config, log, publicDir, storage, cluster, isOverloaded }: AppOptions,
  { phoenix }: ChatSocket,
  context: V1Context & {
    isClosing(): boolean;
    load: { isOverloaded(): boolean };
    metrics: MetricsRegistry;
  },
): Promise<FastifyInstance> {
  const fastify = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: requestIdOf,
    trustProxy: trustFunction(config.trustProxy),
    bodyLimit,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // Longpoll reads its bodies itself, before fastify sees the request.
    serverFactory: (handler) =>
      createServer({ requestTimeout: 0, headersTimeout: 10_000 }, (req, res) => {
        limitBodyTime(req, bodyTimeMs);
        res.setHeader(requestIdHeader, requestIdOf(req));
        if (!phoenix.handleRequest(req, res)) handler(req, res);
      }),
  });
  fastify.server.on('upgrade', (request, connection, head) => {
    if (context.load.isOverloaded()) refuseUpgrade(connection);
    else if (!phoenix.handleUpgrade(request, connection, head)) connection.destroy();
  });
  answerWithCodes(fastify);
  logRequests(fastify, context.metrics);
  await securityHeaders(fastify, config);
  await fastify.register(cookie);
  context.load.isOverloaded = await shedLoad(fastify, isOverloaded);
  await fastify.register(healthRoutes, {
    storage,
    isClosing: context.isClosing,
    ...(cluster && { bus: cluster.bus }),
  });
  await fastify.register(metricsRoutes, { config, metrics: context.metrics });
  await fastify.register(
    async (v1) => {
      v1.addHook('onRequest', ({ ip }) => context.rateLimits.httpPerMinute.spend(networkOf(ip)));
      await v1.register(publicRoutes, context);
      await v1.register(agentTokenRoutes, context);
      await v1.register(agentRoutes, context);
      await v1.register(fileRoutes, context);
      await v1.register(contactRoutes, context);
    },
    { prefix: '/v1' },
  );
  if (publicDir !== null) await servePages(fastify, context.ports, publicDir);
  return fastify;
}
