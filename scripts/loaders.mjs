/**
 * Loaders of releases: pages name them by an address that says their content, with its integrity,
 * and never come back to change it. Each release carries those before it.
 *
 *   npm run keep:loader    before a release: puts the present one among them
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const named = /^loader-[0-9a-f]{16}\.js$/;

export const kept = join(root, 'server/loaders');

/** The file name that says the content. */
export function loaderName(content) {
  return `loader-${createHash('sha256').update(content).digest('hex').slice(0, 16)}.js`;
}

/** Copies what is kept into a folder; throws where one is not what its name says. */
export async function copyLoaders(from, to) {
  const files = await readdir(from).catch(() => []);
  for (const file of files.filter((name) => named.test(name))) {
    if (loaderName(await readFile(join(from, file))) !== file) {
      throw new Error(`${join(from, file)} was changed: pages would refuse it. Restore it.`);
    }
    await copyFile(join(from, file), join(to, file));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildIfStale();
  const present = join(root, 'server/dist/public/v1/loader.js');
  const name = loaderName(await readFile(present));
  await mkdir(kept, { recursive: true });
  await copyFile(present, join(kept, name));
  console.log(`kept server/loaders/${name}`);
}
