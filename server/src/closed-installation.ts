/** What the command line does with an installation itself, as no server has it open. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { openFileStore } from './adapters/files/open-store.js';
import { holdsDatabase, openStorage } from './adapters/postgres/index.js';
import { systemClock } from './adapters/system-clock.js';
import { CannotOperate } from './cannot-operate.js';
import type { StreamCommand } from './commands.js';
import type { Config } from './config.js';
import type { FileStore } from './file-ports.js';
import { createLogger } from './log.js';
import { restoreBackup, type Restored } from './operations/restore.js';
import type { Storage } from './ports.js';
import { migratedLine } from './run-command.js';
import { keepSecret, replaceSecret } from './secret.js';
import { openStream } from './stream-commands.js';

/** Loads a backup, a file that is there, into an installation that holds nothing. */
export async function restore(config: Config, file: string): Promise<string[]> {
  return withInstallation(config, async ({ storage, files }) => {
    const restored = await restoreBackup(
      { archive: storage.archive, files },
      createReadStream(file),
    );
    return [countsLine(restored), ...(await settleSecret(config, restored))];
  });
}

/** Opening it brings it to this version. */
export async function migrate(config: Config): Promise<string[]> {
  return withInstallation(config, async ({ storage }) => [
    migratedLine(storage.archive.schemaVersion),
  ]);
}

export async function streamOf<T>(
  config: Config,
  command: StreamCommand,
  read: (content: Readable) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl === null && !(await holdsDatabase(config.dataDir))) {
    throw new CannotOperate(
      `There is no installation in ${config.dataDir}. Set DATA_DIR to the folder of one.`,
    );
  }
  return withInstallation(config, async (installation) => {
    const keptSecret = config.secret === null ? await keepSecret(config.dataDir) : null;
    return read(await openStream({ ...installation, clock: systemClock, keptSecret }, command));
  });
}

async function withInstallation<T>(
  config: Config,
  work: (installation: { storage: Storage; files: FileStore }) => Promise<T>,
): Promise<T> {
  const log = createLogger('warn');
  const storage = await openStorage({
    dataDir: config.dataDir,
    ...(config.databaseUrl === null ? {} : { databaseUrl: config.databaseUrl }),
    clock: systemClock,
    log: { info: (message) => log.info(message), error: (message) => log.error(message) },
  });
  try {
    return await work({ storage, files: openFileStore(config.files) });
  } finally {
    await storage.close();
  }
}

function countsLine({ manifest }: Restored): string {
  const { tables, entries, takenAt, missingFiles } = manifest;
  const files = Object.keys(entries).filter((name) => name.endsWith('/original')).length;
  const counts = [
    `${tables['workspaces'] ?? 0} workspaces`,
    `${tables['contacts'] ?? 0} contacts`,
    `${tables['conversations'] ?? 0} conversations`,
    `${tables['messages'] ?? 0} messages`,
    `${files} files`,
  ].join(', ');
  const missing =
    missingFiles.length > 0 ? ` ${missingFiles.length} files had been deleted meanwhile.` : '';
  return `Restored what was stored on ${new Date(takenAt).toISOString()}: ${counts}.${missing}`;
}

/** Tokens that browsers hold stay good where the secret is the one that signed them. */
async function settleSecret(config: Config, { secret }: Restored): Promise<string[]> {
  if (secret === null) {
    return config.secret === null
      ? [
          'The old server had its SECRET in the environment. Set the same one here, or agents sign in again and visitors start anew.',
        ]
      : [];
  }
  if (config.secret === null) await replaceSecret(config.dataDir, secret);
  else if (config.secret !== secret) {
    return [
      'SECRET is not the one of the old server: agents sign in again and visitors start anew. To avoid that, set SECRET to what the backup has in its entry "secret".',
    ];
  }
  return [];
}
