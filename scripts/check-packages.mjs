/**
 * `npm run check:packages`: packs both packages as npm would publish them and uses them as a
 * stranger would, in empty folders outside the checkout.
 *
 * - publint and attw find nothing;
 * - every export of both can be imported on Node, where there is no DOM;
 * - `npx convkit-server start` runs from the packed server alone, and serves /inbox.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { globSync } from 'tinyglobby';
import { buildAll } from './build.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;
const packages = { kit: root, server: join(root, 'server') };

const folder = await mkdtemp(join(tmpdir(), 'packages-'));
let failed = false;
try {
  await buildAll();
  const kit = await pack('kit');
  const server = await pack('server');
  await Promise.all([
    step('convkit: publint', () => lintPackage(kit)),
    step('@convkit/server: publint', () => lintPackage(server)),
  ]);
  await step('convkit: attw', () => checkTypes(kit));
  await step('@convkit/server: attw', () => checkTypes(server));
  await step('convkit: imports without a DOM', () => importAll('kit', kit));
  await step('@convkit/server: imports', () => importAll('server', server));
  await step('@convkit/server: starts from an empty folder', () => startServer());
} catch (error) {
  console.error(error.message);
  failed = true;
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

async function step(name, work) {
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  try {
    await work();
    console.log(`ok     ${name} (${seconds()} s)`);
  } catch (error) {
    failed = true;
    console.log(`FAILED ${name} (${seconds()} s)\n${error.stdout ?? ''}${error.stderr ?? ''}`);
    console.log(error.message);
  }
}

async function pack(name) {
  const directory = packages[name];
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  // The scripts would build again what was just built.
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: directory });
  const [{ filename, size, entryCount }] = JSON.parse(stdout);
  console.log(`packed ${filename}: ${entryCount} files, ${(size / 1024).toFixed(0)} KB`);
  return { manifest, tarball: join(folder, filename) };
}

async function lintPackage({ manifest, tarball }) {
  const { buffer } = new Uint8Array(await readFile(tarball));
  const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
  if (messages.length > 0) {
    throw new Error(messages.map((message) => formatMessage(message, manifest)).join('\n'));
  }
}

async function checkTypes({ tarball }) {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const args = [attw, tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
  await run(process.execPath, [...args, '--exclude-entrypoints', './custom-elements.json']);
}

async function install(name, tarball) {
  const target = join(folder, name);
  await run('mkdir', [target]);
  await writeFile(join(target, 'package.json'), '{ "private": true, "type": "module" }\n');
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball];
  await run('npm', args, { cwd: target });
  return target;
}

async function importAll(name, { manifest, tarball }) {
  const target = await install(name, tarball);
  const installed = join(target, 'node_modules', manifest.name);
  const specifiers = Object.entries(manifest.exports).flatMap(([key, value]) =>
    expand(installed, key, typeof value === 'string' ? value : value.default),
  );
  const lines = specifiers.map((specifier) => {
    const text = JSON.stringify(manifest.name + specifier.slice(1));
    const options = specifier.endsWith('.json') ? ", { with: { type: 'json' } }" : '';
    return `await import(${text}${options});`;
  });
  const script = [
    "if ('document' in globalThis) throw new Error('there is a DOM');",
    ...lines,
    "if ('document' in globalThis) throw new Error('an import made a DOM');",
  ];
  await writeFile(join(target, 'imports.js'), script.join('\n'));
  await run(process.execPath, ['imports.js'], { cwd: target, timeout: 60_000 });
  console.log(`       ${lines.length} exports of ${manifest.name}`);
}

/** Every specifier that an entry of an exports map allows. */
function expand(installed, key, target) {
  if (!key.includes('*')) return [key];
  const pattern = target.replace(/^\.\//, '');
  const names = globSync(pattern, { cwd: installed }).flatMap((file) => {
    const [before, ...after] = pattern.split('*');
    const name = file.slice(before.length).split(after[0])[0];
    return pattern.replaceAll('*', name) === file ? [key.replace('*', name)] : [];
  });
  if (names.length === 0) throw new Error(`${key} matches no file`);
  return names;
}

async function startServer() {
  const target = join(folder, 'server');
  const environment = { ...process.env, PORT: '0', DATA_DIR: join(target, 'store') };
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'HOST', 'PUBLIC_URL', 'SECRET']) {
    delete environment[name];
  }
  const child = spawn('npx', ['--no-install', 'convkit-server', 'start'], {
    cwd: target,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  try {
    const address = await new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no address of /inbox was printed:\n${output}`)),
        START_TIMEOUT_MS,
      );
      const read = (chunk) => {
        output += chunk;
        const found = /Sign in: /.test(output) && /(https?:\/\/\S+\/inbox)(?=[\s#]|$)/.exec(output);
        if (!found) return;
        clearTimeout(timer);
        resolve(found[1]);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('close', (code) => {
        clearTimeout(timer);
        reject(new Error(`the server ended with ${code}:\n${output}`));
      });
    });
    await opens(address);
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      process.kill(-child.pid, 'SIGTERM');
      await closed;
    }
  }
}

/** A page is there when it and every script and style that it names can be had. */
async function opens(address) {
  const html = await text(address);
  const assets = [...html.matchAll(/\s(?:src|href)="(\/[^"]+\.(?:js|css))"/g)];
  if (assets.length === 0) throw new Error(`${address} names no script:\n${html}`);
  for (const [, path] of assets) await text(new URL(path, address));
  if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/.test(html)) {
    throw new Error(`${address} has an inline script or style, which its CSP forbids:\n${html}`);
  }
}

async function text(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return response.text();
}
