import { constants, cpSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { FromWorker, ToWorker, WorkerInput } from './embedded.js';

/**
 * The embedded database, in a thread of its own because a query holds its thread. It ends when it
 * is told to close; any other end is a fault.
 */
const { database, socket, maxConnections } = workerData as WorkerInput;

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

const db = await PGlite.create(database);

const execute = db.execProtocolRawStream.bind(db);
db.execProtocolRawStream = async (...input) => {
  try {
    await execute(...input);
  } catch (error) {
    // Errors of SQL are answers; this one is of the database itself, and its queue stands still.
    tell({ type: 'failed', message: String(error) });
    process.exit(1);
  }
};

const server = new PGLiteSocketServer({ db, path: socket, maxConnections });
await server.start();

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'copy') {
    copy(message.to);
    return;
  }
  void server
    .stop()
    .then(() => db.close())
    .then(() => {
      tell({ type: 'closed' });
      process.exit(0);
    });
});

/**
 * All files as they are between two queries, which is what a kill would leave: the copy recovers
 * from its log like any PostgreSQL. Nothing else runs in this thread meanwhile.
 */
function copy(to: string): void {
  try {
    cpSync(database, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
    tell({ type: 'copied' });
  } catch (error) {
    tell({ type: 'copy-failed', message: String(error) });
  }
}

tell({ type: 'ready' });
