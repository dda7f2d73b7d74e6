import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkFolders } from './check-folders.js';
import { ConfigError, readConfig } from './config.js';

describe('folders that the environment names', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convkit-folders-'));
    await writeFile(join(folder, 'file'), '');
    await writeFile(join(folder, 'kept-files'), '');
  });
  after(() => rm(folder, { recursive: true }));

  const check = (environment: Record<string, string>) =>
    checkFolders(readConfig({ DATA_DIR: join(folder, 'kept'), ...environment }));
  const names = (variable: string) => (error: unknown) =>
    error instanceof ConfigError && error.message.startsWith(variable);

  it('are taken where they can be used, or made', async () => {
    await check({});
    await check({ FILES_DIR: join(folder, 'not', 'there', 'yet'), PUBLIC_DIR: folder });
  });

  it('are refused where they cannot', async () => {
    await assert.rejects(check({ FILES_DIR: join(folder, 'file') }), names('FILES_DIR'));
    await assert.rejects(check({ FILES_DIR: join(folder, 'file', 'in') }), names('FILES_DIR'));
    // Beside DATA_DIR, with a name that begins like its own.
    await assert.rejects(check({ FILES_DIR: join(folder, 'kept-files') }), names('FILES_DIR'));
    await assert.rejects(check({ PUBLIC_DIR: join(folder, 'missing') }), names('PUBLIC_DIR'));
    await assert.rejects(check({ PUBLIC_DIR: join(folder, 'file') }), names('PUBLIC_DIR'));
  });
});
