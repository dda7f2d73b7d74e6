import { CodedError, type ErrorCode } from '../../protocol/index.js';
import type { PresenceKeys, TopicSubscription, Transport } from '../transport.js';

/** What the suite needs of a test runner; those of mocha, jest, vitest and node:test fit. */
export interface ContractRunner {
  describe(title: string, body: () => void): void;
  it(title: string, body: () => Promise<void>): void;
}

/**
 * A server with `createContractChannel()` on `contract:*`, and clients of it. Each test has its own.
 */
export interface TransportHarness {
  /** A client that was not yet told to connect. Pushes wait for a reply at most 1 s. */
  client(): Transport;
  /** Breaks every connection, without a word where the network allows it. */
  cut(): void | Promise<void>;
  /** While false, no connection can be made; present ones stay. */
  setReachable(reachable: boolean): void | Promise<void>;
  /** From now on tokens are refused with this code; null ends it. */
  refuse(code: ErrorCode | null): void;
  close(): void | Promise<void>;
}

export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

export function same(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(a === b, `Expected ${b}, got ${a}`);
}

/** Writes down what a client is told, and lets tests wait for it. */
export function createDiary(): {
  note(line: string): void;
  readonly lines: readonly string[];
  /** Resolves once the line was written `times` times. */
  until(line: string, times?: number): Promise<void>;
} {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  return {
    lines,
    note(line) {
      lines.push(line);
      for (const look of [...waiting]) look();
    },
    until: (line, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (lines.filter((written) => written === line).length < times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

export type Diary = ReturnType<typeof createDiary>;

export function watch(transport: Transport): Diary {
  const diary = createDiary();
  transport.onConnection(({ state, code }) => diary.note(code ? `${state} ${code}` : state));
  return diary;
}

export function follow(
  transport: Transport,
  topic: string,
  joinPayload: () => object = () => ({}),
): { subscription: TopicSubscription; diary: Diary; present(): PresenceKeys } {
  const diary = createDiary();
  let keys: PresenceKeys = new Map();
  /** A server may tell the same twice, such as a client's own coming. */
  let lastPresence = '';
  const subscription = transport.subscribe<{ payload: object }>(topic, {
    joinPayload,
    onJoin: ({ payload }) => diary.note(`joined ${JSON.stringify(payload)}`),
    onEvent: (event, payload) => diary.note(`${event} ${JSON.stringify(payload)}`),
    onRefused: (code) => diary.note(`refused ${code}`),
    onLost() {
      lastPresence = '';
      diary.note('lost');
    },
    onClosed: () => diary.note('closed'),
    onPresence(present) {
      keys = present;
      const names = [...present].map(([key, metas]) => `${key}×${metas.length}`);
      const presence = `present ${names.sort().join(' ')}`.replaceAll('×1', '');
      if (presence !== lastPresence) diary.note(presence);
      lastPresence = presence;
    },
  });
  return { subscription, diary, present: () => keys };
}

/** Something that never comes fails its own test, whatever limit the runner has. */
export async function inTime(body: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('What was awaited did not come in 4 s.')), 4_000);
  });
  await Promise.race([body, late]).finally(() => clearTimeout(timer));
}

export async function codeOf(push: Promise<unknown>): Promise<string> {
  return push.then(
    () => 'resolved',
    (error: unknown) => (error instanceof CodedError ? error.code : `not coded: ${String(error)}`),
  );
}

/** One test of the contract: it gets a harness of its own, and is closed whatever happens. */
export type ContractTest = (
  title: string,
  body: (harness: TransportHarness) => Promise<void>,
) => void;
