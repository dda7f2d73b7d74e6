import type { Stamp } from '../stamps.js';
import { laneOf, lanes, type Wire } from './wire.js';

/** What nodes say to each other; each kind has one listener or a few. */
export type Kind = 'phoenix' | 'event' | 'roster';

export interface BusOptions {
  /** Unique among all nodes and all their starts. */
  node: string;
  wire: Wire;
  stamp: Stamp;
  log: { warn(fields: object, message: string): void };
  /** How often a node says that it lives, in ms. */
  beatMs?: number;
  /** A node that was silent for so long is gone, in ms. */
  leaseMs?: number;
}

interface Peer {
  heardAt: number;
  /** By lane, the number of its last message. */
  counts: Map<number, number>;
}

type Listener = (message: unknown, node: string) => void;
type Envelope = [node: string, count: number, stamp: number, kind: string, message?: unknown];

const beatKind = 'beat';
const byeKind = 'bye';
const beatEnd = `,"${beatKind}"]`;

/**
 * Messages between nodes, at most once and in order for one key, with what makes their loss known:
 * a node numbers its messages in each lane and repeats the last number with every beat. Beats that
 * a node does not hear of itself tell it that it is cut off; then it forgets nobody.
 */
export class ClusterBus {
  readonly node: string;
  /** What every message of this node begins with. */
  readonly #own: string;
  readonly #wire: Wire;
  readonly #stamp: Stamp;
  readonly #log: BusOptions['log'];
  readonly #beatMs: number;
  readonly #leaseMs: number;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #onLoss = new Set<(node: string | null) => void>();
  readonly #onGone = new Set<(node: string, politely: boolean) => void>();
  readonly #peers = new Map<string, Peer>();
  readonly #counts = new Array<number>(lanes).fill(0);
  /** By lane, when this node last heard itself. */
  readonly #echoes = new Array<number>(lanes).fill(Number.NEGATIVE_INFINITY);
  /** Since when it hears itself without a break; null while it does not. */
  #connectedSince: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];
  #tickedAt = 0;
  #renewedAt = 0;
  #beatAt = 0;
  #lagMs: number | null = null;

  constructor({ node, wire, stamp, log, beatMs = 3_000, leaseMs = 10_000 }: BusOptions) {
    this.node = node;
    this.#own = `[${JSON.stringify(node)},`;
    this.#wire = wire;
    this.#stamp = stamp;
    this.#log = log;
    this.#beatMs = beatMs;
    this.#leaseMs = leaseMs;
  }

  /** Whether messages of other nodes arrive, as far as this node can tell. */
  get isConnected(): boolean {
    return this.#connectedSince !== null;
  }

  /** From the last beat to hearing it, in ms; null before the first one came back. */
  get lagMs(): number | null {
    return this.#lagMs;
  }

  /** Other nodes that are alive. */
  get peers(): string[] {
    return [...this.#peers.keys()];
  }

  start(): void {
    this.#tickedAt = this.#renewedAt = performance.now();
    this.#wire.start(
      (lane, text) => this.#receive(lane, text),
      () => {
        // An echo of it tells that the way is open in both directions.
        this.#beat();
        this.#lost(null);
      },
    );
    this.#timer = setInterval(() => this.#tick(), this.#beatMs).unref();
  }

