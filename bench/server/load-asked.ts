/** What the load can be asked for. Rates are a second. */
export interface Crowd {
  readonly port: number;
  readonly sockets: number;
  /** How many connect at the same time. */
  readonly atOnce: number;
  /**
   * Which topics a socket joins: its own, the one of all, one of ten members (`lobbies` with
   * presence), or its own and its neighbour's.
   */
  readonly topics: 'own' | 'one' | 'tens' | 'lobbies' | 'pairs';
}

export interface EchoAsked {
  readonly seconds: number;
}

export interface FanoutAsked {
  readonly seconds: number;
  /** Broadcasts that may be on the way. */
  readonly window: number;
}

export interface TrickleAsked {
  readonly seconds: number;
  readonly rate: number;
}

export interface Trickled {
  /** Of all deliveries that were due. */
  readonly delivered: number;
  /** Pushes that were really sent. */
  readonly rate: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** A visitor with a token for the channel. */
export interface Visitor {
  readonly id: string;
  readonly token: string;
}

export interface VisitorsAsked {
  /** Of the nodes; visitors take turns. */
  readonly ports: readonly number[];
  readonly visitors: readonly Visitor[];
}

export interface Sent {
  /** Acknowledged messages a second. */
  readonly rate: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}
