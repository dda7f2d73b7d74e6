import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { contract } from '#kit/protocol/contract.js';
import { seeded } from '../src/phoenix/testing/seeded.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { assertClean, heapAfterCollection, junk, pick, type Random } from './fuzz.js';
import { RawSocket } from './raw-socket.js';
import { Browser } from './security-fixture.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';

const frames = process.env['TEST_LONG'] ? 100_000 : 2_000;
const seed = Number(process.env['FUZZ_SEED'] ?? 2_026);
const clients = 10;
const framesAtOnce = 16;
/** What a server of this size may keep more than before, in bytes: caches, compiled code. */
const heapGrowth = 24 * 1_048_576;

interface World {
  topics: string[];
  conversationId: string;
  messageId: string;
}

/** Sensible payloads by event; what the contract gains without one here is sent junk only. */
const payloads: Record<string, (world: World, random: Random) => Record<string, unknown>> = {
  phx_join: () => ({}),
  'snapshot:get': ({ conversationId }) => ({ since: { conversationId, seq: 1 } }),
  'files:sign': () => ({ ids: ['at_unknown'] }),
  'message:send': () => ({ clientId: clientId(), kind: 'reply', text: 'Hello' }),
  'message:edit': ({ messageId }) => ({ messageId, text: 'Edited' }),
  'message:delete': ({ messageId }) => ({ messageId }),
  'messages:list': ({ conversationId }) => ({ conversationId, limit: 5 }),
  mark: ({ conversationId }, random) => ({ conversationId, read: Math.floor(random() * 9) }),
  typing: () => ({ typing: true, kind: 'reply' }),
  'page:view': () => ({ url: 'https://shop.example/a', title: 'Shop' }),
  'form:submit': () => ({ values: { name: 'Ada' }, consents: { terms: true } }),
  'rating:set': (_world, random) => ({ score: 1 + Math.floor(random() * 5), comment: null }),
  'group:choose': () => ({ groupId: null }),
  'conversation:restart': () => ({}),
  'conversations:list': () => ({
    view: { name: 'all', state: 'open', channel: 'all', order: 'newest' },
  }),
  'agent:status': () => ({ status: 'online' }),
  'conversation:assign': () => ({ assigneeIds: [] }),
  'contact:update': () => ({ name: 'Ada', email: 'ada@host.example' }),
  'contact:block': () => ({ address: false }),
};
const events = [
  ...new Set(Object.values(contract).flatMap(({ client }) => Object.keys(client))),
  'phx_join',
  'phx_leave',
  'phx_close',
  'heartbeat',
  'presence_state',
  'constructor',
  '__proto__',
];

/** A frame of the contract, of which one thing or nothing was changed. */
function mutated(random: Random, world: World): string | Buffer {
  const topic = pick(random, world.topics);
  const event = pick(random, events);
  const payload: Record<string, unknown> = Object.hasOwn(payloads, event)
    ? { ...payloads[event]?.(world, random) }
    : {};
  const chance = random();
  if (chance < 0.5) {
    const name = pick(random, [...Object.keys(payload), 'extra', '__proto__', 'since', 'text']);
    Object.defineProperty(payload, name, { value: junk(random), enumerable: true });
  }
  const frame: unknown[] = [
    world.topics.indexOf(topic) + 1,
    String(random()),
    topic,
    event,
    payload,
  ];
  frame[0] = String(frame[0]);
  if (chance > 0.5 && chance < 0.55) frame[Math.floor(random() * 5)] = junk(random);
  const text = JSON.stringify(frame);
  if (chance > 0.995) return text.slice(0, Math.floor(random() * text.length));
  if (chance > 0.98) return binary(random, topic, event, text);
  return text;
}

function binary(random: Random, topic: string, event: string, text: string): Buffer {
  const names = ['1', '2', topic.slice(0, 200), event].map((name) => Buffer.from(name));
  const lengths = names.map((name) => name.length % 256);
  const whole = Buffer.concat([Buffer.from([0, ...lengths]), ...names, Buffer.from(text)]);
  const at = Math.floor(random() * 5);
  if (random() < 0.3) whole[at] = Math.floor(random() * 256);
  return whole;
}

