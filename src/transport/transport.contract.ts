import { CodedError, type ErrorCode } from '../protocol/index.js';
import type { Connection, PresenceKeys, TopicSubscription, Transport } from './transport.js';

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

function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

function same(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(a === b, `Expected ${b}, got ${a}`);
}

/** Writes down what a client is told, and lets tests wait for it. */
function createDiary(): {
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

type Diary = ReturnType<typeof createDiary>;

function watch(transport: Transport): Diary {
  const diary = createDiary();
  transport.onConnection(({ state, code }) => diary.note(code ? `${state} ${code}` : state));
  return diary;
}

function follow(
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
async function inTime(body: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('What was awaited did not come in 4 s.')), 4_000);
  });
  await Promise.race([body, late]).finally(() => clearTimeout(timer));
}

async function codeOf(push: Promise<unknown>): Promise<string> {
  return push.then(
    () => 'resolved',
    (error: unknown) => (error instanceof CodedError ? error.code : `not coded: ${String(error)}`),
  );
}

/** The contract that every transport passes. */
export function transportContract(
  { describe, it }: ContractRunner,
  name: string,
  createHarness: () => TransportHarness | Promise<TransportHarness>,
): void {
  const test = (title: string, body: (harness: TransportHarness) => Promise<void>): void =>
    it(title, async () => {
      const harness = await createHarness();
      try {
        await inTime(body(harness));
      } finally {
        await harness.close();
      }
    });

  describe(`transport contract: ${name}`, () => {
    describe('connection', () => {
      test('is idle until connect, then connecting and online', async ({ client }) => {
        const transport = client();
        const diary = watch(transport);
        same(diary.lines, ['idle']);
        transport.connect();
        await diary.until('online');
        same(diary.lines, ['idle', 'connecting', 'online']);
        same(transport.connection, { state: 'online', code: null } satisfies Connection);
      });

      test('tells each listener until it leaves', async ({ client }) => {
        const transport = client();
        const [first, second] = [createDiary(), createDiary()];
        const leave = transport.onConnection(({ state }) => first.note(state));
        transport.onConnection(({ state }) => second.note(state));
        leave();
        transport.connect();
        await second.until('online');
        same(first.lines, ['idle']);
      });

      test('a second connect changes nothing', async ({ client }) => {
        const transport = client();
        const diary = watch(transport);
        transport.connect();
        transport.connect();
        await diary.until('online');
        transport.connect();
        same(diary.lines, ['idle', 'connecting', 'online']);
      });

      test('disconnect ends in closed, and connect opens again', async ({ client }) => {
        const transport = client();
        const diary = watch(transport);
        transport.connect();
        await diary.until('online');
        transport.disconnect();
        same(transport.connection.state, 'closed');
        transport.connect();
        await diary.until('online', 2);
        same(diary.lines, ['idle', 'connecting', 'online', 'closed', 'connecting', 'online']);
      });

      test('disconnect while connecting stays closed', async ({ client }) => {
        const [transport, other] = [client(), client()];
        transport.connect();
        transport.disconnect();
        const diary = watch(other);
        other.connect();
        await diary.until('online');
        same(transport.connection.state, 'closed');
      });

      test('comes back by itself after a cut', async ({ client, cut }) => {
        const transport = client();
        const diary = watch(transport);
        transport.connect();
        await diary.until('online');
        await cut();
        await diary.until('online', 2);
        same(diary.lines, ['idle', 'connecting', 'online', 'reconnecting', 'online']);
      });

      test('keeps trying while the server is away', async ({ client, setReachable }) => {
        await setReachable(false);
        const transport = client();
        const diary = watch(transport);
        transport.connect();
        await diary.until('reconnecting');
        await setReachable(true);
        await diary.until('online');
      });

      test('a coded refusal ends in refused until connect', async ({ client, refuse }) => {
        refuse('token_invalid');
        const transport = client();
        const diary = watch(transport);
        transport.connect();
        await diary.until('refused token_invalid');
        refuse(null);
        transport.connect();
        await diary.until('online');
        same(diary.lines, ['idle', 'connecting', 'refused token_invalid', 'connecting', 'online']);
      });

      test('is refused when it comes back and may not', async ({ client, cut, refuse }) => {
        const transport = client();
        const diary = watch(transport);
        transport.connect();
        await diary.until('online');
        refuse('forbidden');
        await cut();
        await diary.until('refused forbidden');
      });

      test('a token that the network kept is tried again', async ({ client, refuse }) => {
        refuse('connection_lost');
        const transport = client();
        const diary = watch(transport);
        transport.connect();
        await diary.until('reconnecting');
        refuse(null);
        await diary.until('online');
      });
    });

    describe('topics', () => {
      test('join once online, subscribed before or after', async ({ client }) => {
        const transport = client();
        const before = follow(transport, 'contract:before', () => ({ n: 1 }));
        same(before.subscription.joined, false);
        transport.connect();
        await before.diary.until('joined {"n":1}');
        same(before.subscription.joined, true);
        const after = follow(transport, 'contract:after', () => ({ n: 2 }));
        await after.diary.until('joined {"n":2}');
      });

      test('tell the join before what the server pushes after it', async ({ client }) => {
        const transport = client();
        const { diary } = follow(transport, 'contract:greet', () => ({ greet: 2 }));
        transport.connect();
        await diary.until('greeting {"n":2}');
        const told = diary.lines.filter((line) => !line.startsWith('present'));
        same(told, ['joined {"greet":2}', 'greeting {"n":1}', 'greeting {"n":2}']);
      });

      test('keep the order of pushes', async ({ client }) => {
        const transport = client();
        const { diary, subscription } = follow(transport, 'contract:order');
        transport.connect();
        await diary.until('joined {}');
        await subscription.push('burst', { count: 50 });
        await diary.until('tick {"n":50}');
        const ticks = diary.lines.filter((line) => line.startsWith('tick'));
        same(
          ticks,
          Array.from({ length: 50 }, (_, index) => `tick {"n":${index + 1}}`),
        );
      });

      test('hear what others on the topic say, and nothing of other topics', async ({ client }) => {
        const [one, two] = [client(), client()];
        const a = follow(one, 'contract:room');
        const b = follow(two, 'contract:room');
        const elsewhere = follow(two, 'contract:elsewhere');
        one.connect();
        two.connect();
        await Promise.all([a, b, elsewhere].map(({ diary }) => diary.until('joined {}')));
        await a.subscription.push('shout', { n: 1 });
        await a.subscription.push('whisper', { n: 2 });
        await b.diary.until('heard {"n":2}');
        await elsewhere.subscription.push('echo', {});
        const heard = ({ lines }: Diary): string[] => lines.filter((x) => x.startsWith('heard'));
        same(heard(a.diary), ['heard {"n":1}']);
        same(heard(b.diary), ['heard {"n":1}', 'heard {"n":2}']);
        same(heard(elsewhere.diary), []);
      });

      test('rejoin after a cut with the payload of that moment', async ({ client, cut }) => {
        const transport = client();
        let n = 0;
        const { diary, subscription } = follow(transport, 'contract:again', () => ({ n: ++n }));
        transport.connect();
        await diary.until('joined {"n":1}');
        await cut();
        await diary.until('lost');
        same(subscription.joined, false);
        await diary.until('joined {"n":2}');
        same(await subscription.push('echo', { still: true }), { still: true });
      });

      test('rejoin after disconnect and connect', async ({ client }) => {
        const transport = client();
        const { diary } = follow(transport, 'contract:pause');
        transport.connect();
        await diary.until('joined {}');
        transport.disconnect();
        same(diary.lines.includes('lost'), true);
        transport.connect();
        await diary.until('joined {}', 2);
      });

      test('rejoin after the channel crashed', async ({ client }) => {
        const transport = client();
        const { diary, subscription } = follow(transport, 'contract:crash');
        transport.connect();
        await diary.until('joined {}');
        same(await codeOf(subscription.push('crash', {})), 'connection_lost');
        await diary.until('lost');
        await diary.until('joined {}', 2);
        same(transport.connection.state, 'online');
      });

      test('a refused join is told once, and not tried again', async ({ client, cut }) => {
        const transport = client();
        const refused = follow(transport, 'contract:no', () => ({ refuse: 'forbidden' }));
        const other = follow(transport, 'contract:yes');
        transport.connect();
        await refused.diary.until('refused forbidden');
        await other.diary.until('joined {}');
        await cut();
        await other.diary.until('joined {}', 2);
        await other.subscription.push('echo', {});
        same(refused.diary.lines, ['refused forbidden']);
        const again = follow(transport, 'contract:no');
        await again.diary.until('joined {}');
      });

      test('a join that may pass is tried again', async ({ client }) => {
        const transport = client();
        let refuse = true;
        const { diary } = follow(transport, 'contract:later', () => {
          const payload = refuse ? { refuse: 'unavailable' } : {};
          refuse = false;
          return payload;
        });
        transport.connect();
        await diary.until('joined {}');
        same(
          diary.lines.some((line) => line.startsWith('refused')),
          false,
        );
      });

      test('a topic that the server closes stays closed', async ({ client, cut }) => {
        const transport = client();
        const { diary, subscription } = follow(transport, 'contract:stop');
        const other = follow(transport, 'contract:stay');
        transport.connect();
        await diary.until('joined {}');
        subscription.push('stop', {}).catch(() => undefined);
        await diary.until('closed');
        same(subscription.joined, false);
        await cut();
        await other.diary.until('joined {}', 2);
        same(diary.lines.filter((line) => line === 'joined {}').length, 1);
      });

      test('a topic that was left is silent and free again', async ({ client }) => {
        const [one, two] = [client(), client()];
        const a = follow(one, 'contract:leave');
        const b = follow(two, 'contract:leave');
        one.connect();
        two.connect();
        await Promise.all([a.diary.until('joined {}'), b.diary.until('joined {}')]);
        a.subscription.leave();
        const lines = a.diary.lines.length;
        same(a.subscription.joined, false);
        same(await codeOf(a.subscription.push('echo', {})), 'connection_lost');
        await b.subscription.push('shout', {});
        const again = follow(one, 'contract:leave');
        await again.diary.until('joined {}');
        await b.subscription.push('shout', { again: true });
        await again.diary.until('heard {"again":true}');
        same(a.diary.lines.length, lines);
      });

      test('a second subscription of a topic is a programming error', async ({ client }) => {
        const transport = client();
        follow(transport, 'contract:twice');
        let thrown = false;
        try {
          follow(transport, 'contract:twice');
        } catch {
          thrown = true;
        }
        check(thrown, 'Subscribing twice should throw.');
      });

      test('an unknown topic is refused', async ({ client }) => {
        const transport = client();
        const { diary } = follow(transport, 'nonsense:1');
        transport.connect();
        await diary.until('refused topic_unknown');
      });
    });

    describe('pushes', () => {
      async function joined(
        client: () => Transport,
        topic = 'contract:push',
      ): Promise<ReturnType<typeof follow> & { transport: Transport }> {
        const transport = client();
        const followed = follow(transport, topic);
        transport.connect();
        await followed.diary.until('joined {}');
        return { ...followed, transport };
      }

      test('resolve with the reply that is theirs', async ({ client }) => {
        const { subscription } = await joined(client);
        const numbers = Array.from({ length: 20 }, (_, n) => n);
        const replies = await Promise.all(numbers.map((n) => subscription.push('echo', { n })));
        same(
          replies,
          numbers.map((n) => ({ n })),
        );
      });

      test('reject with the code of a refusal', async ({ client }) => {
        const { subscription } = await joined(client);
        same(await codeOf(subscription.push('refuse', { code: 'not_author' })), 'not_author');
        same(await codeOf(subscription.push('no-such-event', {})), 'event_unknown');
      });

      test('reject with connection_lost when not joined', async ({ client }) => {
        const { subscription } = follow(client(), 'contract:offline');
        same(await codeOf(subscription.push('echo', {})), 'connection_lost');
      });

      test('cut before the reply reject, and are never sent again', async ({ client, cut }) => {
        const { subscription, diary } = await joined(client, 'contract:once');
        const push = codeOf(subscription.push('silence', {}));
        await subscription.push('echo', {});
        await cut();
        same(await push, 'connection_lost');
        await diary.until('joined {}', 2);
        same(await subscription.push('count', {}), { count: 2 });
      });

      test('without a reply in time reject with timeout', async ({ client }) => {
        const { subscription } = await joined(client);
        same(await codeOf(subscription.push('silence', {})), 'timeout');
        same(await subscription.push('echo', { well: true }), { well: true });
      });

      test('that are aborted reject with the reason', async ({ client }) => {
        const { subscription } = await joined(client);
        const abort = new AbortController();
        const push = subscription.push('silence', {}, { signal: abort.signal });
        const reason = push.catch((error: unknown) => error);
        abort.abort('enough');
        same(await reason, 'enough');
        same(await subscription.push('echo', { well: true }), { well: true });
      });
    });

    describe('presence', () => {
      test('tells who is there, comes and goes', async ({ client }) => {
        const [one, two] = [client(), client()];
        const a = follow(one, 'contract:people', () => ({ as: 'ann' }));
        one.connect();
        await a.diary.until('present ann');
        const b = follow(two, 'contract:people', () => ({ as: 'bob' }));
        two.connect();
        await a.diary.until('present ann bob');
        await b.diary.until('present ann bob');
        same(b.present().get('ann')?.[0]?.['as'], 'ann');
        b.subscription.leave();
        await a.diary.until('present ann', 2);
      });

      test('counts a key once, with a meta for each connection', async ({ client }) => {
        const [one, two] = [client(), client()];
        const a = follow(one, 'contract:tabs', () => ({ as: 'ann' }));
        const b = follow(two, 'contract:tabs', () => ({ as: 'ann' }));
        one.connect();
        await a.diary.until('present ann');
        two.connect();
        await Promise.all([a, b].map(({ diary }) => diary.until('present ann×2')));
        two.disconnect();
        await a.diary.until('present ann', 2);
      });

      test('is whole again after a cut', async ({ client, cut }) => {
        const [one, two] = [client(), client()];
        const a = follow(one, 'contract:back', () => ({ as: 'ann' }));
        const b = follow(two, 'contract:back', () => ({ as: 'bob' }));
        one.connect();
        two.connect();
        await a.diary.until('present ann bob');
        await b.diary.until('present ann bob');
        await cut();
        await Promise.all([a.diary.until('joined {"as":"ann"}', 2), b.diary.until('lost')]);
        await a.diary.until('present ann bob', 2);
      });
    });
  });
}
