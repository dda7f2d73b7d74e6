/**
 * `npm test`: every suite, and one line with the totals over all at the end. Those that leave a core
 * idle run beside the others, one after the other too, and say what they have to say when they are done.
 *
 *   npm test                     all
 *   npm test -- server unit      only these of: server, node, unit, e2e, chaos, visual
 *
 * server  node:test over server/            (a private PostgreSQL and Redis if they are installed)
 * node    node:test over src/ and scripts/  (files named *.node-test.ts and *.test.mjs)
 * unit    Web Test Runner over src/
 * e2e     Playwright over e2e/              (on the built server; builds it when stale)
 * chaos   test:chaos                        (on the built server, likewise)
 * visual  Playwright over e2e/visual/       (pictures of the built pages; only with --long or by its name)
 *
 * `--update` writes the pictures that `visual` compares with.
 * `--long` sets TEST_LONG=1, for what takes minutes, chaos on three servers among it; REQUIRE_SERVICES=1 makes a missing PostgreSQL or Redis a failure.
 * What failed is named again at the end, where a long output is cut.
 * The report that `npm run coverage` reads is left under node_modules/.cache; CHECK_COVERAGE=1 makes it
 * a failure that docs/coverage.md says something else than a run of all.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { globSync } from 'tinyglobby';
import { playwrightTotals } from '../config/playwright-totals.mjs';
import { compileTests, runTogether, sourceOf } from './compile-tests.mjs';
import { staleLines } from './coverage.mjs';
import { serviceEnvironment, startServices } from './services.mjs';
import { saveReport } from './test-report.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const TIME_LIMIT_MS = 20 * 60_000;

/** Of the server: files that take long, or that are about their process; first, for they end last. */
const ownProcess = [
  ...['embedded', 'storage.embedded'].map((name) => `server/src/adapters/postgres/${name}.test.ts`),
  ...['authorisation', 'backup', 'cluster-faults', 'cluster', 'commands', 'two-agents'].map(
    (name) => `server/test/${name}.test.ts`,
  ),
];
/** So many of its other files run one after the other in one process. */
const perProcess = 7;

const runners = [
  {
    name: 'server',
    files: ['server/src/**/*.test.ts', 'server/test/**/*.test.ts'],
    services: true,
    command: async (files, totals) => {
      const compiled = await compileTests();
      const long = files.filter((file) => ownProcess.includes(file)).map(compiled);
      const short = files.filter((file) => !ownProcess.includes(file)).map(compiled);
      const parts = Array.from({ length: Math.ceil(short.length / perProcess) }, (_, part) =>
        runTogether(part + 1, short.slice(part * perProcess, (part + 1) * perProcess)),
      );
      return nodeTest([...long, ...(await Promise.all(parts))], totals, ['--enable-source-maps']);
    },
    totals: (report) => {
      const tests = report.tests.map((test) => ({ ...test, file: sourceOf(test.file) }));
      return { ...report, tests };
    },
  },
  {
    name: 'node',
    files: ['src/**/*.node-test.ts', 'scripts/**/*.test.mjs'],
    beside: true,
    command: (files, totals) => nodeTest(files, totals, ['--import', 'tsx']),
  },
  {
    name: 'unit',
    files: ['src/**/*.test.ts'],
    command: () => ({ args: ['node_modules/@web/test-runner/dist/bin.js'] }),
  },
  {
    name: 'e2e',
    files: ['e2e/**/*.spec.ts'],
    services: true,
    command: () => playwright('config/playwright.config.ts'),
    totals: playwrightTotals,
  },
  {
    name: 'chaos',
    files: ['server/test/chaos/main.ts'],
    // It waits for clients that wait to try again. The three servers of the long form do not.
    beside: !process.env.TEST_LONG && !process.argv.includes('--long'),
    command: (files) => ({
      args: [
        'node_modules/tsx/dist/cli.mjs',
        '--tsconfig',
        'server/tsconfig.json',
        ...files,
        ...(process.env.TEST_LONG ? ['--long'] : []),
      ],
    }),
  },
  {
    name: 'visual',
    files: ['e2e/visual/*.visual.ts'],
    long: true,
    command: () => playwright('config/visual.config.ts'),
    totals: (report) => playwrightTotals(report, 'e2e/visual'),
  },
];

function playwright(config) {
  return { args: ['node_modules/@playwright/test/cli.js', 'test', '--config', config] };
}

