/**
 * A node:test reporter: one JSON object `{ passed, failed, skipped: [{ name, reason }] }` at the end.
 * Suites are no tests, and a parent that failed only through its subtests is not counted again.
 */
export default async function* totals(events) {
  const total = { passed: 0, failed: 0, skipped: [] };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.skip !== undefined && data.skip !== false) {
      const reason = typeof data.skip === 'string' && data.skip ? data.skip : 'no reason given';
      total.skipped.push({ name: data.name, reason });
    } else if (type === 'test:fail') {
      if (data.details?.error?.failureType !== 'subtestsFailed') total.failed += 1;
    } else if (data.details?.type !== 'suite') {
      total.passed += 1;
    }
  }
  yield JSON.stringify(total);
}
