import type { RowTable } from './row-table.js';

/** What is rendered beyond either end of the view, in px. */
const overscan = 300;
/** How much of that must be left before the window moves on, in px. */
const reserve = 100;
/** No view is so high that it needs more rows, however low they are. */
const mostRows = 200;

/** A row and how far its top stands below the top of the view, in px. */
export interface Anchor {
  key: string;
  index: number;
  offset: number;
}

/** Which part of many rows is looked at, by the heights that are known, and what to render for it. */
export class RowView<Row> {
  /** The first row rendered, and the one after the last. */
  from = 0;
  to = 0;
  /** In px; 0 while nothing can be seen. */
  height = 0;
  /** What holds the position; null at the edge. */
  anchor: Anchor | null = null;
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
    const { heights } = this.#table;
    const { start, from, to } = this;
    const end = start + this.#guessedHeight;
    const enough =
      (to > from || heights.count === 0) &&
      (from === 0 || heights.before(from) <= start - reserve) &&
      (to >= heights.count || heights.before(to) >= end + reserve);
    if (enough) return true;
    const wanted = this.#wanted;
    return from === wanted.from && to === wanted.to;
  }

  /** Moves the window to where the view is. */
  move(): void {
    const { from, to } = this.#wanted;
    this.from = from;
    this.to = to;
  }

  get #wanted(): { from: number; to: number } {
    const { heights } = this.#table;
    const { start } = this;
    const from = heights.at(Math.max(0, start - overscan));
    const to = heights.at(start + this.#guessedHeight + overscan) + 1;
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
