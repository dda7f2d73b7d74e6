import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { PictureReader } from './picture-reader.js';

const noFullDevice = existsSync('/dev/full') ? false : 'this system has no /dev/full';

describe('reading pictures', () => {
  let folder: string;
  let reader: PictureReader;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convkit-pictures-'));
  });
  afterEach(() => reader.close());
  after(() => rm(folder, { recursive: true, force: true }));

  const picture = async (name: string, width = 600): Promise<string> => {
    const path = join(folder, name);
    await sharp({ create: { width, height: 300, channels: 3, background: 'olive' } })
      .png()
      .toFile(path);
    return path;
  };

  it('many at a time gives each its own size', async () => {
    reader = new PictureReader();
    const widths = [500, 600, 700, 800, 900, 1000];
    const paths = await Promise.all(widths.map((width) => picture(`${width}.png`, width)));
    const read = await Promise.all(paths.map((path) => reader.read(path)));
    assert.deepEqual(
      read.map(({ width }) => width),
      widths,
    );
    assert.deepEqual(
      read.map(({ thumbnail }) => thumbnail.path),
      paths.map((path) => `${path}.thumbnail`),
    );
  });

  it('shows the first of moving ones, and makes none larger', async () => {
    reader = new PictureReader();
    const path = join(folder, 'moving.gif');
    const frames = await Promise.all(
      ['red', 'green'].map((background) =>
        sharp({ create: { width: 40, height: 30, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(path);
    const { width, height, thumbnail } = await reader.read(path);
    assert.deepEqual([width, height], [40, 30]);
    const shown = await sharp(thumbnail.path).metadata();
    assert.deepEqual([shown.width, shown.height, shown.pages ?? 1], [40, 30, 1]);
  });

  it('gives up what takes too long, and reads the next one', async () => {
    const path = await picture('slow.png');
    reader = new PictureReader({ timeLimitMs: 1 });
    await assert.rejects(reader.read(path), { code: 'file_damaged' });
    assert.equal(existsSync(`${path}.thumbnail`), false);
    reader.close();
    reader = new PictureReader();
    assert.equal((await reader.read(path)).width, 600);
  });

  it('refuses what it was not made for, and reads the next one', async () => {
    reader = new PictureReader();
    const svg = join(folder, 'drawing.svg');
    await writeFile(svg, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await assert.rejects(reader.read(svg), { code: 'file_damaged' });
    assert.equal((await reader.read(await picture('next.png'))).width, 600);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('drawing')),
      ['drawing.svg'],
    );
  });

  it('tells of a disk that is full', { skip: noFullDevice }, async () => {
    reader = new PictureReader();
    const path = await picture('full.png');
    await symlink('/dev/full', `${path}.thumbnail`);
    await assert.rejects(reader.read(path), { code: 'storage_full' });
    assert.equal(existsSync(`${path}.thumbnail`), false);
  });
});
