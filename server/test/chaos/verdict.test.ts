import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Transport } from '#kit/transport/transport.js';
import { inProcess, type Defect } from './in-process.js';
import type { AgentAct, Plan, VisitorAct } from './plan.js';
import { runChaos } from './run.js';
import type { Verdict } from './verdict.js';

/** Small, but each message of it loses an answer now and then. */
function smallPlan(): Plan {
  const visitors = [0, 1].map((index) => ({
    name: `visitor ${index}`,
    workspace: 0,
    webSockets: true,
    sharing: index === 0,
    acts: [1, 3, 3].map((messages): VisitorAct => ({ type: 'say', tab: 0, messages })),
  }));
  const acts: AgentAct[] = [
    { type: 'say', kind: 'comment', visitor: 0, messages: 2 },
    { type: 'say', kind: 'reply', visitor: 1, messages: 3 },
    { type: 'say', kind: 'comment', visitor: 1, messages: 1 },
  ];
  const agents = [{ name: 'agent 0', workspace: 0, webSockets: true, acts }];
  const blows = [3, 6, 9, 12].flatMap((after) =>
    ['visitor 0', 'visitor 1', 'agent 0'].map((client) => ({
      after,
      blow: { type: 'link', client, fault: { type: 'lose-replies', forMs: 60 } } as const,
    })),
  );
  return { seed: 1, visitors, agents, blows, messages: 20 };
}

async function verdictOn(
  defect: Defect,
  sabotage?: (transport: Transport) => Transport,
): Promise<Verdict> {
  const stage = await inProcess(defect);
  // Where something is broken it never comes to rest, and all of it is waited for.
  const sound = defect === 'none' && !sabotage;
  const options = { convergeMs: sound ? 10_000 : 1_500, ...(sabotage && { sabotage }) };
  try {
    return (await runChaos(smallPlan(), stage, options)).verdict;
  } finally {
    await stage.destroy();
  }
}

type Push = (event: string, payload: object) => Promise<unknown>;

/** Puts another way of sending messages into the transports of visitors. */
function sending(send: (push: Push, payload: object, topic: string) => Promise<unknown>) {
  return (transport: Transport): Transport => ({
    get connection() {
      return transport.connection;
    },
    onConnection: (listener) => transport.onConnection(listener),
    connect: () => transport.connect(),
    disconnect: () => transport.disconnect(),
    subscribe(topic, handlers) {
      const subscription = transport.subscribe(topic, handlers);
      const push: Push = (event, payload) => subscription.push(event, payload);
      return {
        get joined() {
          return subscription.joined;
        },
        leave: () => subscription.leave(),
        push<Reply>(event: string, payload: object): Promise<Reply> {
          const broken = event === 'message:send' && topic.startsWith('visitor:');
          return (broken ? send(push, payload, topic) : push(event, payload)) as Promise<Reply>;
        },
      };
    },
  });
}

/** Knows the message that was the nth one to be sent, at each try. */
function nth(n: number): (payload: object) => boolean {
  const seen: string[] = [];
  return (payload) => {
    const key = JSON.stringify(payload);
    if (!seen.includes(key)) seen.push(key);
    return seen.indexOf(key) === n - 1;
  };
}

/** What a server would answer, of a conversation that no store knows. */
const madeUp = { message: { conversationId: 'cv_none', seq: 1 } };

describe('the verdict of the chaos suite', () => {
  it('finds nothing where nothing is broken', async () => {
    const { sent, acked, ...faults } = await verdictOn('none');

    assert.deepEqual(faults, { lost: [], doubled: [], misdelivered: [], reordered: [] });
    assert.equal(sent, 20);
    assert.equal(acked, 20);
  });

  it('finds doubled messages when deduplication is switched off', async () => {
    assert.notEqual((await verdictOn('no deduplication')).doubled.length, 0);
  });

  it('finds doubled messages when a client gives each try another name', async () => {
    let tries = 0;
    const renaming = sending((push, payload) =>
      push('message:send', {
        ...payload,
        clientId: `01900000-0000-7000-8000-${String(tries++).padStart(12, '0')}`,
      }),
    );

    assert.notEqual((await verdictOn('none', renaming)).doubled.length, 0);
  });

  it('finds a message that was acknowledged and swallowed', async () => {
    const isChosen = nth(4);
    const swallowing = sending(async (push, payload) =>
      isChosen(payload) ? madeUp : push('message:send', payload),
    );

    assert.notEqual((await verdictOn('none', swallowing)).lost.length, 0);
  });

  it('finds messages that overtook others', async () => {
    let late: { topic: string; payload: object } | null = null;
    const isChosen = nth(4);
    const overtaking = sending(async (push, payload, topic) => {
      if (isChosen(payload)) {
        late = { topic, payload };
        return madeUp;
      }
      const overtaken = late?.topic === topic ? late : null;
      const reply = await push('message:send', payload);
      if (overtaken) {
        await push('message:send', overtaken.payload);
        late = null;
      }
      return reply;
    });

    assert.notEqual((await verdictOn('none', overtaking)).reordered.length, 0);
  });

  it('finds a comment that a visitor was sent', async () => {
    assert.notEqual((await verdictOn('comments leak')).misdelivered.length, 0);
  });
});
