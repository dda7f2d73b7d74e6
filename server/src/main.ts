import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { systemClock } from './adapters/system-clock.js';
import { randomIds } from './adapters/random-ids.js';
import { openStorage } from './adapters/postgres/index.js';
import { openRedis } from './adapters/redis/open.js';
import { createApp, type App } from './app.js';
import type { Cluster } from './cluster/index.js';
import { checkFolders } from './check-folders.js';
import type { Config } from './config.js';
import { startControl } from './control.js';
import { createLogger, type Logger } from './log.js';
import { createMetrics } from './metrics.js';
import { findPublicDir } from './public-dir.js';
import { keepSecret } from './secret.js';
import { runCommand, signInLine } from './run-command.js';
import { openStream } from './stream-commands.js';
import { tryPort } from './try-port.js';
import { createSignInLink, ownerWithoutPassword } from './usecases/create-sign-in-link.js';
import { firstWorkspace } from './usecases/create-workspace.js';

export interface Running {
  /** Such as `http://127.0.0.1:4000`. */
  url: string;
  close(): Promise<void>;
}

/** The app on its storage; nothing listens yet. `close` ends both. */
export async function openApp(
  config: Config,
  log: Logger,
): Promise<{ app: App; close(): Promise<void> }> {
  const storage = await openStorage({
    dataDir: config.dataDir,
    ...(config.databaseUrl === null ? {} : { databaseUrl: config.databaseUrl }),
    clock: systemClock,
    log: { info: (message) => log.info(message), error: (message) => log.error(message) },
    onFatal: (error) => {
      log.fatal({ err: error }, 'the embedded database ended');
      process.exit(1);
    },
  });
  let cluster: Cluster | undefined;
  try {
    const secret = config.secret ?? (await keepSecret(config.dataDir));
    if (config.redisUrl !== null) {
      cluster = await openRedis({ url: config.redisUrl, secret, clock: systemClock, log });
    }
    const app = await createApp({
      config,
      storage,
      secret,
      ...(cluster && { cluster }),
      clock: systemClock,
      ids: randomIds,
      log,
      publicDir: config.publicDir ?? findPublicDir(),
      metrics: createMetrics({ process: true }),
    });
    return {
      app,
      async close() {
        await app.close();
        await cluster?.close();
        await storage.close();
      },
    };
  } catch (error) {
    await cluster?.close();
    await storage.close();
    throw error;
  }
}

/** Runs the server; `print` is given the addresses and, while the owner has no password, a way in. */
export async function start(config: Config, print: (line: string) => void): Promise<Running> {
  await checkFolders(config);
  // A folder is made where the server can run; where there is one, it says more than its port.
  if (!existsSync(config.dataDir)) await tryPort(config);
  const log = createLogger(config.logLevel);
  const { app, close } = await openApp(config, log);
  try {
    const { ports } = app;
    const workspace = await firstWorkspace(ports, 'Support');
    const bound = await app.listen();
    const url = config.publicUrl ?? reachable(bound);
    const keptSecret = config.secret === null ? await keepSecret(config.dataDir) : null;
    const control = await startControl(
      { dataDir: config.dataDir, port: Number(new URL(bound).port) },
      log,
      {
        run: (command) => runCommand(ports, command, url),
        stream: (command) => openStream({ ...ports, keptSecret }, command),
      },
    );
    print(`Shop:     ${url}/`);
    print(`Inbox:    ${url}/inbox`);
    print(`Elements: ${url}/elements/`);
    // Pages name it: `<chat-widget workspace="…">`.
    print(`Workspace: ${workspace.id}`);
    const newcomer = await ownerWithoutPassword(ports, workspace.id);
    if (newcomer !== null) print(signInLine(url, await createSignInLink(ports, newcomer)));
    return {
      url,
      async close() {
        await control.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where a server of this configuration will be, as people type it. */
export function addressOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? reachable(`http://${isIPv6(host) ? `[${host}]` : host}:${port}`);
}

/** A server that is bound to every address is reached by a name of this machine. */
function reachable(url: string): string {
  return url.replace(/^http:\/\/(?:0\.0\.0\.0|\[::\])(?=:)/, 'http://localhost');
}
