import { join } from 'node:path';
import pg from 'pg';
import { openStorage } from '../../src/adapters/postgres/open-storage.js';
import { emptyFolder, readyFolder } from '../../src/adapters/postgres/testing/data-folder.js';
import { newDatabase, skip } from '../../src/adapters/postgres/testing/database.js';
import { randomIds } from '../../src/adapters/random-ids.js';
import { systemClock } from '../../src/adapters/system-clock.js';
import { createApp, type App } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/log.js';
import type { Repositories, Storage } from '../../src/ports.js';
import { createWorkspace } from '../../src/usecases/create-workspace.js';
import { updateSetting } from '../../src/usecases/update-settings.js';
import { readEmbedded } from './one-node.js';
import { noLimits } from './server-process.js';
import { hostAuth, type Stage } from './stage.js';
import { readTruth, type Truth } from './truth.js';

/** How the server of a self-test is broken; no switch of the product does that. */
export type Defect = 'none' | 'no deduplication' | 'comments leak';

/**
 * A server in this process, which cannot be killed but can be broken. On PostgreSQL where there is
 * one, which starts quicker; the suite itself runs on the embedded database.
 */
export async function inProcess(defect: Defect): Promise<Stage> {
  const database = skip ? null : await newDatabase();
  const { path: dataDir, remove } = await (database ? emptyFolder() : readyFolder());
  const log = createLogger('silent');
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LIMITS: noLimits });
  const storage = await openStorage({
    dataDir,
    ...(database && { databaseUrl: database.quickUrl }),
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
  });
  const app = await createApp({
    config,
    storage: defect === 'no deduplication' ? withoutDeduplication(storage) : storage,
    secret: 'a secret of the tests, long enough for all',
    clock: systemClock,
    ids: randomIds,
    log,
    publicDir: null,
  });
  if (defect === 'comments leak') leakComments(app);
  const { hostname, port } = new URL(await app.listen());
  const make = async (name: string): Promise<string> => {
    const { workspace } = await createWorkspace(app.ports, { name });
    await updateSetting(app.ports, workspace.id, 'hostAuth', hostAuth);
    return workspace.id;
  };
  const workspaces = [await make('First'), await make('Second')] as const;
  const impossible = (): Promise<never> => Promise.reject(new Error('It runs in this process.'));
  let ended = false;
  const close = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    await app.close();
    await storage.close();
  };
  return {
    nodes: 1,
    workspaces,
    upstream: () => ({ host: hostname, port: Number(port) }),
    kill: impossible,
    drain: impossible,
    restart: impossible,
    async end() {
      await close();
      return database ? readPostgres(database.quickUrl) : readEmbedded(join(dataDir, 'database'));
    },
    async destroy() {
      await close();
      await remove();
      await database?.drop();
    },
  };
}

async function readPostgres(url: string): Promise<Truth> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await readTruth(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);
  } finally {
    await client.end();
  }
}

/** No message is known again, and no unique key of the database helps. */
function withoutDeduplication(storage: Storage): Storage {
  const broken = (repositories: Repositories): Repositories => ({
    ...repositories,
    messages: {
      ...repositories.messages,
      byClientId: async () => null,
      insert: (message) => repositories.messages.insert({ ...message, clientId: null }),
    },
  });
  return {
    ...storage,
    transaction: (work) => storage.transaction((repositories) => work(broken(repositories))),
  };
}

/** Tells visitors of each comment as if it were a reply. */
function leakComments({ ports: { events } }: App): void {
  events.subscribe((event) => {
    if (event.type !== 'message' || event.message.kind !== 'comment') return;
    const { position, seq } = event.message;
    const message = { ...event.message, publicPosition: position, publicSeq: seq };
    if (event.message.publicSeq === null) events.publish({ ...event, message });
  });
}
