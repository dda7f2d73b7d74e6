import { WebSocket } from 'ws';
import { defaultView, type View } from '#kit/domain/index.js';
import { createAgentClient, type AgentClient, type ListStore } from '#kit/store/agent-client.js';
import { memoryStorage } from '#kit/store/storage.js';
import type { Clock } from '#kit/transport/clock.js';
import { createPhoenixTransport, type SocketConstructor } from '#kit/transport/phoenix/index.js';
import type { Transport } from '#kit/transport/transport.js';
import type { AgentRecord } from '../../src/ports.js';
import type { Fixture } from '../app-fixture.js';
import type { Fault } from './script.js';

/** The kit's waits are this much shorter here; its order of events is the same. */
const haste = 10;

export const views: readonly View[] = [
  { ...defaultView, name: 'all' },
  { ...defaultView, name: 'all', state: 'closed' },
  { ...defaultView, name: 'mine' },
  { ...defaultView, name: 'unassigned' },
];

/** One agent at a screen that shows lists, counts and conversations, over a line that can be cut. */
export class Desk {
  readonly agent: AgentRecord;
  readonly client: AgentClient;
  readonly lists: readonly ListStore[];
  readonly #sockets = new Set<WebSocket>();
  #lost: Pick<Fault, 'type'> | null = null;
  readonly #stops: (() => void)[];

  constructor(
    fixture: Fixture,
    agent: AgentRecord,
    random: () => number,
    sabotaged: (transport: Transport) => Transport = (transport) => transport,
  ) {
    this.agent = agent;
    const clock: Clock = {
      // The server's own: what waits too long is the same at both desks.
      now: () => fixture.clock.now(),
      after(delayMs, run) {
        const timer = setTimeout(run, delayMs / haste);
        return () => clearTimeout(timer);
      },
    };
    const transport = createPhoenixTransport({
      url: `${fixture.url}/socket`,
      getToken: () => fixture.agentToken(agent),
      socket: this.#socket(),
      clock,
      random,
      timeoutMs: 8_000,
      connectTimeoutMs: 10_000 * haste,
      heartbeatMs: 30_000,
    });
    this.client = createAgentClient({
      transport: sabotaged(transport),
      workspaceId: fixture.workspace.id,
      storage: memoryStorage(),
      clock,
      random,
    });
    this.lists = views.map((view) => this.client.list(view));
    this.#stops = [
      this.client.$counts.listen(() => undefined),
      this.client.$groups.listen(() => undefined),
      ...this.lists.map(({ $list }) => $list.listen(() => undefined)),
    ];
  }

  /** Ends the connection in the way of the fault; the client opens another one by itself. */
  async suffer({ type, forMs }: Fault, wait: (ms: number) => Promise<void>): Promise<void> {
    if (type !== 'cut') {
      this.#lost = { type };
      await wait(forMs);
      this.#lost = null;
    }
    for (const socket of this.#sockets) socket.terminate();
  }

  leave(): void {
    for (const stop of this.#stops) stop();
    this.client.disconnect();
  }

  #socket(): SocketConstructor {
    const sockets = this.#sockets;
    const lost = (): Fault['type'] | undefined => this.#lost?.type;
    return class extends WebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols ?? []);
        // Phoenix takes its handler away when it hangs up.
        this.on('error', () => undefined);
        const socket = this as WebSocket;
        sockets.add(socket);
        this.once('close', () => sockets.delete(socket));
      }

      override send(bytes: Parameters<WebSocket['send']>[0]): void {
        if (lost() !== 'mute') super.send(bytes);
      }

      override emit(event: string | symbol, ...args: unknown[]): boolean {
        if (event === 'message' && lost() !== undefined) return false;
        return super.emit(event, ...args);
      }
    };
  }
}