  /** Resolves when messages of other nodes arrive, or after that time. */
  async connected(ms: number): Promise<void> {
    if (this.isConnected) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** To the other nodes; what shares a key arrives in this order. Never throws for a lost network. */
  publish(kind: Kind, key: string, message: unknown): void {
    const lane = laneOf(key);
    const count = (this.#counts[lane] ?? 0) + 1;
    this.#counts[lane] = count;
    this.#send(lane, [this.node, count, this.#stamp.last(), kind, message]);
  }

  subscribe(kind: Kind, listener: Listener): () => void {
    const listeners = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Messages of a node, or of all (null), may not have arrived until now. */
  onLoss(listener: (node: string | null) => void): () => void {
    this.#onLoss.add(listener);
    return () => this.#onLoss.delete(listener);
  }

  /** A node said goodbye, or is silent for as long as its lease. */
  onGone(listener: (node: string, politely: boolean) => void): () => void {
    this.#onGone.add(listener);
    return () => this.#onGone.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#send(0, [this.node, this.#counts[0] ?? 0, this.#stamp.last(), byeKind]);
    await this.#wire.close();
  }

  #send(lane: number, envelope: Envelope): void {
    this.#wire.send(lane, JSON.stringify(envelope));
  }

  #beat(): void {
    this.#beatAt = performance.now();
    for (let lane = 0; lane < lanes; lane++) {
      this.#send(lane, [this.node, this.#counts[lane] ?? 0, this.#stamp.last(), beatKind]);
    }
  }

  #tick(): void {
    const now = performance.now();
    // Whoever was stopped for a while has not read yet what the others said meanwhile.
    if (now - this.#tickedAt > 2 * this.#beatMs) this.#interrupted(now);
    this.#tickedAt = now;
    const echoedAt = Math.min(...this.#echoes);
    if (echoedAt < now - 2.5 * this.#beatMs) {
      if (this.#connectedSince !== null) this.#log.warn({}, 'cut off from the other nodes');
      this.#connectedSince = null;
      if (Math.max(echoedAt, this.#renewedAt) < now - this.#leaseMs) {
        this.#renewedAt = now;
        this.#wire.renew();
      }
    }
    if (this.#connectedSince !== null && this.#connectedSince < now - this.#leaseMs) {
      for (const [node, { heardAt }] of this.#peers) {
        if (heardAt < now - this.#leaseMs) this.#forget(node, false);
      }
    }
    this.#beat();
  }

  #interrupted(now: number): void {
    this.#echoes.fill(now);
    if (this.#connectedSince !== null) this.#connectedSince = now;
  }

  #receive(lane: number, text: string): void {
    // Half of what arrives, where nodes are few: nobody here needs to know what it says.
    if (text.startsWith(this.#own)) {
      if (text.endsWith(beatEnd)) this.#lagMs = performance.now() - this.#beatAt;
      this.#heardMyself(lane);
      return;
    }
    const envelope = parse(text);
    if (!envelope) {
      this.#log.warn({ lane }, 'a message of another node cannot be read');
      return;
    }
    const [node, count, stamp, kind, message] = envelope;
    this.#stamp.observe(stamp);
    if (kind === byeKind) {
      this.#forget(node, true);
      return;
    }
    const lossless = this.#count(node, lane, count, kind === beatKind);
    if (kind !== beatKind) {
      for (const listener of this.#listeners.get(kind) ?? []) this.#tell(listener, message, node);
    }
    if (!lossless) this.#lost(node);
  }

  #heardMyself(lane: number): void {
    const now = performance.now();
    this.#echoes[lane] = now;
    if (this.#connectedSince !== null || Math.min(...this.#echoes) < now - 2 * this.#beatMs) return;
    this.#connectedSince = now;
    // Nobody is forgotten for a silence that was this node's own.
    for (const peer of this.#peers.values()) peer.heardAt = now;
    for (const resolve of this.#waiting.splice(0)) resolve();
    this.#lost(null);
  }

  /** False when something before this message is missing, or the node was unknown. */
  #count(node: string, lane: number, count: number, isBeat: boolean): boolean {
    const now = performance.now();
    const peer = this.#peers.get(node);
    if (!peer) {
      this.#peers.set(node, { heardAt: now, counts: new Map([[lane, count]]) });
      return false;
    }
    peer.heardAt = now;
    const before = peer.counts.get(lane);
    peer.counts.set(lane, Math.max(before ?? 0, count));
    // What was said in this lane before the node was heard is made up for by what follows then.
    return before === undefined || count <= before + (isBeat ? 0 : 1);
  }

  #forget(node: string, politely: boolean): void {
    if (!this.#peers.delete(node)) return;
    for (const listener of this.#onGone) listener(node, politely);
    // It may have gone between a commit and telling of it.
    if (!politely) this.#lost(node);
  }

  #lost(node: string | null): void {
    for (const listener of this.#onLoss) listener(node);
  }

  #tell(listener: Listener, message: unknown, node: string): void {
    try {
      listener(message, node);
    } catch (error) {
      this.#log.warn({ err: error, node }, 'a message of another node could not be used');
    }
  }
}

function parse(text: string): Envelope | null {
  try {
    const value: unknown = JSON.parse(text);
    return isEnvelope(value) ? value : null;
  } catch {
    return null;
  }
}

function isEnvelope(value: unknown): value is Envelope {
  if (!Array.isArray(value)) return false;
  const [node, count, stamp, kind] = value as unknown[];
  return (
    typeof node === 'string' &&
    typeof count === 'number' &&
    typeof stamp === 'number' &&
    typeof kind === 'string'
  );
}
