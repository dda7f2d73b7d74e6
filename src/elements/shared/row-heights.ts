/** There is room for so many rows more, and so many at once are no reason for a new tree. */
const spare = 64;

/**
 * Heights of many rows, in px. Where a row begins, which row stands somewhere, the change of one
 * height, and a row more or less at the end each take time that grows with the logarithm of their
 * number (a Fenwick tree).
 */
export class RowHeights {
  /** Longer than there are rows. */
  #heights = new Float64Array(0);
  #tree = new Float64Array(1);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get total(): number {
    return this.before(this.#count);
  }

  /** The height of one row; 0 where there is none. */
  of(index: number): number {
    return index < this.#count ? (this.#heights[index] ?? 0) : 0;
  }

  /** Replaces `removed` rows from `start` on by as many as there are `added` heights. */
  splice(start: number, removed: number, added: Float64Array): void {
    if (removed === added.length && this.#replace(start, added)) return;
    const old = this.#heights.subarray(0, this.#count);
    const count = old.length - removed + added.length;
    if (start + removed === old.length && count < this.#tree.length && added.length <= spare) {
      // What a node sums up stands before it: those that stay are right as they are.
      this.#count = start;
      for (const height of added) this.#push(height);
      return;
    }
    const next = new Float64Array(count + spare);
    next.set(old.subarray(0, start));
    next.set(added, start);
    next.set(old.subarray(start + removed), start + added.length);
    this.#heights = next;
    this.#count = count;
    const tree = new Float64Array(count + spare + 1);
    tree.set(next.subarray(0, count), 1);
    for (let at = 1; at <= count; at++) {
      const parent = at + (at & -at);
      if (parent <= count) tree[parent] = (tree[parent] ?? 0) + (tree[at] ?? 0);
    }
    this.#tree = tree;
  }

  #push(height: number): void {
    const at = this.#count + 1;
    this.#heights[at - 1] = height;
    this.#tree[at] = height + this.before(at - 1) - this.before(at - (at & -at));
    this.#count = at;
  }

  /** In place, if few of them are others; false where all is better built anew. */
  #replace(start: number, added: Float64Array): boolean {
    const most = this.#count / 64;
    let others = 0;
    for (let at = 0; at < added.length; at++) {
      if (added[at] !== this.#heights[start + at] && ++others > most) return false;
    }
    for (let at = 0; at < added.length; at++) this.set(start + at, added[at] ?? 0);
    return true;
  }

  set(index: number, height: number): void {
    const more = height - this.of(index);
    if (more === 0 || index < 0 || index >= this.#count) return;
    this.#heights[index] = height;
    for (let at = index + 1; at <= this.#count; at += at & -at) {
      this.#tree[at] = (this.#tree[at] ?? 0) + more;
    }
  }

  /** Height of all rows before this one: where it begins. */
  before(index: number): number {
    let sum = 0;
    for (let at = Math.min(index, this.#count); at > 0; at -= at & -at) sum += this.#tree[at] ?? 0;
    return sum;
  }

  /** The row that covers this height; the first or last one for what lies beyond. */
  at(height: number): number {
    const count = this.#count;
    let index = 0;
    let left = height;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(count, 1))); step >= 1; step /= 2) {
      const sum = this.#tree[index + step];
      if (index + step > count || sum === undefined || sum > left) continue;
      index += step;
      left -= sum;
    }
    return Math.max(0, Math.min(index, count - 1));
  }
}
