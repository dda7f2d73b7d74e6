import { RowHeights } from './row-heights.js';

/** A row to render. */
export interface ShownRow<Row> {
  key: string;
  row: Row;
  /** Its place among all rows. */
  index: number;
}

/** Rows by place and key, with the heights that are known and guesses for the rest. */
export class RowTable<Row> {
  rows: readonly Row[] = [];
  readonly heights = new RowHeights();
  #known = new Map<string, number>();
  /** Taken again with each change: a row that moves far is told by very many heights. */
  #changed = new Float64Array(0);
  #key: (row: Row) => string;
  #estimate: (row: Row) => number;

  constructor(key: (row: Row) => string, estimate: (row: Row) => number) {
    this.#key = key;
    this.#estimate = estimate;
  }

  key(index: number): string | null {
    const row = this.rows[index];
    return row === undefined ? null : this.#key(row);
  }

  isMeasured(key: string): boolean {
    return this.#known.has(key);
  }

  measure(index: number, height: number): void {
    const key = this.key(index);
    if (key === null) return;
    this.#known.set(key, height);
    this.heights.set(index, height);
  }

  /** Takes other rows in place of these; only those between the first and last change are visited. */
  replace(rows: readonly Row[]): void {
    const before = this.rows;
    const shorter = Math.min(before.length, rows.length);
    let start = 0;
    while (start < shorter && this.#isSame(before[start], rows[start])) start++;
    let end = 0;
    const [oldEnd, newEnd] = [before.length - 1, rows.length - 1];
    while (end < shorter - start && this.#isSame(before[oldEnd - end], rows[newEnd - end])) end++;
    this.rows = rows;
    const removed = before.length - start - end;
    const more = rows.length - start - end;
    if (removed === 0 && more === 0) return;
    if (this.#changed.length < more) this.#changed = new Float64Array(more);
    const added = this.#changed.subarray(0, more);
    // Most of them only moved, and all by as many places as the one before.
    let shift = 0;
    for (let at = 0; at < added.length; at++) {
      const row = rows[start + at];
      if (row === undefined) continue;
      if (before[start + at - shift] !== row) {
        if (before[start + at - shift - 1] === row) shift++;
        else if (before[start + at - shift + 1] === row) shift--;
        else {
          added[at] = this.#known.get(this.#key(row)) ?? this.#estimate(row);
          continue;
        }
      }
      added[at] = this.heights.of(start + at - shift);
    }
    this.heights.splice(start, removed, added);
  }

  /** Where a row stands, looked for at `hint` first; -1 where it is gone. */
  indexOf(key: string, hint: number): number {
    if (this.key(hint) === key) return hint;
    return this.rows.findIndex((row) => this.#key(row) === key);
  }

  clear(): void {
    this.rows = [];
    this.#known.clear();
    this.#changed = new Float64Array(0);
    this.heights.splice(0, this.heights.count, new Float64Array(0));
  }

  #isSame(a: Row | undefined, b: Row | undefined): boolean {
    return a === b || (a !== undefined && b !== undefined && this.#key(a) === this.#key(b));
  }
}
