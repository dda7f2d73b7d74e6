import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import nodeTestTotals from '../config/node-test-totals.mjs';
import { playwrightTotals } from '../config/playwright-totals.mjs';
import { totalsReporter } from '../config/web-test-runner-totals.mjs';
import { coveragePage, differences, idsOf } from './coverage.mjs';
import { specLines } from './spec-lines.mjs';

const lines = { 'S3.1': 'panes', 'S3.9': 'closing', 'S3.10': 'bulk acts', 'S5.1': 'bubble' };
const rows = (page) => page.split('\n').filter((line) => line.startsWith('| S'));
const test = (title, state = 'passed', file = 'src/a.test.ts') => ({ file, title, state });

describe('coverage page', () => {
  it('takes the ids at the beginning of a title only', () => {
    assert.deepEqual(idsOf('S2.1 S2.2, S2.10: shows dots as S3.1 says'), ['S2.1', 'S2.2', 'S2.10']);
    assert.deepEqual(idsOf('shows dots (S2.1)'), []);
    assert.deepEqual(idsOf('S2.1x is none'), []);
  });

  it('has one row for each line of a whole section, and for others once a test names them', () => {
    const tests = [
      test('S3.9 closes'),
      test('S3.10 S3.9 close in bulk', 'passed', 'e2e/b.spec.ts'),
    ];
    assert.deepEqual(rows(coveragePage(tests, lines, ['S3'])), [
      '| S3.1 | panes | no test yet | | |',
      '| S3.9 | closing | passed | `e2e/b.spec.ts`<br>`src/a.test.ts` | S3.10 S3.9 close in bulk<br>S3.9 closes |',
      '| S3.10 | bulk acts | passed | `e2e/b.spec.ts` | S3.10 S3.9 close in bulk |',
    ]);
    const more = rows(coveragePage([...tests, test('S5.1 round')], lines, ['S3']));
    assert.match(more.at(-1), /^\| S5\.1 \| bubble \| passed/);
  });

  it('is the same for tests in any order', () => {
    const tests = [
      test('S3.9 a'),
      test('S3.9 b', 'failed'),
      test('S3.9 a', 'passed', 'e2e/c.spec.ts'),
    ];
    assert.equal(coveragePage(tests, lines, []), coveragePage(tests.toReversed(), lines, []));
  });

  it('a line has failed with one of its tests, and is not skipped with one that passed', () => {
    const state = (...tests) => rows(coveragePage(tests, lines, []))[0].split(' | ')[2];
    assert.equal(state(test('S3.9 a'), test('S3.9 b', 'failed')), 'failed');
    assert.equal(state(test('S3.9 a'), test('S3.9 b', 'skipped')), 'passed');
    assert.equal(state(test('S3.9 a', 'skipped')), 'skipped');
    assert.equal(state(test('S3.9 a'), test('S3.9 a', 'failed')), 'failed');
  });

  it('keeps a title from breaking the table', () => {
    const [row] = rows(coveragePage([test('S3.9 `a|b` <i>\n_c_')], lines, []));
    assert.match(row, / S3\.9 \\`a\\\|b\\` \\<i\\> \\_c\\_ \|$/);
  });

  it('refuses an id that the specification lacks', () => {
    assert.throws(() => coveragePage([test('S3.99 nothing')], lines), /a\.test\.ts names S3\.99/);
  });

  it('says which line is otherwise than on the page', () => {
    const before = coveragePage([test('S3.9 closes'), test('S3.1 panes')], lines, ['S3']);
    const failed = coveragePage([test('S3.9 closes', 'failed'), test('S3.1 panes')], lines, ['S3']);
    const gone = coveragePage([test('S3.9 closes')], lines, ['S3']);
    const renamed = coveragePage([test('S3.9 shuts'), test('S3.1 panes')], lines, ['S3']);
    assert.deepEqual(differences(before, before), []);
    assert.deepEqual(differences(before, failed), ['S3.9: passed on the page, failed now']);
    assert.deepEqual(differences(before, gone), ['S3.1: passed on the page, no test yet now']);
    assert.deepEqual(differences(before, renamed), [
      'S3.9: its tests have other files or titles now',
    ]);
  });

  it('knows the lines of the sections in their order', () => {
    const ids = Object.keys(specLines);
    const number = (id) => id.slice(1).split('.').map(Number);
    const sorted = ids.toSorted((a, b) => {
      const [[s, n], [t, m]] = [number(a), number(b)];
      return s - t || n - m;
    });
    assert.deepEqual(ids, sorted);
  });
});

