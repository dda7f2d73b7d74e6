import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { compactTemplates } from '../../config/vite-compact-templates.js';
import { leanDecorators } from '../../config/vite-decorators.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the built pages lie. */
export const built = here('./dist/');

export const pages = ['empty', 'ours', 'list', 'deep-chat', 'chatscope', 'vaadin'] as const;

/**
 * Installs what the inbox is compared with, unless it is there as the lock file says. `npm ci` of the
 * project knows nothing of it.
 */
export async function installPeers(): Promise<void> {
  const lock = await readFile(here('./package-lock.json'), 'utf8');
  const stamp = here('./node_modules/.installed-from');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === lock) return;
  const child = spawn('npm', ['ci', '--workspaces=false', '--ignore-scripts', '--no-audit'], {
    cwd: here('./'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`npm ci in bench/inbox ended with ${String(code)}.`);
  await writeFile(stamp, lock);
}

/** A script for each page, minified and in production mode, as each kit is shipped. */
export async function buildPages(): Promise<void> {
  await rm(built, { recursive: true, force: true });
  for (const name of pages) {
    await build({
      configFile: false,
      root: here('./page'),
      publicDir: false,
      logLevel: 'error',
      mode: 'production',
      plugins: [leanDecorators(), compactTemplates()],
      build: {
        target: 'es2022',
        outDir: `${built}${name}`,
        emptyOutDir: true,
        modulePreload: false,
        reportCompressedSize: false,
        chunkSizeWarningLimit: 10_000,
        rollupOptions: {
          input: { page: here(`./page/${name}.ts`) },
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
            assetFileNames: '[name][extname]',
          },
        },
      },
    });
  }
}
