import { writeFile } from 'node:fs/promises';

/**
 * A Web Test Runner reporter that writes `{ passed, failed, skipped: [{ name, reason }] }` to `path`
 * as JSON; without a path it does nothing. A file that could not run counts as one failure.
 */
export function totalsReporter(path) {
  return {
    async stop({ sessions }) {
      if (!path) return;
      const totals = { passed: 0, failed: 0, skipped: [] };
      for (const session of sessions) {
        const failedBefore = totals.failed;
        if (session.testResults) count(session.testResults, [], totals);
        const broken = session.errors.length > 0 || !session.passed;
        if (broken && totals.failed === failedBefore) totals.failed += 1;
      }
      await writeFile(path, JSON.stringify(totals));
    },
  };
}

function count(suite, names, totals) {
  for (const test of suite.tests) {
    if (test.skipped) totals.skipped.push(describeSkip([...names, test.name].join(' › ')));
    else if (test.passed) totals.passed += 1;
    else totals.failed += 1;
  }
  for (const inner of suite.suites) count(inner, [...names, inner.name], totals);
}

/** Mocha keeps no reason for a skip: it stands in the name, in brackets at the end. */
function describeSkip(name) {
  const reason = /\[([^\]]+)\]\s*$/.exec(name)?.[1] ?? 'no reason given';
  return { name, reason };
}
