import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { isBundled } from './bundled.js';
import { damaged, makeCopyOfFolder, makeFolder, openFolder } from './data-folder.js';
import { lockFolder } from './folder-lock.js';
import { makeSocketFolder, socketFolderOf, socketIn, socketPort } from './socket-folder.js';

export interface WorkerInput {
  /** PGlite's own folder. */
  database: string;
  /** Path of the socket to listen on. */
  socket: string;
  maxConnections: number;
}

export type ToWorker =
  { type: 'copy'; /** A folder that is not there. */ to: string } | { type: 'close' };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'failed'; message: string }
  | { type: 'copied' }
  | { type: 'copy-failed'; message: string }
  | { type: 'closed' };

/** An embedded PostgreSQL that any PostgreSQL client of this user can reach. */
export interface EmbeddedDatabase {
  /** For the driver: a host that is a folder means a unix socket. */
  connection: { host: string; port: number; user: string; database: string };
  /** Makes a data folder, for another one of these, of what is stored at this moment. */
  copyTo(dataDir: string): Promise<void>;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  maxConnections: number;
  /** Called once when the database died by itself; nothing can be stored from then on. */
  onFatal: (error: Error) => void;
}

/** A start that takes longer hangs: the first one takes about 10 s on slow machines. */
const startLimitMs = 120_000;
/** A query that holds the thread for longer is not waited for. */
const closeLimitMs = 10_000;
/** Nobody can write meanwhile; 1 GB takes about a second. */
const copyLimitMs = 120_000;

/** Starts PGlite on a data folder that no other process uses. Rejects with `StartRefused`. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, maxConnections, onFatal } = options;
  const folder = await makeFolder(dataDir);
  const socketFolder = socketFolderOf(folder);
  const lock = await lockFolder(folder, socketIn(socketFolder));
  const leave = async () => {
    await rm(socketFolder, { recursive: true, force: true });
    await lock.release();
  };
  try {
    const { database, markReady } = await openFolder(folder);
    await makeSocketFolder(socketFolder);
    const worker = startWorker({ database, socket: socketIn(socketFolder), maxConnections });
    try {
      await nextMessage(worker, 'ready', startLimitMs);
    } catch (error) {
      await worker.terminate();
      throw damaged(folder, `its database does not open (${(error as Error).message})`, error);
    }
    await markReady();
    const watch = watchOver(worker, onFatal);
    return {
      connection: { host: socketFolder, port: socketPort, user: 'postgres', database: 'postgres' },
      copyTo: (target) =>
        makeCopyOfFolder(target, (to) => {
          const copied = nextMessage(worker, 'copied', copyLimitMs);
          tell(worker, { type: 'copy', to });
          return copied;
        }),
      close: async () => {
        if (watch.end() === 'alive') await stop(worker);
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

function startWorker(input: WorkerInput): Worker {
  if (isBundled) {
    return new Worker(new URL('./pglite-worker.js', import.meta.url), { workerData: input });
  }
  // From source: threads of Node 20 do not inherit what lets the main thread read TypeScript.
  const entry = JSON.stringify(new URL('./pglite-worker.ts', import.meta.url).href);
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const source = `import(${loader}).then(({ tsImport }) => tsImport(${entry}, ${entry}))`;
  return new Worker(source, { eval: true, workerData: input });
}

/** Resolves at the message; rejects when the worker fails, ends or does not answer before it. */
function nextMessage(worker: Worker, type: FromWorker['type'], limitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      settle(() => reject(new Error(`no answer in ${limitMs / 1000} s`)));
    }, limitMs);
    const onMessage = (message: FromWorker) => {
      if (message.type === type) settle(resolve);
      else if (message.type === 'failed' || message.type === 'copy-failed') {
        settle(() => reject(new Error(message.message)));
      }
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = (code: number) => settle(() => reject(new Error(`ended with code ${code}`)));
    const settle = (end: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

/** Tells once of the worker's end, whatever it is, until `end`, which says how it is. */
function watchOver(worker: Worker, onFatal: (error: Error) => void): { end(): 'alive' | 'gone' } {
  let watching = true;
  const fail = (error: Error) => {
    if (watching) onFatal(error);
    watching = false;
  };
  worker.on('message', (message: FromWorker) => {
    if (message.type === 'failed') fail(new Error(`The database failed: ${message.message}`));
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`The database ended with code ${code}.`)));
  return {
    end: () => {
      const state = watching ? 'alive' : 'gone';
      watching = false;
      return state;
    },
  };
}

function tell(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}

async function stop(worker: Worker): Promise<void> {
  const closed = nextMessage(worker, 'closed', closeLimitMs);
  tell(worker, { type: 'close' });
  await closed.catch(() => worker.terminate());
}
