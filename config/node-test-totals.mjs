import { relative } from 'node:path';

/**
 * A node:test reporter: one JSON object at the end, `{ passed, failed, skipped: [{ name, reason }],
 * tests: [{ file, title, state, ms, problem }] }`. Suites are no tests, and a parent that failed only
 * through its subtests is not counted again. `file` is relative to the working directory; `problem`
 * is there where it failed.
 */
export default async function* totals(events) {
  const total = { passed: 0, failed: 0, skipped: [], tests: [] };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const state = count(type, data, total);
    if (state === undefined || data.file === undefined) continue;
    const file = relative(process.cwd(), data.file);
    const error = data.details?.error;
    const problem = state === 'failed' ? (error?.cause?.message ?? error?.message) : undefined;
    total.tests.push({
      file,
      title: data.name,
      state,
      ms: data.details?.duration_ms ?? 0,
      problem,
    });
  }
  yield JSON.stringify(total);
}

/** What the test came to; undefined for what is no test of its own. */
function count(type, data, total) {
  if (data.skip !== undefined && data.skip !== false) {
    const reason = typeof data.skip === 'string' && data.skip ? data.skip : 'no reason given';
    total.skipped.push({ name: data.name, reason });
    return 'skipped';
  }
  if (type === 'test:fail') {
    if (data.details?.error?.failureType === 'subtestsFailed') return undefined;
    total.failed += 1;
    return 'failed';
  }
  if (data.details?.type === 'suite') return undefined;
  total.passed += 1;
  return 'passed';
}
