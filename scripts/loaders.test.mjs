import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { copyLoaders, loaderName } from './loaders.mjs';

describe('loaders of earlier releases', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convkit-loaders-'));
  });
  after(() => rm(folder, { recursive: true }));

  const fresh = () => mkdtemp(join(folder, 'x'));

  it('go into the next one under the addresses that pages have', async () => {
    const [from, to] = [await fresh(), await fresh()];
    const name = loaderName('(()=>{})()');
    await writeFile(join(from, name), '(()=>{})()');
    await writeFile(join(from, 'README.md'), 'not a loader');
    await copyLoaders(from, to);
    assert.deepEqual(await readdir(to), [name]);
  });

  it('are refused when they were changed: a page would get nothing', async () => {
    const [from, to] = [await fresh(), await fresh()];
    await writeFile(join(from, loaderName('before')), 'after');
    await assert.rejects(copyLoaders(from, to), /was changed/);
  });

  it('may be none yet', async () => {
    await copyLoaders(join(folder, 'nowhere'), await fresh());
  });
});
