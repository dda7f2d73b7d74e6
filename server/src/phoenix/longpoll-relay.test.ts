import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryFanout, type FanoutMessage } from './fanout.js';
import { defaultLimits } from './limits.js';
import { LongpollRelay } from './longpoll-relay.js';
import type { PollResult } from './longpoll-session.js';

const limits = { ...defaultLimits, longpollWindowMs: 20, longpollRelayMs: 20 };
const messages = ['[null,null,"a","b",{}]'];

describe('a poll that another node answers', () => {
  it('brings what the session had', async () => {
    const asking = relays(() => true);
    assert.deepEqual(await poll(asking), { status: 200, messages });
  });

  it('fails when the answer was lost on the way, or the client would go on without it', async () => {
    const asking = relays((message) => message.type !== 'relay' || message.op !== 'polled');
    assert.deepEqual(await poll(asking), { status: 500, messages: [] });
  });
});

function poll(relay: LongpollRelay): ReturnType<LongpollRelay['poll']> {
  return relay.poll({ node: 'holder', session: 'session' }, new AbortController().signal);
}

/** Two nodes, of which the second holds the session; gives the first. */
function relays(arrives: (message: FanoutMessage) => boolean): LongpollRelay {
  const fanout = memoryFanout();
  const asking = new LongpollRelay('asking', fanout, limits, () => undefined);
  const session = {
    poll: async (): Promise<PollResult> => ({ status: 200, messages }),
    push: async () => 200 as const,
  };
  const holder = new LongpollRelay('holder', fanout, limits, () => session);
  fanout.subscribe((message) => {
    if (message.type !== 'relay' || !arrives(message)) return;
    for (const relay of [asking, holder]) relay.receive(message);
  });
  return asking;
}
