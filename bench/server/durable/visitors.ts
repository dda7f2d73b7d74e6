import { randomUUID } from 'node:crypto';
import { Client } from '../client.js';
import { clientFrame } from '../frames.js';
import type { Sent, Visitor, VisitorsAsked } from '../load-asked.js';

const TEXT = 'Hello, is my parcel on its way? It should have come on Monday.';
const QUOTE = 0x22;

interface Writer {
  readonly client: Client;
  readonly topic: string;
}

let writers: Writer[] = [];

/** Cuts those of before, and joins each of these to its topic. */
export async function openVisitors({ ports, visitors }: VisitorsAsked): Promise<void> {
  for (const { client } of writers) client.cut();
  writers = [];
  await Promise.all(
    visitors.map(async ({ id, token }: Visitor, index) => {
      const client = new Client(ports[index % ports.length] ?? 0, index, token);
      const topic = `visitor:${id}`;
      await client.open();
      await client.join(topic);
      writers.push({ client, topic });
    }),
  );
}

/** So many messages in all; every visitor writes again as soon as the one before is acknowledged. */
export async function sendTogether(count: number): Promise<Sent> {
  const latencies: number[] = [];
  let begun = 0;
  const startedAt = performance.now();
  await Promise.all(
    writers.map(async (writer) => {
      while (begun++ < count) latencies.push(await send(writer));
    }),
  );
  const rate = (latencies.length * 1000) / (performance.now() - startedAt);
  return { rate, ...percentiles(latencies) };
}

/** The first visitor alone writes so many messages, one after the other. */
export async function sendInTurn(count: number): Promise<Sent> {
  const [writer] = writers;
  if (!writer) throw new Error('A message needs a visitor.');
  const latencies: number[] = [];
  const startedAt = performance.now();
  for (let sent = 0; sent < count; sent++) latencies.push(await send(writer));
  const rate = (count * 1000) / (performance.now() - startedAt);
  return { rate, ...percentiles(latencies) };
}

/** Resolves with the milliseconds to the acknowledgement. */
function send({ client, topic }: Writer): Promise<number> {
  const frame = clientFrame(['1', '2', topic, 'message:send', { clientId: uuid7(), text: TEXT }]);
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    client.onText = (bytes, start, end) => {
      // `["1","2",…` is the reply; pushes and broadcasts have a null there.
      if (bytes[start + 1] !== QUOTE || bytes[start + 5] !== QUOTE) return;
      const text = bytes.toString('utf8', start, end);
      if (text.includes('"status":"ok"')) resolve(performance.now() - startedAt);
      else reject(new Error(`not acknowledged: ${text}`));
    };
    client.write(frame);
  });
}

function percentiles(latencies: readonly number[]): Pick<Sent, 'p50Ms' | 'p95Ms'> {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

function uuid7(): string {
  const uuid = randomUUID();
  return `${uuid.slice(0, 14)}7${uuid.slice(15)}`;
}
