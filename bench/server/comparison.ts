import type { Child } from './child.js';

/** What one measurement gave. */
export interface Figure {
  readonly value: number;
  /** The same by the server's CPU time, which the noise of the machine touches least. */
  readonly byCpu?: number;
  readonly note?: string;
}

/** One measurement of each side, one right after the other. */
export interface Round {
  readonly theirs: Figure;
  readonly ours: Figure;
}

/** One line of the table: the same act, ours and what it is compared with. */
export interface Row {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly against: string;
  /** The ratio that must be met. */
  readonly target?: number;
  /** The lowest figure of ours, whatever theirs is. */
  readonly floor?: number;
  /** Rejects with `Unavailable` where it cannot be measured. */
  compare(bench: Bench): Promise<Round[]>;
}

export interface Bench {
  /** The process of the clients. */
  readonly load: Child;
  readonly scale: Scale;
  /** Of every row; each has its own number when undefined. */
  readonly rounds: number | undefined;
  progress(): void;
}

export interface Scale {
  /** Of the rows with thousands of sockets. */
  readonly sockets: number;
  readonly seconds: number;
  /** Of each measurement of durable sends. */
  readonly messages: number;
}

/** Something that the row needs is not installed here. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}
