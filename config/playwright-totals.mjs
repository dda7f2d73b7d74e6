import { join } from 'node:path';

/**
 * Playwright's JSON report as `{ passed, failed, skipped: [{ name, reason }], tests: [{ file, title,
 * state, ms, problem }] }`, the form of the other reporters. A test that passed at its second try
 * passed; its `problem` is that of the first, as a race to be found on a machine that may be busy.
 */
export function playwrightTotals({ stats, suites, errors }, folder = 'e2e') {
  const skipped = [];
  const tests = [];
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const state = states[test.status];
        if (state === 'skipped') {
          const reason = test.annotations.find(({ type }) => type === 'skip')?.description;
          skipped.push({ name: spec.title, reason: reason ?? 'no reason given' });
        }
        const ms = test.results.reduce((sum, { duration }) => sum + duration, 0);
        const problem = test.results.find(({ error }) => error)?.error.message;
        tests.push({ file: join(folder, spec.file), title: spec.title, state, ms, problem });
      }
    }
    suite.suites?.forEach(visit);
  };
  suites.forEach(visit);
  const passed = stats.expected + stats.flaky;
  return { passed, failed: stats.unexpected || errors.length, skipped, tests };
}

const states = { expected: 'passed', flaky: 'passed', skipped: 'skipped', unexpected: 'failed' };