describe('reports of the runners', () => {
  it('node:test: file, title and state of each test, suites aside', async () => {
    const file = `${process.cwd()}/server/src/x.test.ts`;
    const event = (type, name, more = {}) => ({
      type,
      data: { name, file, details: { duration_ms: 3 }, ...more },
    });
    const chunks = [];
    const events = [
      event('test:pass', 'S3.9 closes'),
      event('test:fail', 'S3.1 panes', {
        details: { duration_ms: 3, error: new Error('no pane') },
      }),
      event('test:pass', 'S3.10 bulk', { skip: 'TEST_LONG' }),
      event('test:pass', 'suite', { details: { type: 'suite', duration_ms: 9 } }),
      event('test:fail', 'parent', { details: { error: { failureType: 'subtestsFailed' } } }),
    ];
    for await (const chunk of nodeTestTotals(events)) chunks.push(chunk);
    const report = JSON.parse(chunks.join(''));
    assert.deepEqual(report.tests, [
      { file: 'server/src/x.test.ts', title: 'S3.9 closes', state: 'passed', ms: 3 },
      {
        file: 'server/src/x.test.ts',
        title: 'S3.1 panes',
        state: 'failed',
        ms: 3,
        problem: 'no pane',
      },
      { file: 'server/src/x.test.ts', title: 'S3.10 bulk', state: 'skipped', ms: 3 },
    ]);
    assert.deepEqual([report.passed, report.failed, report.skipped.length], [1, 1, 1]);
  });

  it('Web Test Runner: suites within suites, and a file that did not run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reporter-'));
    const path = join(folder, 'totals.json');
    const failed = {
      name: 'S3.1 panes',
      passed: false,
      skipped: false,
      error: { message: 'no pane' },
    };
    const inner = { tests: [failed], suites: [] };
    const testFile = `${process.cwd()}/src/a.test.ts`;
    try {
      await totalsReporter(path).stop({
        sessions: [
          {
            testFile,
            passed: false,
            errors: [],
            testResults: {
              tests: [{ name: 'S3.9 closes', passed: true, skipped: false, duration: 4 }],
              suites: [{ name: 'inner', ...inner }],
            },
          },
          { testFile, passed: false, errors: [new Error('no module')] },
        ],
      });
      const report = JSON.parse(await readFile(path, 'utf8'));
      assert.deepEqual(report, {
        passed: 1,
        failed: 2,
        skipped: [],
        tests: [
          { file: 'src/a.test.ts', title: 'S3.9 closes', state: 'passed', ms: 4 },
          {
            file: 'src/a.test.ts',
            title: 'S3.1 panes',
            state: 'failed',
            ms: 0,
            problem: 'no pane',
          },
          {
            file: 'src/a.test.ts',
            title: 'the file',
            state: 'failed',
            ms: 0,
            problem: 'no module',
          },
        ],
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('Playwright: what passed at the second try passed, and says why it failed at first', () => {
    const error = { message: 'no pane' };
    const spec = (title, status) => ({
      title,
      file: 'list.spec.ts',
      tests: [
        {
          status,
          annotations: [],
          results: [{ duration: 5, ...(status !== 'expected' && { error }) }, { duration: 6 }],
        },
      ],
    });
    const report = playwrightTotals({
      stats: { expected: 1, flaky: 1, unexpected: 1 },
      suites: [
        { specs: [spec('S3.9 closes', 'expected')], suites: [{ specs: [spec('S3.1', 'flaky')] }] },
        { specs: [spec('S3.10 bulk', 'unexpected')] },
      ],
      errors: [],
    });
    assert.deepEqual(
      report.tests.map(({ file, title, state, ms, problem }) => [file, title, state, ms, problem]),
      [
        ['e2e/list.spec.ts', 'S3.9 closes', 'passed', 11, undefined],
        ['e2e/list.spec.ts', 'S3.1', 'passed', 11, 'no pane'],
        ['e2e/list.spec.ts', 'S3.10 bulk', 'failed', 11, 'no pane'],
      ],
    );
    assert.deepEqual([report.passed, report.failed], [2, 1]);
  });
});
