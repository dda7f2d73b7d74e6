/** One node of the real server, configured by its environment. */
import type { AddressInfo } from 'node:net';
import { openApp } from '../../../server/src/main.js';
import { createLogger } from '../../../server/src/log.js';
import { readConfig } from '../../../server/src/config.js';
import { createWorkspace } from '../../../server/src/usecases/create-workspace.js';
import { defaultWorkspace } from '../../../server/src/usecases/default-workspace.js';
import { answerParent } from '../answering.js';
import { Journal } from './journal.js';

const journal = process.env['BENCH_JOURNAL'] === undefined ? undefined : new Journal();
const { app, close } = await openApp(readConfig(process.env), createLogger('fatal'));
await app.listen();

answerParent({
  port: () => (app.fastify.server.address() as AddressInfo).port,
  workspace: async () => {
    const workspace = await defaultWorkspace(app.ports);
    return (workspace ?? (await createWorkspace(app.ports, { name: 'Bench' })).workspace).id;
  },
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  writeJournal: (path: string) => journal?.write(path),
  close,
});
