import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isErrorCode } from '#kit/protocol/errors.js';

export type Random = () => number;

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

/** Values that no payload of the contract holds, and some that it does. */
export function junk(random: Random): unknown {
  return pick<() => unknown>(random, [
    () => null,
    () => true,
    () => -1,
    () => 1e308,
    () => Number.MAX_SAFE_INTEGER,
    () => 0.5,
    () => '',
    () => '\0',
    () => '\ud800',
    () => 'x'.repeat(Math.floor(random() * 9_000)),
    () => "'; drop table messages; --",
    () => '../../../../etc/passwd',
    () => '<img src=x onerror=alert(1)>',
    () => '%00%ff%zz',
    () => [],
    () => [[[[[[[[[[]]]]]]]]]],
    () => ({}),
    () => ({ constructor: { prototype: { polluted: true } } }),
    () => JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
    () => Array.from({ length: 300 }, (_, index) => `id${index}`),
    () => 'cv_unknown',
    () => '01900000-0000-7000-8000-000000000001',
  ])();
}

const stackLine = /\\n +at |\n +at |node_modules|\.[cm]?[jt]s:\d+/;

/** An answer tells nothing of the inside, and refuses with a known code. */
export function assertClean(text: string): void {
  assert.doesNotMatch(text, stackLine);
  assert.ok(!text.includes('"code":"internal"'), text.slice(0, 300));
  for (const [, code] of text.matchAll(/"status":"error","response":\{"code":"(\w+)"/g)) {
    assert.ok(isErrorCode(code), code);
  }
}

/** Bytes of the heap that are really in use. */
export async function heapAfterCollection(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let count = 0; count < 3; count++) {
    collect();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}
