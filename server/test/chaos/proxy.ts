import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** `up` runs from the client to the server. */
export type Direction = 'up' | 'down';

/** What happens to the next connection of a link that carries bytes that way. */
export type LinkFault =
  /** Lets so many bytes pass, then cuts both sides: most often in the middle of a frame. */
  | { type: 'cut'; direction: Direction; afterBytes: number; reset: boolean }
  /** What the client sends arrives, what the server answers does not; then both sides are cut. */
  | { type: 'lose-replies'; forMs: number }
  | { type: 'stall'; direction: Direction; forMs: number }
  /** Passes on in pieces of so many bytes. */
  | { type: 'split'; bytes: number; chunks: number }
  /** Neither side hears the other, and nobody is told; then both sides are cut. */
  | { type: 'mute'; forMs: number }
  | { type: 'refuse'; connections: number };

export interface Upstream {
  host: string;
  port: number;
}

/** One client's way to the servers, on a port of its own: who got which bytes is beyond doubt. */
export class Link {
  readonly url: string;
  /** Whether WebSockets may open through it. */
  readonly webSockets: boolean;
  /** Everything that servers sent this client, one entry a connection, lost bytes included. */
  readonly received: Buffer[][] = [];
  readonly #server: Server;
  readonly #upstream: () => Upstream;
  readonly #counted: () => void;
  readonly #connections = new Set<Connection>();
  #armed: LinkFault[] = [];
  #refusals = 0;

  private constructor(
    server: Server,
    upstream: () => Upstream,
    webSockets: boolean,
    counted: () => void,
  ) {
    this.#server = server;
    this.#upstream = upstream;
    this.webSockets = webSockets;
    this.#counted = counted;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (client: Socket) => this.#accept(client));
  }

  /** `counted` is called for each living connection that a fault cuts. */
  static async open(
    upstream: () => Upstream,
    counted: () => void,
    { webSockets = true } = {},
  ): Promise<Link> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Link(server, upstream, webSockets, counted);
  }

  /** Faults that wait for a connection to carry bytes. */
  get armed(): number {
    return this.#armed.length;
  }

  arm(fault: LinkFault): void {
    if (fault.type === 'refuse') this.#refusals += fault.connections;
    else this.#armed.push({ ...fault });
  }

  /** Disarms what waits; what is stalled goes on, what is mute is cut. */
  heal(): void {
    this.#armed = [];
    this.#refusals = 0;
    for (const connection of [...this.#connections]) connection.heal();
  }

  async close(): Promise<void> {
    for (const connection of [...this.#connections]) connection.destroy(false);
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket): void {
    client.on('error', () => undefined);
    if (this.#refusals > 0) {
      this.#refusals--;
      client.destroy();
      return;
    }
    const { host, port } = this.#upstream();
    const bytes: Buffer[] = [];
    this.received.push(bytes);
    const connection = new Connection(client, connect(port, host), {
      webSockets: this.webSockets,
      take: (direction) => this.#take(direction),
      record: (chunk) => bytes.push(chunk),
      counted: this.#counted,
      closed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
  }

  /** The first armed fault that bytes of this direction set off. */
  #take(direction: Direction): LinkFault | null {
    const index = this.#armed.findIndex((fault) => {
      if (fault.type === 'lose-replies') return direction === 'up';
      return 'direction' in fault ? fault.direction === direction : true;
    });
    return index < 0 ? null : (this.#armed.splice(index, 1)[0] ?? null);
  }
}

interface Surroundings {
  webSockets: boolean;
  take(direction: Direction): LinkFault | null;
  record(chunk: Buffer): void;
  counted(): void;
  closed(): void;
}

class Connection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #around: Surroundings;
  readonly #drops: Record<Direction, boolean> = { up: false, down: false };
  #cut: { direction: Direction; afterBytes: number; reset: boolean } | null = null;
  #split: { bytes: number; chunks: number } | null = null;
  #busy = false;
  readonly #stalls = new Set<() => void>();
  #ended = false;

  constructor(client: Socket, server: Socket, around: Surroundings) {
    this.#client = client;
    this.#server = server;
    this.#around = around;
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', () => this.destroy(false));
    }
    void this.#pump('up', client, server);
    void this.#pump('down', server, client);
  }

  heal(): void {
    this.#cut = null;
    for (const goOn of [...this.#stalls]) goOn();
    if (this.#drops.up || this.#drops.down) this.destroy(true);
  }

  destroy(byFault: boolean, reset = false): void {
    if (this.#ended) return;
    this.#ended = true;
    if (byFault) this.#around.counted();
    for (const goOn of [...this.#stalls]) goOn();
    for (const socket of [this.#client, this.#server]) {
      if (reset) socket.resetAndDestroy();
      else socket.destroy();
    }
    this.#around.closed();
  }

  async #pump(direction: Direction, from: Socket, to: Socket): Promise<void> {
    let first = direction === 'up' && !this.#around.webSockets;
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        if (direction === 'down') this.#around.record(chunk);
        if (first && /^upgrade: *websocket/im.test(chunk.toString('latin1'))) {
          return this.destroy(false);
        }
        first = false;
        await this.#pass(direction, chunk, to);
      }
    } catch {
      // The other end is gone.
    }
    this.destroy(false);
  }

  async #pass(direction: Direction, chunk: Buffer, to: Socket): Promise<void> {
    // One fault at a time, so that each does what it says.
    const fault = this.#busy ? null : this.#around.take(direction);
    if (fault) await this.#begin(fault);
    if (this.#ended || this.#drops[direction]) return;
    const cut = this.#cut?.direction === direction ? this.#cut : null;
    if (!cut) return this.#write(chunk, to);
    await this.#write(chunk.subarray(0, cut.afterBytes), to);
    cut.afterBytes -= chunk.length;
    if (cut.afterBytes <= 0 && this.#cut === cut) this.destroy(true, cut.reset);
  }

  async #begin(fault: LinkFault): Promise<void> {
    switch (fault.type) {
      case 'cut':
        this.#busy = true;
        this.#cut = fault;
        return;
      case 'split':
        this.#split = fault;
        return;
      case 'lose-replies':
      case 'mute':
        this.#busy = true;
        this.#drops.down = true;
        this.#drops.up = fault.type === 'mute';
        void this.#wait(fault.forMs).then(() => this.destroy(true));
        return;
      case 'stall':
        this.#busy = true;
        await this.#wait(fault.forMs);
        this.#busy = false;
        return;
      case 'refuse':
        return;
    }
  }

  async #write(chunk: Buffer, to: Socket): Promise<void> {
    const split = this.#split;
    if (split && split.chunks-- <= 0) this.#split = null;
    const size = this.#split?.bytes ?? chunk.length;
    for (let start = 0; start < chunk.length && !this.#ended; start += size) {
      const flowing = to.write(chunk.subarray(start, start + size));
      if (!flowing) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      else if (size < chunk.length) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        this.#stalls.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, ms);
      this.#stalls.add(goOn);
    });
  }
}
