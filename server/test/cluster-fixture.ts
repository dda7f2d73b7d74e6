import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { VisitorTokenReply } from '#kit/protocol/http.js';
import { openRedis } from '../src/adapters/redis/open.js';
import { openStorage } from '../src/adapters/postgres/open-storage.js';
import {
  newDatabase,
  skip as noDatabase,
  type TestDatabase,
} from '../src/adapters/postgres/testing/database.js';
import { randomIds } from '../src/adapters/random-ids.js';
import { systemClock } from '../src/adapters/system-clock.js';
import { createApp, type App } from '../src/app.js';
import { createTokens } from '../src/auth/tokens.js';
import type { Cluster } from '../src/cluster/index.js';
import { readConfig } from '../src/config.js';
import { createLogger } from '../src/log.js';
import type { AgentRecord, Storage, WorkspaceRecord } from '../src/ports.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { agentCaller, testSecret } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { RedisProcess, skip as noRedis } from './redis-process.js';
import { TcpProxy } from './tcp-proxy.js';

/** Why the tests of several servers do not run; false when they do. */
export const skip = noDatabase || noRedis;

/** One server, with a way to Redis of its own. */
export interface ClusterNode {
  app: App;
  cluster: Cluster;
  storage: Storage;
  proxy: TcpProxy;
  url: string;
  close(): Promise<void>;
}

/** Quick enough for tests, and in the proportions of the real ones. */
const times = { beatMs: 150, leaseMs: 900, sweepMs: 400, graceMs: 100 };

/** Servers on one PostgreSQL and one Redis, both of their own. */
export class ClusterFixture {
  readonly nodes: ClusterNode[] = [];
  readonly redis: RedisProcess;
  readonly #database: TestDatabase;
  readonly #dataDir: string;
  #workspace: WorkspaceRecord | undefined;
  #owner: AgentRecord | undefined;
  #log = '';

  private constructor(redis: RedisProcess, database: TestDatabase, dataDir: string) {
    this.redis = redis;
    this.#database = database;
    this.#dataDir = dataDir;
  }

  static async start(count = 3): Promise<ClusterFixture> {
    const [redis, database, dataDir] = await Promise.all([
      RedisProcess.start(),
      newDatabase(),
      mkdtemp(join(tmpdir(), 'convkit-cluster-')),
    ]);
    const fixture = new ClusterFixture(redis, database, dataDir);
    for (let index = 0; index < count; index++) await fixture.add();
    const { workspace, owner } = await createWorkspace(fixture.node(0).app.ports, {
      name: 'Test shop',
    });
    fixture.#workspace = workspace;
    fixture.#owner = owner;
    return fixture;
  }

  get workspace(): WorkspaceRecord {
    if (!this.#workspace) throw new Error('not started');
    return this.#workspace;
  }

  get owner(): AgentRecord {
    if (!this.#owner) throw new Error('not started');
    return this.#owner;
  }

  /** Everything that the servers logged. */
  get log(): string {
    return this.#log;
  }

  node(index: number): ClusterNode {
    const node = this.nodes[index];
    if (!node) throw new Error(`there is no server ${index}`);
    return node;
  }

  /** One more server, or one that was started again. */
  async add(): Promise<ClusterNode> {
    const proxy = await TcpProxy.start(() => this.redis.port);
    const log = createLogger('info', {
      write: (line: string) => (this.#log += line).length > 0,
    } as unknown as NodeJS.WritableStream);
    const storage = await openStorage({
      dataDir: this.#dataDir,
      databaseUrl: this.#database.quickUrl,
      clock: systemClock,
      log: { info: (message) => log.info(message), error: (message) => log.error(message) },
    });
    const url = `redis://127.0.0.1:${proxy.port}`;
    const opened = await openRedis({ url, secret: testSecret, clock: systemClock, log, ...times });
    const cluster = { ...opened, sweepMs: times.sweepMs };
    const app = await createApp({
      config: readConfig({
        PORT: '0',
        DATA_DIR: this.#dataDir,
        LIMITS: 'connectionsPerMinute=1000',
      }),
      storage,
      secret: testSecret,
      clock: systemClock,
      ids: randomIds,
      log,
      publicDir: null,
      graceMs: times.graceMs,
      cluster,
    });
    const address = await app.listen();
    const node: ClusterNode = {
      app,
      cluster,
      storage,
      proxy,
      url: address,
      close: async () => {
        this.nodes.splice(this.nodes.indexOf(node), 1);
        await app.close();
        await cluster.close();
        await storage.close();
        await proxy.close();
      },
    };
    this.nodes.push(node);
    return node;
  }

  async agentSocket(node: ClusterNode, agent = this.owner): Promise<RawSocket> {
    const { token } = await createTokens(testSecret, systemClock).signChannel(agentCaller(agent));
    return RawSocket.open(node.url, token);
  }

  /** A new contact, with the token of its widget. */
  async visitor(): Promise<VisitorTokenReply> {
    const response = await fetch(`${this.node(0).url}/v1/visitor/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ workspaceId: this.workspace.id }),
    });
    return (await response.json()) as VisitorTokenReply;
  }

  async agent(name: string): Promise<AgentRecord> {
    const node = this.node(0);
    const accountId = randomIds.next('ac');
    const agent: AgentRecord = {
      ...this.owner,
      id: randomIds.next('ag'),
      accountId,
      name,
      role: 'agent',
      externalId: null,
      version: 1,
    };
    const { workspaceId } = agent;
    await node.storage.agents.create(agent, {
      id: accountId,
      workspaceId,
      email: null,
      passwordHash: null,
    });
    await node.app.ports.roster.stored(agent);
    return agent;
  }

  async close(): Promise<void> {
    this.redis.thaw();
    await Promise.all([...this.nodes].map((node) => node.close()));
    await this.redis.kill();
    await this.#database.drop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

/** Until it holds; says what it was when it did not in time. Only a failing test waits so long. */
export async function eventually<T>(
  read: () => T | Promise<T>,
  holds: (value: T) => boolean,
  what: string,
): Promise<T> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > deadline) throw new Error(`${what}: ${JSON.stringify(value)}`);
    await pause(20);
  }
}
