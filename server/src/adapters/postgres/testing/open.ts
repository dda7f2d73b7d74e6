/**
 * Opens a data folder in a process of its own, for tests that kill it: `open.ts <folder>` prints
 * `opened`, then `stored <id>` for each contact that it stores, without end.
 */
import { writeSync } from 'node:fs';
import { openStorage } from '../open-storage.js';
import { StartRefused } from '../start-refused.js';
import { aContact, aWorkspace } from './fixtures.js';

const [dataDir = ''] = process.argv.slice(2);

// Written at once: what is told is known to have been stored even when the process is killed.
const tell = (line: string) => writeSync(1, `${line}\n`);

try {
  const storage = await openStorage({
    dataDir,
    clock: { now: () => 1_000 },
    log: { info: () => undefined, error: (message) => console.error(message) },
  });
  tell('opened');
  const workspace = aWorkspace();
  await storage.workspaces.create(workspace);
  for (;;) {
    const contact = aContact(workspace.id, { name: 'x'.repeat(500) });
    await storage.contacts.create(contact);
    tell(`stored ${contact.id}`);
  }
} catch (error) {
  if (!(error instanceof StartRefused)) throw error;
  tell(`refused ${error.code}`);
}
