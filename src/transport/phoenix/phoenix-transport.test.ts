import { expect } from '@open-wc/testing';
import { CodedError, toWireError } from '../../protocol/index.js';
import { createFakeClock, settled, type FakeClock } from '../../testing.js';
import type { Transport } from '../transport.js';
import type { PhoenixTransportOptions } from './phoenix-transport.js';
import { createPhoenixTransport } from './with-presence.js';

type Frame = [string | null, string | null, string, string, unknown];

/** A WebSocket whose server is the test. */
class FakeWebSocket {
  static made: FakeWebSocket[] = [];
  readyState = 0;
  bufferedAmount = 0;
  sent: Frame[] = [];
  onopen: (() => void) | null = null;
  onclose: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;

  constructor(
    readonly url: string,
    readonly protocols: string | string[] = [],
  ) {
    FakeWebSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Frame);
  }

  close(): void {
    this.readyState = 3;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  breaks(): void {
    this.readyState = 3;
    this.onclose?.({ code: 1006 });
  }

  receives(...frame: Frame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** Answers the last frame of that event. */
  answers(event: string, status: 'ok' | 'error', response: object = {}): void {
    const [joinRef = null, ref = null, topic = ''] =
      this.sent.findLast((frame) => frame[3] === event) ?? [];
    this.receives(joinRef, ref, topic, 'phx_reply', { status, response });
  }
}

interface Bench {
  transport: Transport;
  clock: FakeClock;
  wake(): void;
  tokens: number;
  /** The socket made last. */
  socket(): FakeWebSocket;
}

function createBench(options: Partial<PhoenixTransportOptions> = {}): Bench {
  FakeWebSocket.made = [];
  const clock = createFakeClock();
  let wake = (): void => undefined;
  const bench: Bench = {
    tokens: 0,
    clock,
    transport: createPhoenixTransport({
      url: 'https://chat.example/socket',
      getToken: async () => `token ${++bench.tokens}`,
      socket: FakeWebSocket,
      fallback: null,
      clock,
      random: () => 0.5,
      wake(listener) {
        wake = listener;
        return () => (wake = () => undefined);
      },
      ...options,
    }),
    wake: () => wake(),
    socket() {
      const last = FakeWebSocket.made.at(-1);
      if (!last) throw new Error('No socket was made.');
      return last;
    },
  };
  return bench;
}

describe('phoenix transport', () => {
  it('opens a socket only once the token is there, and keeps it out of the address', async () => {
    const { transport, socket } = createBench();
    transport.connect();
    expect(FakeWebSocket.made.length).to.equal(0);
    await settled();

    expect(socket().url).to.equal('wss://chat.example/socket/websocket?vsn=2.0.0');
    expect(socket().protocols).to.deep.equal([
      'phoenix',
      `base64url.bearer.phx.${btoa('token 1').replace(/=/g, '')}`,
    ]);
    transport.disconnect();
  });

  it('waits with full jitter, longer each time, and takes a fresh token', async () => {
    const bench = createBench();
    bench.transport.connect();
    await settled();
    const waits: number[] = [];
    for (let cut = 0; cut < 8; cut++) {
      bench.socket().breaks();
      const before = FakeWebSocket.made.length;
      let waited = 0;
      while (FakeWebSocket.made.length === before) {
        await bench.clock.advance(250);
        waited += 250;
      }
      waits.push(waited);
    }
    bench.transport.disconnect();

    expect(waits).to.deep.equal([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    expect(bench.tokens).to.equal(9);
  });

  it('joins again when the server says, however often it was refused before', async () => {
    const waits: number[] = [];
    const { setTimeout } = globalThis;
    globalThis.setTimeout = ((run: () => void, delayMs = 0) => {
      waits.push(delayMs);
      return setTimeout(run, delayMs);
    }) as typeof globalThis.setTimeout;
    const bench = createBench({ random: () => 0.9, timeoutMs: 60_000, heartbeatMs: 90_000 });
    let joins = 0;
    bench.transport.subscribe('room:1', {
      joinPayload: () => ({ join: ++joins }),
      onJoin: () => undefined,
      onEvent: () => undefined,
      onRefused: () => undefined,
    });
    bench.transport.connect();
    await settled();
    bench.socket().opens();
    const refusal = toWireError(new CodedError('unavailable', { retryAfterMs: 2_000 }));

    waits.length = 0;
    bench.socket().answers('phx_join', 'error', refusal);
    const asTold = waits.splice(0);
    const joinRef = bench.socket().sent[0]?.[0] ?? null;
    bench.socket().receives(joinRef, null, 'room:1', 'phx_error', {});
    const byItself = waits.splice(0);
    globalThis.setTimeout = setTimeout;
    bench.transport.disconnect();

    expect(asTold).to.deep.equal([2_450]);
    expect(byItself).to.deep.equal([900]);
    expect(joins).to.equal(1);
  });

  it('begins with short waits again once a topic was joined', async () => {
    const bench = createBench();
    bench.transport.subscribe('room:1', {
      joinPayload: () => ({}),
      onJoin: () => undefined,
      onEvent: () => undefined,
      onRefused: () => undefined,
    });
    bench.transport.connect();
    await settled();
    for (let cut = 0; cut < 3; cut++) {
      bench.socket().breaks();
      await bench.clock.advance(30_000);
    }
    bench.socket().opens();
    bench.socket().answers('phx_join', 'ok');
    const before = FakeWebSocket.made.length;
    bench.socket().breaks();
    await bench.clock.advance(250);
    bench.transport.disconnect();

    expect(FakeWebSocket.made.length).to.equal(before + 1);
  });

  it('connects at once when woken', async () => {
    const bench = createBench();
    bench.transport.connect();
    await settled();
    bench.socket().breaks();
    bench.wake();
    await settled();

    expect(FakeWebSocket.made.length).to.equal(2);
    bench.wake();
    await settled();
    expect(FakeWebSocket.made.length).to.equal(2);
    bench.transport.disconnect();
    bench.wake();
    await settled();
    expect(FakeWebSocket.made.length).to.equal(2);
  });

  it('has a connection prove after sleep that it lives', async () => {
    const bench = createBench();
    bench.transport.connect();
    await settled();
    bench.socket().opens();
    bench.wake();
    bench.socket().answers('heartbeat', 'ok');
    await bench.clock.advance(10_000);
    expect(bench.transport.connection.state).to.equal('online');

    bench.wake();
    await bench.clock.advance(5_000);
    expect(bench.transport.connection.state).to.equal('reconnecting');
    bench.transport.disconnect();
  });

  it('gives up a socket that does not open in time', async () => {
    const bench = createBench();
    bench.transport.connect();
    await settled();
    await bench.clock.advance(15_000);

    expect(bench.transport.connection.state).to.equal('reconnecting');
    await bench.clock.advance(250);
    expect(FakeWebSocket.made.length).to.equal(2);
    bench.transport.disconnect();
  });

  it('takes no token that came too late', async () => {
    let give: (token: string) => void = () => undefined;
    const { transport } = createBench({
      getToken: () => new Promise((resolve) => (give = resolve)),
    });
    transport.connect();
    transport.disconnect();
    give('late');
    await settled();

    expect(FakeWebSocket.made.length).to.equal(0);
    expect(transport.connection.state).to.equal('closed');
  });

  it('holds events that overtook the reply to the join until it came', async () => {
    const bench = createBench();
    const told: string[] = [];
    bench.transport.subscribe('room:1', {
      joinPayload: () => ({}),
      onJoin: () => told.push('join'),
      onEvent: (event) => told.push(event),
      onRefused: () => undefined,
    });
    bench.transport.connect();
    await settled();
    bench.socket().opens();
    bench.socket().receives(null, null, 'room:1', 'early', {});
    bench.socket().answers('phx_join', 'ok');
    bench.socket().receives(null, null, 'room:1', 'late', {});
    bench.transport.disconnect();

    expect(told).to.deep.equal(['join', 'early', 'late']);
  });

  it('takes a fresh token when one in a join has expired', async () => {
    const bench = createBench({ auth: 'join' });
    bench.transport.subscribe('room:1', {
      joinPayload: () => ({}),
      onJoin: () => undefined,
      onEvent: () => undefined,
      onRefused: () => undefined,
    });
    bench.transport.connect();
    await settled();
    expect(bench.socket().protocols).to.deep.equal([]);
    bench.socket().opens();
    bench.socket().answers('phx_join', 'error', toWireError(new CodedError('token_expired')));
    await bench.clock.advance(1_000);
    bench.socket().opens();

    expect(bench.socket().sent[0]?.[4]).to.deep.equal({ token: 'token 2' });
    bench.socket().answers('phx_join', 'error', toWireError(new CodedError('token_invalid')));
    expect(bench.transport.connection).to.deep.equal({ state: 'refused', code: 'token_invalid' });
  });

  it('takes a push that the server does not know the channel of for a lost one', async () => {
    const bench = createBench();
    const subscription = bench.transport.subscribe('room:1', {
      joinPayload: () => ({}),
      onJoin: () => undefined,
      onEvent: () => undefined,
      onRefused: () => undefined,
    });
    bench.transport.connect();
    await settled();
    bench.socket().opens();
    bench.socket().answers('phx_join', 'ok');
    const push = subscription.push('say', {}).catch((error: unknown) => error);
    bench.socket().answers('say', 'error', { reason: 'unmatched topic' });
    bench.transport.disconnect();

    expect(((await push) as CodedError).code).to.equal('connection_lost');
  });
});
