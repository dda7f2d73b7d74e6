/**
 * The report of the last `npm test`, under `node_modules/.cache`: for each runner its tests, as
 * `{ file, title, state, ms, problem }` with `state` one of `passed`, `failed`, `skipped`. A run of some
 * runners only leaves what the others reported before.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../node_modules/.cache/test-report.json', import.meta.url));

/** `{ [runner]: tests }`; empty when nothing ran yet. */
export async function readReport() {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return {};
  }
}

/** Replaces what the runners of `report` reported before. */
export async function saveReport(report) {
  const whole = { ...(await readReport()), ...report };
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify(whole));
  await rename(draft, path);
}
