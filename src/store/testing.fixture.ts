import type { ReadableAtom } from 'nanostores';
import type { View } from '../domain/index.js';
import {
  createFakeClock,
  createMemoryServer,
  settled,
  type FakeClock,
  type MemoryServer,
  type MemoryServerOptions,
} from '../testing.js';
import type { Random } from '../transport/random.js';
import { createAgentClient, type AgentClient } from './agent-client.js';
import { memoryStorage, type KeyValue } from './storage.js';
import { createVisitorClient, type VisitorClient } from './visitor-client.js';

export const everything: View = { name: 'all', state: 'open', channel: 'all', order: 'newest' };

/** A memory server on a fake clock, and clients of it. */
export interface Office {
  clock: FakeClock;
  server: MemoryServer;
  agent(id?: string, storage?: KeyValue): AgentClient;
  visitor(storage?: KeyValue): VisitorClient;
}

/** Half of each limit: waits are known, and never nothing. */
const halfway: Random = () => 0.5;

export function createOffice(options: MemoryServerOptions = {}): Office {
  const clock = createFakeClock();
  const server = createMemoryServer({
    clock,
    agents: [
      { id: 'ag_1', name: 'Ann', role: 'owner' },
      { id: 'ag_2', name: 'Bob', connected: true },
    ],
    ...options,
  });
  const workspaceId = server.workspace.id;
  return {
    clock,
    server,
    agent: (id = 'ag_1', storage = memoryStorage()) =>
      createAgentClient({
        transport: server.agentTransport(id),
        workspaceId,
        storage,
        clock,
        random: halfway,
      }),
    visitor: (storage = memoryStorage()) =>
      createVisitorClient({
        transport: server.transport,
        api: server.api(),
        workspaceId,
        storage,
        clock,
        random: halfway,
      }),
  };
}

/** Waits for what visitors do besides writing, which a client fetches. */
export async function loaded(): Promise<void> {
  await import('./visitor-acts.js');
  await settled();
}

/** The same office, whose time does not pass before that is there. */
export function createLazyOffice(options: MemoryServerOptions = {}): Office {
  const office = createOffice(options);
  const { clock } = office;
  const { advance } = clock;
  clock.advance = async (ms) => {
    await loaded();
    await advance(ms);
    await loaded();
  };
  return office;
}

/** Subscribes, as an element would; returns the way out. */
export function observe(...stores: ReadableAtom<unknown>[]): () => void {
  const stops = stores.map((store) => store.listen(() => undefined));
  return () => stops.forEach((stop) => stop());
}
