import type { RowTable } from './row-table.js';

/** What is rendered beyond either end of the view, in px: once the reader scrolls, and until then. */
const overscan = 300;
const restingOverscan = 120;
/** How much of that must be left before the window moves on, in px. */
const reserve = 100;
/** Beyond the view as it is shown first, when every row is one that somebody waits for. */
const firstOverscan = 24;
/** So many rows may stay rendered above the window: each message that comes would take one away. */
const mostLeft = 8;
/** No view is so high that it needs more rows, however low they are. */
const mostRows = 200;

/** A row and how far its top stands below the top of the view, in px. */
export interface Anchor {
  key: string;
  index: number;
  offset: number;
}

/** Rows from one place to before another. */
interface Range {
  from: number;
  to: number;
}

const none: Range = { from: 0, to: 0 };

/** Which part of many rows is looked at, by the heights that are known, and what to render for it. */
export class RowView<Row> {
  /** The first row rendered, and the one after the last. */
  from = 0;
  to = 0;
  /** In px; 0 while nothing can be seen. */
  height = 0;
  /** What holds the position; null at the edge. */
  anchor: Anchor | null = null;
  /** Nothing was painted yet: only what is seen is rendered. */
  early = true;
  /** The reader has scrolled. */
  moving = false;
  /** Whether as many rows as fill a view stay rendered at either end, which is then there at once. */
  keepsEnds = false;
  #table: RowTable<Row>;
  #edge: 'start' | 'end';

  constructor(table: RowTable<Row>, edge: 'start' | 'end') {
    this.#table = table;
    this.#edge = edge;
  }

  /** Where the view begins, in px from the first row. */
  get start(): number {
    const { heights } = this.#table;
    if (this.anchor) return heights.before(this.anchor.index) - this.anchor.offset;
    return this.#edge === 'start' ? 0 : Math.max(0, heights.total - this.#guessedHeight);
  }

  /** Whether enough is rendered, or as much as may be. */
  get covered(): boolean {
    const { from, to } = this;
    if (this.standsIn) return true;
    if (this.#ends.some((end) => this.#covers(end.from, end.to, 0))) return true;
    const wanted = this.#wanted;
    return from <= wanted.from && to >= wanted.to;
  }

  /** The row at the top of the view. */
  get first(): number {
    return this.#table.heights.at(Math.max(0, this.start));
  }

  /** Whether the window itself has enough. */
  get standsIn(): boolean {
    return this.#covers(this.from, this.to, this.early ? 0 : reserve);
  }

  /** Places of the rows that are rendered, in their order. */
  get indexes(): number[] {
    const indexes: number[] = [];
    let next = 0;
    const [first = none, last = none] = this.#ends;
    for (const { from, to } of [first, { from: this.from, to: this.to }, last]) {
      for (let index = Math.max(from, next); index < to; index++) indexes.push(index);
      next = Math.max(next, to);
    }
    return indexes;
  }

  /** Whether these rows fill the view, with so many px left at either side. */
  #covers(from: number, to: number, left: number): boolean {
    const { heights } = this.#table;
    const { start } = this;
    const end = start + this.#guessedHeight;
    return (
      (to > from || heights.count === 0) &&
      (from === 0 || heights.before(from) <= start - left) &&
      (to >= heights.count || heights.before(to) >= end + left)
    );
  }

  get #ends(): readonly Range[] {
    if (!this.keepsEnds || this.early) return [];
    const { heights } = this.#table;
    const { count, total } = heights;
    const room = this.#guessedHeight + firstOverscan;
    const first = Math.min(heights.at(room) + 1, mostRows, count);
    const last = Math.max(heights.at(Math.max(0, total - room)), count - mostRows);
    return [
      { from: 0, to: first },
      { from: last, to: count },
    ];
  }

  /** Moves the window to where the view is; a few rows that it leaves stay for the next time. */
  move(): void {
    const { from, to } = this.#wanted;
    const left = from - this.from;
    if (this.early || this.to === 0 || left < 0 || left > mostLeft) this.from = from;
    this.to = to;
  }

  get #wanted(): Range {
    const { heights } = this.#table;
    const { start } = this;
    const beyond = this.moving ? overscan : this.early ? firstOverscan : restingOverscan;
    const from = heights.at(Math.max(0, start - beyond));
    const to = heights.at(start + this.#guessedHeight + beyond) + 1;
    return { from, to: Math.min(to, from + mostRows, heights.count) };
  }

  /** Other rows: the position goes to one that was seen before and is there still. */
  replace(rows: readonly Row[]): void {
    const { anchor } = this;
    const inView = anchor ? this.#seen(anchor.index, 1) : [];
    const above = anchor ? this.#seen(anchor.index - 1, -1) : [];
    const more = rows.length - this.#table.rows.length;
    this.#table.replace(rows);
    this.anchor = this.#survivor(inView, more) ?? this.#survivor(above, 0);
  }

  clear(): void {
    this.#table.clear();
    this.anchor = null;
    this.early = true;
    this.moving = false;
    this.from = 0;
    this.to = 0;
  }

  /** Nobody has seen it yet, or it is hidden. */
  get #guessedHeight(): number {
    return this.height || Math.min(window.innerHeight, 1_000);
  }

  /** From a row on up to the end of the view, or a few above. */
  #seen(start: number, step: 1 | -1): Anchor[] {
    const { heights } = this.#table;
    const seen: Anchor[] = [];
    for (let index = start; seen.length < 40; index += step) {
      const key = this.#table.key(index);
      const offset = heights.before(index) - this.start;
      if (key === null || offset >= this.height) break;
      seen.push({ key, index, offset });
    }
    return seen;
  }

  /** The first that moved with most: a card that goes to the top of a list takes nobody along. */
  #survivor(seen: readonly Anchor[], more: number): Anchor | null {
    const votes = new Map<number, number>();
    let shift = more;
    const there = seen.flatMap((row) => {
      const hint = this.#table.key(row.index + shift) === row.key ? row.index + shift : row.index;
      const index = this.#table.indexOf(row.key, hint);
      if (index === -1) return [];
      shift = index - row.index;
      votes.set(shift, (votes.get(shift) ?? 0) + 1);
      return [{ ...row, index, shift }];
    });
    const most = Math.max(...votes.values());
    const row = there.find((one) => votes.get(one.shift) === most);
    return row ? { key: row.key, index: row.index, offset: row.offset } : null;
  }
}
