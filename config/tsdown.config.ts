import { fileURLToPath } from 'node:url';
import { basename } from 'node:path';
import { globSync } from 'tinyglobby';
import { defineConfig } from 'tsdown';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const server = path('../server');

/** Files that a Worker is started on lie beside what starts them: all output is in one folder. */
const workers = Object.fromEntries(
  globSync('src/**/*worker.ts', { cwd: server, absolute: true }).map((file) => [
    basename(file, '.ts'),
    file,
  ]),
);

export default defineConfig({
  cwd: server,
  entry: {
    index: path('../server/src/index.ts'),
    phoenix: path('../server/src/phoenix/index.ts'),
    cli: path('../server/src/cli.ts'),
    ...workers,
  },
  outDir: path('../server/dist'),
  tsconfig: path('../server/tsconfig.json'),
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  fixedExtension: false,
  hash: false,
  clean: true,
  dts: process.env['BUILD_TYPES'] !== '0',
  sourcemap: false,
  publint: false,
  inputOptions: { checks: { pluginTimings: false } },
  logLevel: 'warn',
  plugins: [
    {
      name: 'kit',
      resolveId: {
        filter: { id: /^#kit\/.+\.js$/ },
        handler: (id: string) => path(`../src/${id.slice('#kit/'.length, -'.js'.length)}.ts`),
      },
    },
  ],
});
