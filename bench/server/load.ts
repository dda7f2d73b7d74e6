/** The clients of all measurements: a process of its own, so that the servers do not pay for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from './answering.js';
import { openVisitors, sendInTurn, sendTogether } from './durable/visitors.js';
import { Client } from './client.js';
import { clientFrame } from './frames.js';
import type { Crowd, EchoAsked, FanoutAsked, TrickleAsked, Trickled } from './load-asked.js';

const PAYLOAD = { text: 'Hello, is my parcel on its way? It should have come on Monday.', n: 1 };
const TICK_MS = 5;
const LINGER_MS = 2_000;

let clients: Client[] = [];
let crowd: Crowd = { port: 0, sockets: 0, atOnce: 0, topics: 'own' };

const topicsOf: Record<Crowd['topics'], (index: number, count: number) => string[]> = {
  own: (index) => [`room:${index}`],
  one: () => ['room:all'],
  tens: (index) => [`room:${Math.floor(index / 10)}`],
  lobbies: (index) => [`lobby:${Math.floor(index / 10)}`],
  pairs: (index, count) => [`room:${index}`, `room:${(index + 1) % count}`],
};

async function enter(client: Client, index: number): Promise<void> {
  await client.open();
  for (const topic of topicsOf[crowd.topics](index, crowd.sockets)) await client.join(topic);
}

/** Opens and joins every client, so many at a time; gives the seconds that it took. */
async function enterAll(): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < clients.length; index = next++) {
      const client = clients[index];
      if (client) await enter(client, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(crowd.atOnce, clients.length) }, lane));
  return (performance.now() - startedAt) / 1000;
}

function connectAll(asked: Crowd): Promise<number> {
  crowd = asked;
  clients = Array.from({ length: asked.sockets }, (_, index) => new Client(asked.port, index));
  return enterAll();
}

function cutAll(): void {
  for (const client of clients) client.cut();
}

/** Every client waits for the reply before it pushes again. Gives replies a second. */
async function echo({ seconds }: EchoAsked): Promise<number> {
  let replies = 0;
  let running = true;
  for (const [index, client] of clients.entries()) {
    const topic = topicsOf[crowd.topics](index, clients.length)[0];
    const frame = clientFrame(['1', '2', topic, 'echo', PAYLOAD]);
    client.onText = () => {
      replies++;
      if (running) client.write(frame);
    };
    client.write(frame);
  }
  const startedAt = performance.now();
  await sleep(seconds * 1000);
  const rate = (replies * 1000) / (performance.now() - startedAt);
  running = false;
  await sleep(50);
  return rate;
}

/** One client shouts, with some broadcasts on the way at any time. Gives deliveries a second. */
async function fanout({ seconds, window }: FanoutAsked): Promise<number> {
  const [sender, ...others] = clients;
  if (!sender) throw new Error('A fan-out needs clients.');
  const frame = clientFrame(['1', '2', 'room:all', 'shout', PAYLOAD]);
  let deliveries = 0;
  let running = true;
  for (const client of others) client.onText = () => deliveries++;
  sender.onText = (bytes, start) => {
    // A broadcast begins with two nulls, the reply with the sender's refs.
    if (bytes[start + 1] === 0x6e) deliveries++;
    else if (running) sender.write(frame);
  };
  for (let sent = 0; sent < window; sent++) sender.write(frame);
  const startedAt = performance.now();
  await sleep(seconds * 1000);
  const rate = (deliveries * 1000) / (performance.now() - startedAt);
  running = false;
  await sleep(200);
  return rate;
}

/** Pushes at a steady rate, each to the next topic; every push is broadcast to its topic. */
async function trickle({ seconds, rate }: TrickleAsked): Promise<Trickled> {
  const latencies: number[] = [];
  const expected = Math.round(seconds * rate) * 2;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  for (const client of clients) {
    client.onText = (bytes, start, end) => {
      if (bytes[start + 1] !== 0x6e) return;
      const frame = JSON.parse(bytes.toString('utf8', start, end)) as [0, 0, 0, 0, { at: number }];
      latencies.push(performance.now() - frame[4].at);
      if (latencies.length === expected) finish();
    };
  }
  const startedAt = performance.now();
  for (let sent = 0; sent * 2 < expected;) {
    const due = Math.min(expected / 2, ((performance.now() - startedAt) / 1000) * rate);
    for (; sent < due; sent++) {
      const index = sent % clients.length;
      const payload = { ...PAYLOAD, at: performance.now() };
      clients[index]?.write(clientFrame(['1', '2', `room:${index}`, 'shout', payload]));
    }
    await sleep(TICK_MS);
  }
  const tookSeconds = (performance.now() - startedAt) / 1000;
  await Promise.race([finished, sleep(LINGER_MS)]);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    delivered: latencies.length / expected,
    rate: expected / 2 / tookSeconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
  };
}

answerParent({
  connect: connectAll,
  cut: cutAll,
  storm: () => {
    cutAll();
    return enterAll();
  },
  echo,
  fanout,
  trickle,
  visitors: openVisitors,
  sendTogether,
  sendInTurn,
});
