/**
 * A private PostgreSQL and a private Redis for tests, from the binaries that are installed: in
 * temporary folders, on free ports of 127.0.0.1, gone when `stop()` was awaited.
 *
 *   node scripts/services.mjs -- <command>     runs it with TEST_DATABASE_URL and TEST_REDIS_URL
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { accessSync, constants } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * Starts what is installed. A service that is missing or does not start leaves its address out and
 * stands in `reasons` instead; addresses already given by the environment are handed on unchanged.
 *
 * @param {{ durable?: boolean }} [options] `durable`: the database waits for the disk, as in
 *   production; for measurements.
 * @returns {Promise<{ databaseUrl?: string, databaseSocket?: string, redisUrl?: string,
 *   reasons: { database?: string, redis?: string }, stop(): Promise<void> }>}
 */
export async function startServices({ durable = false } = {}) {
  const started = [];
  const reasons = {};
  let socketFolder;
  const attempt = async (name, given, start) => {
    if (given) return given;
    try {
      const service = await start();
      started.push(service);
      socketFolder ??= service.socketFolder;
      return service.url;
    } catch (error) {
      reasons[name] = error.message;
      return undefined;
    }
  };
  const [databaseUrl, redisUrl] = await Promise.all([
    attempt('database', process.env.TEST_DATABASE_URL, () => startPostgres(durable)),
    attempt('redis', process.env.TEST_REDIS_URL, startRedis),
  ]);
  return {
    ...(databaseUrl && { databaseUrl }),
    ...(socketFolder && { databaseSocket: socketFolder }),
    ...(redisUrl && { redisUrl }),
    reasons,
    stop: async () => {
      await Promise.all(started.map((service) => service.stop()));
    },
  };
}

/** The environment variables that tell a test suite what runs, or why it does not. */
export function serviceEnvironment({ databaseUrl, databaseSocket, redisUrl, reasons }) {
  return {
    ...(databaseUrl && { TEST_DATABASE_URL: databaseUrl }),
    // The folder of its Unix socket, which takes a third less than TCP.
    ...(databaseSocket && { TEST_DATABASE_SOCKET: databaseSocket }),
    ...(redisUrl && { TEST_REDIS_URL: redisUrl }),
    ...(reasons.database && { TEST_DATABASE_REASON: reasons.database }),
    ...(reasons.redis && { TEST_REDIS_REASON: reasons.redis }),
  };
}

/**
 * @param {boolean} durable as of `startServices`
 * @returns {Promise<{ url: string, socketFolder: string, stop(): Promise<void>,
 *   crash(): Promise<void> }>} `crash` ends it at once and starts it again on the same data and port
 */
export async function startPostgres(durable) {
  const binaries = await postgresBinaries();
  const folder = await mkdtemp(join(tmpdir(), 'pg-'));
  const identity = await unprivileged();
  const options = { cwd: folder, env: { ...process.env, HOME: folder, LC_ALL: 'C' }, ...identity };
  try {
    if (identity.uid !== undefined) await chown(folder, identity.uid, identity.gid);
    const store = join(folder, 'store');
    await run(
      join(binaries, 'initdb'),
      ['-D', store, '-U', 'convkit', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
      options,
    );
    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      'max_connections=200',
      ...(durable
        ? []
        : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']),
    ].flatMap((setting) => ['-c', setting]);
    const stop = () => stopChild(child, 'SIGINT', folder);
    const begin = async () => {
      child = launch(
        join(binaries, 'postgres'),
        ['-D', store, '-p', `${port}`, ...settings],
        options,
      );
      await listening(child, port, stop);
      // The port answers before the server takes sessions.
      await accepting(join(binaries, 'pg_isready'), port, options, stop);
    };
    let child;
    await begin();
    return {
      url: `postgres://convkit@127.0.0.1:${port}/postgres`,
      socketFolder: folder,
      stop,
      // Its word for a crash: nothing is written any more, and what a start finds is recovered.
      crash: () => endChild(child, 'SIGQUIT').then(begin),
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${error.message}`, { cause: error });
  }
}

/** @returns the same as `startPostgres`; a crash forgets everything. */
export async function startRedis() {
  const binary = onPath('redis-server') ?? onPath('valkey-server');
  if (!binary) throw new Error('no redis-server or valkey-server is installed');
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const words = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder];
  const stop = () => stopChild(child, 'SIGTERM', folder);
  const begin = async () => {
    child = launch(binary, [...words, '--save', '', '--appendonly', 'no'], { cwd: folder });
    await listening(child, port, stop);
  };
  let child;
  try {
    await begin();
  } catch (error) {
    throw new Error(`Redis did not start: ${error.message}`, { cause: error });
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    stop,
    crash: () => endChild(child, 'SIGKILL').then(begin),
  };
}

/** The folder with initdb and postgres; the newest of Debian's when none is on the PATH. */
async function postgresBinaries() {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  for (const folder of newestFirst.map((version) => join(debian, version, 'bin'))) {
    if (isExecutable(join(folder, 'postgres')) && isExecutable(join(folder, 'initdb'))) {
      return folder;
    }
  }
  const found = onPath('postgres');
  if (found) {
    const folder = dirname(await realpath(found));
    if (isExecutable(join(folder, 'initdb'))) return folder;
  }
  throw new Error('no PostgreSQL server is installed');
}

/** PostgreSQL refuses to run as root: as root, a user who owns nothing else runs it. */
async function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const user = users.find(([candidate]) => candidate === name);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error('it may not run as root, and there is no user postgres or nobody');
}

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder && isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function run(command, args, options) {
  const child = launch(command, args, options);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} exited with ${code}: ${child.tail()}`);
}

/** A child that cannot outlive this process, with the end of its output for error messages. */
function launch(command, args, options) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-2000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(error.message));
  child.tail = () => output.trim();
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
  return child;
}

async function listening(child, port, stop) {
  await until(child, stop, () => {
    const socket = connect(port, '127.0.0.1');
    return Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ])
      .catch(() => false)
      .finally(() => socket.destroy());
  });
}

async function accepting(pgIsReady, port, options, stop) {
  const ready = () =>
    run(pgIsReady, ['-q', '-h', '127.0.0.1', '-p', `${port}`], options).then(
      () => true,
      () => false,
    );
  await until(undefined, stop, ready);
}

async function until(child, stop, check) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await check())) {
    const gone = child && (child.exitCode !== null || child.signalCode !== null);
    if (gone || Date.now() > deadline) {
      await stop();
      throw new Error(gone ? child.tail() : `no answer in ${START_TIMEOUT_MS / 1000} s`);
    }
    await sleep(50);
  }
}

async function stopChild(child, signal, folder) {
  await endChild(child, signal);
  await rm(folder, { recursive: true, force: true });
}

async function endChild(child, signal) {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const closed = once(child, 'close');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await closed;
    clearTimeout(timer);
  }
}

async function main() {
  const separator = process.argv.indexOf('--');
  const [command, ...rest] = separator < 0 ? [] : process.argv.slice(separator + 1);
  if (!command) {
    console.error('usage: node scripts/services.mjs -- <command> [arguments]');
    process.exit(2);
  }
  const services = await startServices();
  for (const reason of Object.values(services.reasons)) console.error(`services: ${reason}`);
  const child = spawn(command, rest, {
    stdio: 'inherit',
    env: { ...process.env, ...serviceEnvironment(services) },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'close').catch((error) => {
    console.error(`services: ${error.message}`);
    return [127];
  });
  await services.stop();
  process.exit(code ?? 1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
