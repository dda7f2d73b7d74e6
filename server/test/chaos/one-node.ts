import { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import { readyFolder } from '../../src/adapters/postgres/testing/data-folder.js';
import { makeWorkspaces, ServerProcess } from './server-process.js';
import { hostAuth, type Stage } from './stage.js';
import { readTruth, type Truth } from './truth.js';

/** One server on its embedded database. */
export async function oneNode({ fromSource }: { fromSource: boolean }): Promise<Stage> {
  const { path: folder, remove } = await readyFolder();
  const environment = { DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '', PUBLIC_URL: '' };
  const server = new ServerProcess({ environment, fromSource });
  const destroy = async (): Promise<void> => {
    await server.kill();
    await remove();
  };
  try {
    await server.start();
    const workspaces = await makeWorkspaces(server, hostAuth);
    const again = async (): Promise<void> => server.start();
    return {
      nodes: 1,
      workspaces,
      upstream: () => ({ host: '127.0.0.1', port: server.port }),
      kill: () => server.kill().then(again),
      drain: () => server.stop().then(again),
      restart: () => Promise.reject(new Error('There is no service beside one embedded server.')),
      async end() {
        await server.stop();
        return readEmbedded(join(folder, 'database'));
      },
      destroy,
    };
  } catch (error) {
    await destroy();
    throw error;
  }
}

/** Of a data folder that no server has open. */
export async function readEmbedded(folder: string): Promise<Truth> {
  const database = await PGlite.create(folder);
  try {
    return await readTruth(
      async (sql) => (await database.query<Record<string, unknown>>(sql)).rows,
    );
  } finally {
    await database.close();
  }
}
