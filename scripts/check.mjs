/**
 * `npm run check`: everything that is no test, two at a time, each with its seconds. The output of
 * a check is shown only when it fails (the table of sizes always).
 *
 *   npm run check                 all
 *   npm run check -- lint types   only these
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';

const root = fileURLToPath(new URL('../', import.meta.url));
const bin = (path) => join('node_modules', path);
const tsc = (project) => [bin('typescript/bin/tsc'), '--noEmit', '-p', project];

const checks = {
  lint: [[bin('eslint/bin/eslint.js'), '-c', 'config/eslint.config.mjs', '--max-warnings=0', '.']],
  types: [
    tsc('tsconfig.json'),
    tsc('config/tsconfig.core.json'),
    tsc('server/tsconfig.json'),
    tsc('config/tsconfig.tools.json'),
    ['scripts/hosts.mjs', '--check'],
  ],
  templates: [
    [
      bin('@jackolope/lit-analyzer/cli.mjs'),
      '--strict',
      '--quiet',
      // It takes two tokens in one declaration for a syntax error.
      '--rules.no-invalid-css',
      'off',
      ...elementFiles(),
    ],
  ],
  format: [[bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  manifest: [['scripts/manifest.mjs', '--check']],
  protocol: [['--import', 'tsx', 'scripts/protocol-docs.mjs', '--check']],
  size: [['scripts/size.mjs']],
};
const alwaysShown = ['size'];

function elementFiles() {
  return globSync('src/{elements,context}/**/*.ts', { cwd: root, ignore: ['**/*.test.ts'] });
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(checks, name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(' ')}; choose from ${Object.keys(checks).join(' ')}`);
  process.exit(2);
}

const queue = Object.entries(checks)
  .filter(([name]) => names.length === 0 || names.includes(name))
  .flatMap(([name, commands]) => commands.map((args) => ({ name, args })));
let failed = 0;

async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const started = performance.now();
    const { code, output } = await run(next.args);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (code !== 0) failed += 1;
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${label(next)} (${seconds} s)`);
    if (code !== 0 || alwaysShown.includes(next.name)) process.stdout.write(output);
  }
}

function label({ name, args }) {
  const project = args.find((argument) => argument.endsWith('.json'));
  return project ? `${name} ${project}` : name;
}

function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks) }));
  });
}

await Promise.all(Array.from({ length: Math.max(2, availableParallelism() - 1) }, work));
console.log(failed === 0 ? 'every check passed' : `${failed} checks failed`);
process.exit(failed === 0 ? 0 : 1);