describe(`mutated frames (seed ${seed})`, () => {
  let fixture: Fixture;
  const crashes: unknown[] = [];
  const crashed = (error: unknown): void => void crashes.push(error);

  before(async () => {
    process.on('uncaughtException', crashed);
    process.on('unhandledRejection', crashed);
    const many = 9_999_999;
    const names =
      'contacts connections joins events visitorMessages agentMessages typing marks pageViews';
    const limits = names.split(' ').map((name) => `${name}PerMinute=${many}`);
    fixture = await startFixture({ environment: { LIMITS: limits.join(','), LOG_LEVEL: 'debug' } });
  });
  after(async () => {
    await fixture.close();
    process.off('uncaughtException', crashed);
    process.off('unhandledRejection', crashed);
  });

  /** Joins all topics of the world, then throws its share; comes again when it is cut off. */
  const attack = async (random: Random, token: string, world: World, share: number) => {
    let socket: WebSocket | undefined;
    let answered = 0;
    const open = async (): Promise<WebSocket> => {
      const encoded = Buffer.from(token).toString('base64').replace(/=+$/, '');
      const opened = new WebSocket(
        `${fixture.url.replace('http', 'ws')}/socket/websocket?vsn=2.0.0`,
        ['phoenix', `base64url.bearer.phx.${encoded}`],
      );
      opened.on('error', () => undefined);
      opened.on('message', (data: Buffer, isBinary) => {
        answered += 1;
        if (!isBinary) assertClean(data.toString('utf8'));
      });
      await once(opened, 'open');
      world.topics.forEach((topic, index) => {
        const ref = String(index + 1);
        opened.send(JSON.stringify([ref, ref, topic, 'phx_join', {}]));
      });
      return opened;
    };
    for (let sent = 0; sent < share; sent += framesAtOnce) {
      if (socket?.readyState !== WebSocket.OPEN) socket = await open();
      for (let count = 0; count < framesAtOnce; count++) socket.send(mutated(random, world));
      // As fast as the server takes them, and no faster.
      const before = answered;
      socket.send(JSON.stringify([null, 'beat', 'phoenix', 'heartbeat', {}]));
      while (answered === before && socket.readyState === WebSocket.OPEN) {
        await new Promise(setImmediate);
      }
    }
    socket?.close();
    if (socket && socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
    return answered;
  };

  const round = async (salt: number, count: number, worlds: { token: string; world: World }[]) => {
    const share = Math.ceil(count / worlds.length);
    await Promise.all(
      worlds.map(({ token, world }, index) =>
        attack(seeded(seed + salt + index), token, world, share),
      ),
    );
  };

  it(`${frames} of them crash nothing, tell nothing of the inside, and leave memory flat`, async () => {
    const worlds: { token: string; world: World }[] = [];
    for (let index = 0; index < clients; index++) {
      const browser = new Browser(fixture);
      const { token, contactId } = await browser.come();
      const { conversationId, id: messageId } = await browser.write('Hello');
      const input = { clientId: clientId(), kind: 'reply', text: 'Reply' } as const;
      const agent = agentCaller(fixture.owner);
      const reply = await sendAgentMessage(fixture.app.ports, agent, conversationId, input);
      const topics =
        index % 2 === 0
          ? [`visitor:${contactId}`, `inbox:${fixture.workspace.id}`]
          : [`inbox:${fixture.workspace.id}`, `conversation:${conversationId}`];
      const world = {
        topics: [...topics, 'conversation:cv_x', '\ud800'],
        conversationId,
        messageId,
      };
      if (index % 2 === 0) worlds.push({ token, world });
      else {
        worlds.push({
          token: await fixture.agentToken(),
          world: { ...world, messageId: reply.id },
        });
      }
    }
    const warmUp = Math.min(1_000, frames / 5);
    await round(10_000, warmUp, worlds);
    while (fixture.app.phoenix.socketCount() > 0) await new Promise(setImmediate);
    const before = await heapAfterCollection();
    await round(0, frames, worlds);
    while (fixture.app.phoenix.socketCount() > 0) await new Promise(setImmediate);
    const grown = (await heapAfterCollection()) - before;
    assert.ok(grown < heapGrowth, `the heap grew by ${Math.round(grown / 1024)} KiB`);

    const witness = await RawSocket.open(fixture.url, await fixture.agentToken());
    await witness.join(`inbox:${fixture.workspace.id}`);
    await witness.close();
    assert.deepEqual(crashes, []);
    const faults = fixture
      .logged()
      .split('\n')
      .filter((line) => /"level":(?:[56]0|"error"|"fatal")/.test(line));
    assert.deepEqual(faults.slice(0, 3), []);
  });
});
