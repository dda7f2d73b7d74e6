import { expect } from '@open-wc/testing';
import { createFakeClock, settled } from '../../testing.js';
import { longPolling, type Fallback, type VisitStorage } from './long-poll.js';
import { createPhoenixTransport } from './with-presence.js';

/** A way that is made, and then opens or does not. */
class FakeWay {
  readyState = 0;
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onclose: ((event: object) => void) | null = null;

  send(): void {}

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
}

function createBench({ remembered = false, storage = true } = {}) {
  const clock = createFakeClock();
  const made: { kind: 'socket' | 'polls'; way: FakeWay }[] = [];
  let kept = remembered;
  class FakeSocket extends FakeWay {
    constructor() {
      super();
      made.push({ kind: 'socket', way: this });
    }
  }
  class FakePolls extends FakeWay {
    constructor() {
      super();
      made.push({ kind: 'polls', way: this });
    }
  }
  const fallback: Fallback = {
    get remembered() {
      return kept;
    },
    remember: () => (kept = storage),
    load: async () => FakePolls,
  };
  const transport = createPhoenixTransport({
    url: 'https://chat.example/socket',
    getToken: async () => 'token',
    socket: FakeSocket,
    fallback,
    clock,
    random: () => 0.5,
    wake: () => () => undefined,
  });
  transport.connect();
  return {
    transport,
    clock,
    made,
    kinds: () => made.map(({ kind }) => kind).join(' '),
    last: () => made.at(-1)?.way ?? new FakeWay(),
    kept: () => kept,
  };
}

describe('long polling in place of a WebSocket', () => {
  it('is tried after three WebSockets that did not open, and remembered once it opens', async () => {
    const bench = createBench();
    await settled();
    for (let n = 0; n < 3; n++) {
      bench.last().breaks();
      await bench.clock.advance(2_000);
    }
    expect(bench.kinds()).to.equal('socket socket socket polls');
    expect(bench.kept()).to.equal(false);
    bench.last().opens();
    expect(bench.kept()).to.equal(true);
    expect(bench.transport.connection.state).to.equal('online');
    bench.transport.disconnect();
  });

  it('is tried after one WebSocket that opened in no time', async () => {
    const bench = createBench();
    await bench.clock.advance(16_000);
    expect(bench.kinds()).to.equal('socket polls');
    bench.transport.disconnect();
  });

  it('comes first in a visit that remembers it', async () => {
    const bench = createBench({ remembered: true });
    await settled();
    expect(bench.kinds()).to.equal('polls');
    bench.transport.disconnect();
  });

  it('stays for as long as the page, where the visit has no storage to remember it', async () => {
    const bench = createBench({ storage: false });
    await bench.clock.advance(16_000);
    bench.last().opens();
    for (let n = 0; n < 3; n++) {
      bench.last().breaks();
      await bench.clock.advance(10_000);
      bench.last().opens();
    }
    expect(bench.kinds()).to.equal('socket polls polls polls polls');
    bench.transport.disconnect();
  });

  it('gives way to WebSockets again where it opens no more than they do', async () => {
    const bench = createBench();
    await bench.clock.advance(16_000);
    bench.last().breaks();
    await bench.clock.advance(10_000);
    expect(bench.kinds()).to.equal('socket polls socket');
    bench.transport.disconnect();
  });

  it('is not for a WebSocket that was open and broke', async () => {
    const bench = createBench();
    await settled();
    for (let n = 0; n < 5; n++) {
      bench.last().opens();
      bench.last().breaks();
      await bench.clock.advance(10_000);
    }
    expect(bench.kinds()).to.match(/^(?:socket ?)+$/);
    bench.transport.disconnect();
  });

  it('is remembered in the storage of the visit, where there is one', () => {
    const kept = new Map<string, string>();
    const storage: VisitStorage = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    };
    longPolling(() => storage).remember();
    expect(longPolling(() => storage).remembered).to.equal(true);
    const denied = longPolling(() => {
      throw new Error('denied');
    });
    denied.remember();
    expect(denied.remembered).to.equal(false);
  });
});