function nodeTest(files, totals, words) {
  const args = [
    ...words,
    '--test',
    '--test-concurrency=2',
    // Of a test and of a process. The long form throws a hundred thousand frames.
    `--test-timeout=${process.env.TEST_LONG ? 900_000 : 480_000}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./config/node-test-totals.mjs',
    `--test-reporter-destination=${totals}`,
    ...files,
  ];
  return { args };
}

function execute({ args, env }, environment, beside) {
  return new Promise((resolve, reject) => {
    const output = beside ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...environment, ...env },
    });
    children.add(child);
    const said = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part) => said.push(part));
    const timer = setTimeout(() => {
      console.error(`stopped after ${TIME_LIMIT_MS / 60_000} minutes`);
      child.kill('SIGKILL');
    }, TIME_LIMIT_MS);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      children.delete(child);
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}

async function runOne(runner, files, services, folder) {
  const path = join(folder, `${runner.name}.json`);
  const environment = { TEST_TOTALS: path, ...(runner.services && serviceEnvironment(services)) };
  const code = await execute(await runner.command(files, path), environment, runner.beside);
  const totals = { passed: 0, failed: 0, skipped: [], tests: [] };
  try {
    const report = JSON.parse(await readFile(path, 'utf8'));
    Object.assign(totals, runner.totals ? runner.totals(report) : report);
  } catch (error) {
    console.error(`${runner.name}: no readable result (${error.message})`);
    totals.failed = 1;
  }
  if (totals.passed + totals.failed + totals.skipped.length === 0) {
    console.error(`${runner.name}: ${files.length} test files, but no test ran`);
    totals.failed = 1;
  }
  if (code !== 0 && totals.failed === 0) {
    console.error(`${runner.name}: exit code ${code} without a failed test`);
    totals.failed = 1;
  }
  return totals;
}

const children = new Set();
const given = process.argv.slice(2);
const names = given.filter((argument) => argument !== '--long' && argument !== '--update');
if (given.includes('--long')) process.env.TEST_LONG = '1';
if (given.includes('--update')) process.env.UPDATE_BASELINES = '1';
const unknown = names.filter((name) => !runners.some((runner) => runner.name === name));
if (unknown.length > 0) {
  console.error(
    `unknown: ${unknown.join(' ')}; choose from ${runners.map((r) => r.name).join(' ')}`,
  );
  process.exit(2);
}

const chosen = runners
  .filter(({ name, long }) =>
    names.length === 0 ? !long || process.env.TEST_LONG : names.includes(name),
  )
  .map((runner) => ({
    runner,
    files: globSync(runner.files, {
      cwd: root,
      ignore: ['**/node_modules/**', '**/dist/**'],
    }).sort(),
  }))
  .filter(({ files }) => files.length > 0);

const services = chosen.some(({ runner }) => runner.services)
  ? await startServices()
  : { reasons: {}, stop: async () => {} };
const folder = await mkdtemp(join(tmpdir(), 'totals-'));
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    for (const child of children) child.kill(signal);
    await services.stop();
    process.exit(1);
  });
}

const sum = { passed: 0, failed: 0, skipped: [] };
// In this order, whoever is done first.
const summary = new Map(chosen.map(({ runner }) => [runner.name, '']));
const report = Object.fromEntries(chosen.map(({ runner }) => [runner.name, []]));
for (const [service, reason] of Object.entries(services.reasons)) {
  const required = process.env.REQUIRE_SERVICES === '1';
  console.error(`${service}: ${reason}${required ? ', and REQUIRE_SERVICES=1 asks for it' : ''}`);
  if (required) sum.failed += 1;
}
const runAll = async (list) => {
  for (const { runner, files } of list) {
    console.log(`\n== ${runner.name}: ${files.length} files${runner.beside ? ', beside' : ''}`);
    const started = performance.now();
    const totals = await runOne(runner, files, services, folder);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    summary.set(runner.name, `${runner.name}: ${line(totals)} in ${seconds} s`);
    report[runner.name] = totals.tests;
    sum.passed += totals.passed;
    sum.failed += totals.failed;
    sum.skipped.push(...totals.skipped.map((skip) => ({ ...skip, runner: runner.name })));
  }
};
try {
  await Promise.all([
    runAll(chosen.filter(({ runner }) => !runner.beside)),
    runAll(chosen.filter(({ runner }) => runner.beside)),
  ]);
} finally {
  await services.stop();
  await rm(folder, { recursive: true, force: true });
}
if (sum.passed + sum.failed + sum.skipped.length === 0) {
  console.error('no test was found');
  sum.failed = 1;
}

await saveReport(report);
if (names.length === 0) {
  const checked = process.env.CHECK_COVERAGE === '1';
  const stale = await staleLines(report);
  for (const sentence of stale) console.error(`docs/coverage.md: ${sentence}`);
  if (stale.length > 0) console.error('docs/coverage.md is stale: npm run coverage writes it');
  if (stale.length > 0 && checked) sum.failed += 1;
}

console.log('');
for (const [runner, tests] of Object.entries(report)) {
  for (const { file, title, state, problem } of tests) {
    if (state !== 'failed' && !problem) continue;
    const words = stripVTControlCharacters(problem ?? 'it says nothing')
      .replace(/\s+/g, ' ')
      .slice(0, 500);
    const what = state === 'failed' ? 'failed' : 'passed at a second try';
    console.log(`${what} in ${runner}: ${file}: ${title}: ${words}`);
  }
}
for (const { runner, name, reason } of sum.skipped) {
  console.log(`skipped in ${runner}: ${name} (${reason})`);
}
for (const text of summary.values()) console.log(text);
console.log(line(sum));
process.exit(sum.failed > 0 ? 1 : 0);

function line({ passed, failed, skipped }) {
  const base = `${passed} passed, ${failed} failed`;
  return skipped.length > 0 ? `${base}, ${skipped.length} skipped` : base;
}
