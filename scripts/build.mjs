/**
 * Builds what the server serves and what npm publishes.
 *
 *   npm run build                    everything
 *   node scripts/build.mjs server    only what a running server needs (no type declarations)
 *   node scripts/build.mjs kit       only the package's modules and types
 *
 * dist/kit       the npm package: one module per source file, with types
 * dist/hosts     the pages of demo/hosts, for `npm run hosts` and tests
 * dist/pages     the widget, the inbox and the demo pages, as browsers load them
 * dist/embed     the loader, one classic script, and the module that obeys its rarer commands
 * server/dist    the server with its migrations and a copy of the two folders above in public/
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { globSync } from 'tinyglobby';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const root = fileURLToPath(new URL('../', import.meta.url));
const cache = join(root, 'node_modules/.cache');
const lock = join(cache, 'build.lock');
const serverOutput = join(root, 'server/dist');
const kitOutput = join(root, 'dist/kit');

/** The modes of vite.config.ts. */
const parts = ['widget', 'inbox', 'elements'];

const inputs = [
  'src/**',
  'custom-elements.json',
  'demo/**',
  '!demo/hosts/**',
  'server/src/**',
  'server/migrations/**',
  'server/loaders/**',
  'server/package.json',
  'server/tsconfig.json',
  'config/tsdown.config.ts',
  'config/phoenix/**',
  'config/vite-*.ts',
  'config/vite.*.ts',
  '!config/vite.hosts.config.ts',
  'scripts/build.mjs',
  'scripts/bundle-server.mjs',
  'scripts/loaders.mjs',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
];

const kitInputs = [
  'src/**',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'config/tsconfig.build.json',
];
const hostInputs = ['demo/hosts/**', 'config/vite.hosts.config.ts'];

/** Builds what a running server needs unless the last build was made from the same files. */
export async function buildIfStale() {
  await exclusively(async () => {
    if (await isFresh('server', inputs, join(serverOutput, 'cli.js'))) return;
    await buildServer({ types: false });
  });
}

export async function buildAll() {
  await exclusively(() => Promise.all([writeKit(), buildServer({ types: true })]));
}

export async function buildKit() {
  await exclusively(() => writeKit());
}

/** The same modules and types, unless they are those of the same files; `npm run check` checks them. */
export async function buildKitIfStale() {
  await exclusively(kitIfStale);
}

/** The pages of demo/hosts, which import the built package by its name. */
export async function buildHosts() {
  await exclusively(async () => {
    await kitIfStale();
    const files = [...kitInputs, ...hostInputs];
    if (await isFresh('hosts', files, join(root, 'dist/hosts'))) return;
    const config = 'config/vite.hosts.config.ts';
    await stamped('hosts', files, () =>
      tool('hosts', 'node_modules/vite/bin/vite.js', [
        'build',
        '--logLevel',
        'warn',
        '--config',
        config,
      ]),
    );
  });
}

async function kitIfStale() {
  if (await isFresh('kit', kitInputs, kitOutput)) return;
  await writeKit(['--noCheck']);
}

async function writeKit(options = []) {
  await stamped('kit', kitInputs, async () => {
    await rm(kitOutput, { recursive: true, force: true });
    await tool('kit', 'node_modules/typescript/bin/tsc', [
      '-p',
      'config/tsconfig.build.json',
      ...options,
    ]);
  });
}

const stampOf = (name) => join(cache, `${name}-build.json`);

/** Whether what was built last was built from the same files, and is still there. */
async function isFresh(name, files, output) {
  const last = await readFile(stampOf(name), 'utf8').then(JSON.parse, () => undefined);
  return existsSync(output) && last?.hash === (await hashInputs(files));
}

/** Builds, and notes from which files; a build that fails leaves no note. */
async function stamped(name, files, work) {
  const hash = await hashInputs(files);
  await rm(stampOf(name), { force: true });
  await work();
  await writeFile(stampOf(name), JSON.stringify({ hash }));
}

async function buildServer(options) {
  await stamped('server', inputs, () => writeServer(options));
}

async function writeServer({ types }) {
  const pages = parts.map((part) =>
    tool(part, 'node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn', '--mode', part]),
  );
  const scripts = ['loader', 'commands'].map((name) =>
    tool(name, 'node_modules/vite/bin/vite.js', [
      'build',
      '--logLevel',
      'warn',
      '--config',
      'config/vite.loader.config.ts',
      '--mode',
      name,
    ]),
  );
  const server = tool('server', 'scripts/bundle-server.mjs', [], {
    BUILD_TYPES: types ? '1' : '0',
  });
  await Promise.all([...pages, ...scripts, server]);
  const target = join(serverOutput, 'public');
  for (const part of parts) {
    await cp(join(root, 'dist/pages', part), target, {
      recursive: true,
      filter: (source) => basename(source) !== '.vite',
    });
  }
  for (const name of ['loader', 'commands']) {
    await cp(join(root, 'dist/embed', name), target, { recursive: true });
  }
  await nameLoader(target);
  await compress(target);
  const migrations = join(root, 'server/migrations');
  if (existsSync(migrations)) {
    await cp(migrations, join(serverOutput, 'migrations'), { recursive: true });
  }
  await chmod(join(serverOutput, 'cli.js'), 0o755);
}

/**
 * The loader once more under an address that never changes its content, with what pages put into
 * `integrity`: `v1/loader.json` says both. Those of earlier releases go on answering.
 */
async function nameLoader(folder) {
  const { copyLoaders, kept, loaderName } = await import('./loaders.mjs');
  const content = await readFile(join(folder, 'v1/loader.js'));
  const integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`;
  const src = `/v1/${loaderName(content)}`;
  await writeFile(join(folder, src), content);
  await writeFile(join(folder, 'v1/loader.json'), `${JSON.stringify({ src, integrity })}\n`);
  await copyLoaders(kept, join(folder, 'v1'));
  console.log(`loader: ${src} ${integrity}`);
}

/** Twins beside each file, for browsers that take them; `br` is asked for over https and on localhost only. */
async function compress(folder) {
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 };
  await Promise.all(
    globSync('**/*.{js,css,svg,json}', { cwd: folder, absolute: true }).map(async (file) => {
      const content = await readFile(file);
      await writeFile(`${file}.br`, await brotli(content, { params }));
      await writeFile(`${file}.gz`, await gzip(content, { level: 9 }));
    }),
  );
}

async function tool(name, script, args, environment = {}) {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`build of ${name} failed with exit code ${code}`);
  console.log(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function hashInputs(patterns) {
  const files = globSync(patterns, {
    cwd: root,
    ignore: ['**/*.test.ts', '**/*.node-test.ts', '**/node_modules/**'],
  }).sort();
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    hash.update(`\0${file}\0`).update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}

/** Two commands started together (a server and the end-to-end tests) must not build into each other. */
async function exclusively(work) {
  await mkdir(cache, { recursive: true });
  while (!(await takeLock())) await sleep(100);
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock() {
  try {
    await writeFile(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const pid = Number(await readFile(lock, 'utf8').catch(() => '0'));
  const age = await stat(lock).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  const abandoned = pid > 0 ? !isRunning(pid) : age > 5000;
  if (abandoned) await rm(lock, { force: true });
  return false;
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const targets = { kit: buildKit, server: buildIfStale };
  const [name] = process.argv.slice(2);
  if (name !== undefined && !Object.hasOwn(targets, name)) {
    console.error(`unknown: ${name}; choose from ${Object.keys(targets).join(', ')}`);
    process.exit(2);
  }
  try {
    await (name === undefined ? buildAll : targets[name])();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
