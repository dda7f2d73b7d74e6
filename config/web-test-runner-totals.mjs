import { relative } from 'node:path';
import { writeFile } from 'node:fs/promises';

/**
 * A Web Test Runner reporter that writes `{ passed, failed, skipped: [{ name, reason }], tests:
 * [{ file, title, state, ms, problem }] }` to `path` as JSON; without a path it does nothing. A file
 * that could not run counts as one failure. `file` is relative to the working directory; `problem` is
 * there where it failed.
 */
export function totalsReporter(path) {
  return {
    async stop({ sessions }) {
      if (!path) return;
      const totals = { passed: 0, failed: 0, skipped: [], tests: [] };
      for (const session of sessions) {
        const failedBefore = totals.failed;
        const file = relative(process.cwd(), session.testFile);
        if (session.testResults) count(session.testResults, [], file, totals);
        const broken = session.errors.length > 0 || !session.passed;
        if (!broken || totals.failed > failedBefore) continue;
        totals.failed += 1;
        const problem = session.errors[0]?.message ?? `it ended as ${session.status}`;
        totals.tests.push({ file, title: 'the file', state: 'failed', ms: 0, problem });
      }
      await writeFile(path, JSON.stringify(totals));
    },
  };
}

function count(suite, names, file, totals) {
  for (const test of suite.tests) {
    const state = test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed';
    if (state === 'skipped') totals.skipped.push(describeSkip([...names, test.name].join(' › ')));
    else totals[state] += 1;
    const problem = state === 'failed' ? test.error?.message : undefined;
    totals.tests.push({ file, title: test.name, state, ms: test.duration ?? 0, problem });
  }
  for (const inner of suite.suites) count(inner, [...names, inner.name], file, totals);
}

/** Mocha keeps no reason for a skip: it stands in the name, in brackets at the end. */
function describeSkip(name) {
  const reason = /\[([^\]]+)\]\s*$/.exec(name)?.[1] ?? 'no reason given';
  return { name, reason };
}
