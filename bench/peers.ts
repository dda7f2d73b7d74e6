import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { compactTemplates } from '../config/vite-compact-templates.js';
import { leanDecorators } from '../config/vite-decorators.js';

/**
 * Installs what is compared with into `folder`, unless it is there as the lock file says. `npm ci` of
 * the project knows nothing of it.
 */
export async function installPeers(folder: string): Promise<void> {
  const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
  const stamp = join(folder, 'node_modules/.installed-from');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === lock) return;
  const child = spawn('npm', ['ci', '--workspaces=false', '--ignore-scripts', '--no-audit'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`npm ci in ${folder} ended with ${String(code)}.`);
  await writeFile(stamp, lock);
}

/**
 * A script for each page, `<folder>/page/<name>.ts`, minified and in production mode, as each kit is
 * shipped; into `<folder>/dist/<name>/page.js`.
 */
export async function buildPages(folder: string, names: readonly string[]): Promise<void> {
  const built = join(folder, 'dist');
  await rm(built, { recursive: true, force: true });
  for (const name of names) {
    await build({
      configFile: false,
      root: join(folder, 'page'),
      publicDir: false,
      logLevel: 'error',
      mode: 'production',
      plugins: [leanDecorators(), compactTemplates()],
      build: {
        target: 'es2022',
        outDir: join(built, name),
        emptyOutDir: true,
        modulePreload: false,
        reportCompressedSize: false,
        chunkSizeWarningLimit: 10_000,
        rollupOptions: {
          input: { page: join(folder, 'page', `${name}.ts`) },
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
