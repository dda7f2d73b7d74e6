import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BroadcastMessage, Fanout, FanoutMessage } from './fanout.js';

export interface FanoutSubject {
  /** One for each node; what they publish reaches all of them. */
  nodes: readonly [Fanout, Fanout, Fanout];
}

/** What every fan-out does; `subject` makes new nodes for each case. */
export function fanoutContract(name: string, subject: () => Promise<FanoutSubject>): void {
  describe(`fan-out (${name})`, () => {
    it('carries text and bytes to the other nodes as they are', async () => {
      const { nodes } = await subject();
      const heard = nodes.map((node) => listen(node, 'a'));
      const bytes = Uint8Array.from([0, 255, 10, 128, 13]);
      nodes[0].publish('room:1', broadcast('a', 'room:1', '["é",null,"\\u0000"]'));
      nodes[0].publish('room:1', broadcast('a', 'room:1', bytes));
      for (const messages of heard.slice(1)) {
        const [text, binary] = await messages.take(2);
        assert.equal(frameOf(text), '["é",null,"\\u0000"]');
        assert.deepEqual(Buffer.from(frameOf(binary)), Buffer.from(bytes));
      }
    });

    it('keeps the order of a topic', async () => {
      const { nodes } = await subject();
      const heard = listen(nodes[2], 'a');
      for (let number = 0; number < 500; number++) {
        nodes[0].publish('room:1', broadcast('a', 'room:1', `${number}`));
        nodes[0].publish('room:2', broadcast('a', 'room:2', `${number}`));
      }
      const messages = (await heard.take(1_000)) as BroadcastMessage[];
      for (const topic of ['room:1', 'room:2']) {
        const frames = messages.filter((message) => message.topic === topic).map(frameOf);
        assert.deepEqual(
          frames,
          Array.from({ length: 500 }, (_, number) => `${number}`),
        );
      }
    });

    it('carries every kind of message', async () => {
      const { nodes } = await subject();
      const heard = listen(nodes[1], 'a');
      const messages: FanoutMessage[] = [
        { type: 'disconnect', node: 'a', id: 'session:1', code: 1001 },
        { type: 'presence', node: 'a', op: 'beat', clock: 7 },
        { type: 'relay', node: 'a', to: 'b', asked: '1', op: 'push', session: 's', lines: ['[]'] },
      ];
      for (const message of messages) nodes[0].publish('phoenix:cluster', message);
      assert.deepEqual(await heard.take(3), messages);
    });

    it('is silent for whoever has ended the subscription', async () => {
      const { nodes } = await subject();
      const heard = listen(nodes[1], 'a');
      let late = 0;
      nodes[1].subscribe(() => late++)();
      nodes[0].publish('room:1', broadcast('a', 'room:1', 'x'));
      await heard.take(1);
      assert.equal(late, 0);
    });
  });
}

function broadcast(node: string, topic: string, frame: string | Uint8Array): BroadcastMessage {
  return { type: 'broadcast', node, topic, frame };
}

function frameOf(message: FanoutMessage | undefined): string | Uint8Array {
  assert.ok(message?.type === 'broadcast');
  return message.frame;
}

/** What a node hears of another one. */
function listen(fanout: Fanout, node: string) {
  const heard: FanoutMessage[] = [];
  let wake: () => void = () => undefined;
  fanout.subscribe((message) => {
    if (message.node !== node) return;
    heard.push(message);
    wake();
  });
  return {
    async take(count: number): Promise<FanoutMessage[]> {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return heard.slice(0, count);
    },
  };
}
