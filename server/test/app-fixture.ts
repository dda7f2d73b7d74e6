import { noDetails } from '#kit/domain/contact.js';
import { randomIds } from '../src/adapters/random-ids.js';
import { openStorage } from '../src/adapters/postgres/open-storage.js';
import { emptyFolder, readyFolder } from '../src/adapters/postgres/testing/data-folder.js';
import { newDatabase, skip } from '../src/adapters/postgres/testing/database.js';
import { createApp, type App } from '../src/app.js';
import { readConfig, type Environment } from '../src/config.js';
import { createLogger } from '../src/log.js';
import type { FileStore } from '../src/file-ports.js';
import type { AgentRecord, Clock, Storage, WorkspaceRecord } from '../src/ports.js';
import { createTokens, type AgentCaller, type VisitorCaller } from '../src/auth/tokens.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';

export const testSecret = 'a secret of the tests, long enough for all';

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  #now: number;

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

export interface Fixture {
  app: App;
  storage: Storage;
  clock: TestClock;
  url: string;
  workspace: WorkspaceRecord;
  owner: AgentRecord;
  /** Where uploaded files are kept, when that is a disk. */
  filesDir: string;
  /** Everything that was logged. */
  logged(): string;
  /** A channel token of the owner, or of the agent given. */
  agentToken(agent?: AgentRecord): Promise<string>;
  /** A new contact with its channel token. */
  visitor(workspaceId?: string): Promise<{ caller: VisitorCaller; token: string }>;
  /** One more agent of a workspace. */
  agent(name: string, workspaceId?: string): Promise<AgentRecord>;
  close(): Promise<void>;
}

export interface FixtureOptions {
  /** On the embedded database in any case: its one connection answers in the order of asking. */
  embedded?: boolean;
  environment?: Environment;
  publicDir?: string;
  graceMs?: number;
  /** Between two looks for emails that are due again. */
  emailEveryMs?: number;
  /** In place of the configured one. */
  files?: FileStore;
  isOverloaded?: () => boolean;
}

/**
 * A server on a free port with a database of its own; one per test file. On PostgreSQL where there
 * is one, which is quicker and runs transactions side by side; else on the embedded database, as the
 * tests of commands, chaos and browsers always are.
 */
export async function startFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const database = skip || options.embedded ? null : await newDatabase();
  const { path: dataDir, remove } = await (database ? emptyFolder() : readyFolder());
  const clock = new TestClock();
  const lines: string[] = [];
  const log = createLogger('debug', {
    write: (line: string) => lines.push(line) > 0,
  } as unknown as NodeJS.WritableStream);
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, ...options.environment });
  const storage = await openStorage({
    dataDir,
    ...(database ? { databaseUrl: database.quickUrl } : {}),
    clock,
    log: { info: (message) => log.info(message), error: (message) => log.error(message) },
  });
  const app = await createApp({
    config,
    storage,
    secret: testSecret,
    clock,
    ids: randomIds,
    log,
    publicDir: options.publicDir ?? null,
    graceMs: options.graceMs ?? 50,
    ...(options.emailEveryMs === undefined ? {} : { emailEveryMs: options.emailEveryMs }),
    ...(options.files ? { files: options.files } : {}),
    ...(options.isOverloaded ? { isOverloaded: options.isOverloaded } : {}),
  });
  const url = await app.listen();
  const { workspace, owner } = await createWorkspace(app.ports, { name: 'Test shop' });
  const tokens = createTokens(testSecret, clock);

  return {
    app,
    storage,
    clock,
    url,
    workspace,
    owner,
    filesDir: config.files.type === 'disk' ? config.files.dir : '',
    logged: () => lines.join(''),
    agentToken: async (agent = owner) => (await tokens.signChannel(agentCaller(agent))).token,
    async visitor(workspaceId = workspace.id) {
      const id = randomIds.next('ct');
      await storage.contacts.create({
        id,
        workspaceId,
        name: null,
        email: null,
        phone: null,
        avatarUrl: null,
        language: null,
        createdAt: clock.now(),
        blocked: null,
        version: 1,
        ...noDetails(),
      });
      const tokenId = randomIds.next('vt');
      const caller = { type: 'visitor', contactId: id, workspaceId, tokenId } as const;
      return { caller, token: (await tokens.signChannel(caller)).token };
    },
    async agent(name, workspaceId = workspace.id) {
      const accountId = randomIds.next('ac');
      const agent: AgentRecord = {
        id: randomIds.next('ag'),
        workspaceId,
        accountId,
        name,
        named: true,
        avatarUrl: null,
        role: 'agent',
        status: 'online',
        statusAt: 0,
        externalId: null,
        version: 1,
        preferences: {},
        hours: null,
      };
      const account = { id: accountId, workspaceId, email: null, passwordHash: null };
      await storage.agents.create(agent, account);
      await app.ports.roster.stored(agent);
      return agent;
    },
    async close() {
      await app.close();
      await storage.close();
      await database?.drop();
      await remove();
    },
  };
}

export function agentCaller(agent: AgentRecord): AgentCaller {
  return { type: 'agent', agentId: agent.id, workspaceId: agent.workspaceId, sessionId: null };
}

let made = 0;

/** UUIDv7 with a counter in place of time. */
export function clientId(): string {
  const count = (made += 1).toString(16).padStart(12, '0');
  return `01900000-0000-7000-8000-${count}`;
}
