import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { RowElements } from './row-elements.js';
import type { RowWindowParts } from './row-parts.js';
import { RowTable, type ShownRow } from './row-table.js';
import { RowView, type Anchor } from './row-view.js';
import { whenIdle } from './when-idle.js';

export type { RowWindowParts, ShownRow };

/** How near the end, in px, counts as reading the latest. */
const endZone = 48;
/** Windows in a row, with no frame between, after which heights are no help. */
const mostTurns = 10;
/** A reader who has not scrolled for so long, in ms, holds still. */
const stillMs = 100;

/**
 * Renders a window of rows out of many, and keeps the reading position: the first row that begins
 * in the view stays at its pixel, whatever comes, grows or goes around it. A reader at the edge
 * stays there. The focused row stays rendered.
 *
 * The host's template maps `show(rows)` to the children of the list, by key; the controller gives
 * rows next to those that are not rendered the margins that stand for them. Rows are in the flow of
 * the document: a wrong guess of a height moves the scrollbar, never a row.
 */
export class RowWindow<Row> implements ReactiveController {
  atEdge = true;
  #host: ReactiveControllerHost & HTMLElement;
  #parts: RowWindowParts<Row>;
  #table: RowTable<Row>;
  #view: RowView<Row>;
  #shown: readonly ShownRow<Row>[] = [];
  #elements = new RowElements();
  #sizes: ResizeObserver | null = null;
  #scroller: HTMLElement | null = null;
  /** How much further down the window stands than the heights before it say, in px. */
  #drift = 0;
  /** As they were when the position was put right, in px. */
  #top = 0;
  #height = 0;
  #scrolledAt = -Infinity;
  #still: ReturnType<typeof setTimeout> | undefined;
  /** Rows came or went, or the view goes elsewhere, since the position was put right. */
  #changed = false;
  #turns = 0;
  /** False from an update until its rows have rendered: what scrolls meanwhile is no reader. */
  #settled = true;
  #settling: Promise<void> = Promise.resolve();
  #call = 0;
  #stopWaiting: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: RowWindowParts<Row>) {
    this.#host = host;
    this.#parts = parts;
    this.#table = new RowTable(
      (row) => parts.key(row),
      (row) => parts.estimate(row),
    );
    this.#view = new RowView(this.#table, parts.edge);
    this.#view.keepsEnds = parts.keepsEnds ?? false;
    host.addController(this);
  }

  hostConnected(): void {
    // Rendered already, if it was moved in the document.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
    this.#sizes = null;
    this.#scroller = null;
    this.#elements.clear();
    this.#view.height = 0;
    clearTimeout(this.#still);
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#settled = true;
    this.#call++;
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostUpdated(): void {
    this.#observe();
    this.#space();
    this.#settled = false;
    this.#settling = this.#settle();
  }

  /** The next rows are others: they are shown from the edge. */
  reset(): void {
    this.#view.clear();
    this.#view.height = 0;
    this.#drift = 0;
    this.#setAtEdge(true);
  }

  /**
   * The rows to render, out of all, in order. Call it while the host renders; the same array as
   * before says that nothing changed.
   */
  show(rows: readonly Row[]): readonly ShownRow<Row>[] {
    if (rows !== this.#table.rows) {
      this.#view.replace(rows);
      this.#changed = true;
    }
    if (this.#changed || !this.#view.standsIn) this.#view.move();
    this.#shown = this.#select();
    return this.#shown;
  }

  /** How many rows there are before the first in view. */
  get rowsAbove(): number {
    return this.#view.first;
  }

  /** Listens to the scroller's `scroll`. */
  readonly onScroll = (): void => {
    this.#turns = 0;
    this.#settled = true;
    this.#follow();
    this.#after();
  };

  jumpToEdge(): void {
    this.#view.anchor = null;
    this.#changed = true;
    this.#setAtEdge(true);
    this.#host.requestUpdate();
  }

  /** Brings a row into view. Resolves with its element; null where there is no such row. */
  async reveal(key: string): Promise<HTMLElement | null> {
    const { heights } = this.#table;
    const view = this.#view;
    const index = this.#table.indexOf(key, view.anchor?.index ?? 0);
    if (index === -1) return null;
    const offset = heights.before(index) - view.start;
    const room = view.height - heights.of(index);
    if (offset < 0 || offset > room) {
      this.#setAtEdge(false);
      view.anchor = { key, index, offset: Math.max(0, offset < 0 ? 24 : room - 24) };
      this.#changed = true;
    }
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    await this.#settling;
    return this.element(key);
  }

  /** The element of a row, if it is rendered. */
  element(key: string): HTMLElement | null {
    return this.#elements.of(key);
  }

  /** None while it is hidden: then there is no position to speak of. */
  #visible(): HTMLElement | null {
    const scroller = this.#parts.scroller();
    return scroller && scroller.clientHeight > 0 ? scroller : null;
  }

  #select(): ShownRow<Row>[] {
    const list = this.#parts.list();
    const keys = [list && this.#elements.focused(list)?.key, this.#parts.kept?.()];
    const inside = this.#view.indexes;
    const outside = keys.flatMap((key) => {
      const known = this.#shown.find((one) => one.key === key);
      const index = known ? this.#table.indexOf(known.key, known.index) : -1;
      return index === -1 ? [] : [index];
    });
    const indexes =
      outside.length === 0 ? inside : [...new Set([...outside, ...inside])].sort((a, b) => a - b);
    return indexes.flatMap((index) => {
      const row = this.#table.rows[index];
      return row === undefined ? [] : [{ key: this.#parts.key(row), row, index }];
    });
  }

  /** Takes note of which element is which row, and watches their sizes. */
  #observe(): void {
    const scroller = this.#parts.scroller();
    const sizes = (this.#sizes ??= new ResizeObserver(this.#onResize));
    if (scroller !== this.#scroller) {
      if (this.#scroller) sizes.unobserve(this.#scroller);
      if (scroller) sizes.observe(scroller);
      this.#scroller = scroller;
      this.#view.height = 0;
    }
    this.#elements.sync(this.#parts.list(), this.#shown, sizes);
  }

  #space(): void {
    const { from } = this.#view;
    if (this.#gapBefore() <= 0) this.#drift = 0;
    this.#elements.space(this.#table.heights, from, this.#drift);
  }

  /** Height of what is not rendered right above the window, in px. */
  #gapBefore(): number {
    const { heights } = this.#table;
    const { from } = this.#view;
    const before = this.#shown.findLast((one) => one.index < from);
    return heights.before(from) - heights.before((before?.index ?? -1) + 1);
  }

  /** Waits until the parts of new rows have rendered too, which is before anything is painted. */
  async #settle(): Promise<void> {
    const call = ++this.#call;
    const fresh = this.#shown.filter(({ key }) => !this.#table.isMeasured(key));
    await this.#elements.rendered(fresh.map(({ key }) => key));
    if (call !== this.#call) return;
    this.#settled = true;
    if (!this.#visible()) return;
    for (const { key, index } of this.#shown) {
      const element = this.#elements.of(key);
      if (element) this.#table.measure(index, element.getBoundingClientRect().height);
    }
    this.#putRight();
  }

  readonly #onResize = (entries: readonly ResizeObserverEntry[]): void => {
    const scroller = this.#visible();
    if (!scroller) {
      this.#view.height = 0;
      return;
    }
    this.#turns = 0;
    this.#track(scroller);
    for (const { target, borderBoxSize } of entries) {
      const shown = this.#elements.row(target);
      const height = borderBoxSize[0]?.blockSize;
      if (shown && height !== undefined) this.#table.measure(shown.index, height);
    }
    this.#putRight();
  };

  /**
   * Heights are right: so be the position, and the window. Between an update and this nobody
   * scrolls; a browser that lays out half of it may, and is overruled.
   */
  #putRight(): void {
    this.#space();
    this.#restore();
    this.#after();
    if (this.#view.early) this.#stopWaiting ??= whenIdle(this.#onIdle);
  }

  /** What was waited for is painted: now what may be wanted next. */
  readonly #onIdle = (): void => {
    this.#stopWaiting = undefined;
    this.#view.early = false;
    this.#host.requestUpdate();
  };

  #after(): void {
    const scroller = this.#visible();
    if (!scroller) return;
    if (!this.#view.covered && this.#turns++ < mostTurns) this.#host.requestUpdate();
    this.#parts.onMoved?.(scroller.scrollTop, below(scroller));
  }

  #follow(): void {
    const scroller = this.#visible();
    if (!scroller || !this.#track(scroller) || this.atEdge) return;
    this.#restore();
    this.#pick(scroller);
  }

  /** Takes note of where the reader went; false where that is nowhere. */
  #track(scroller: HTMLElement): boolean {
    const moved = scroller.scrollTop - this.#top;
    // Hidden until now: what its position is then is the browser's affair.
    if (moved === 0 || this.#view.height === 0 || !this.#settled) return false;
    this.#top = scroller.scrollTop;
    // Content that shrinks pushes the view; the reader did not move.
    if (moved < 0 && below(scroller) <= 1 && scroller.scrollHeight < this.#height) return false;
    this.#scrolledAt = performance.now();
    this.#view.moving = true;
    this.#view.early = false;
    clearTimeout(this.#still);
    this.#still = setTimeout(this.#onStill, stillMs);
    const { anchor } = this.#view;
    if (anchor) this.#view.anchor = { ...anchor, offset: anchor.offset - moved };
    this.#judge(scroller, moved);
    return true;
  }

  #judge(scroller: HTMLElement, moved: number): void {
    const toEnd = this.#parts.edge === 'end';
    const left = toEnd ? below(scroller) : scroller.scrollTop;
    if (left <= (toEnd ? endZone : 1)) this.#setAtEdge(true);
    // What grew since moves the edge away; only a reader who moves away leaves it.
    else if (toEnd ? moved < -1 : moved > 1) this.#setAtEdge(false);
    if (this.atEdge) this.#view.anchor = null;
  }

  /** The first row that begins in the view; where none does, the one that fills it. */
  #pick(scroller: HTMLElement): void {
    const top = scroller.getBoundingClientRect().top;
    let seen: Anchor | null = null;
    for (const { key, index } of this.#shown) {
      const box = this.#elements.of(key)?.getBoundingClientRect();
      if (!box || box.bottom <= top) continue;
      const offset = box.top - top;
      if (offset >= this.#view.height) break;
      seen = { key, index, offset };
      if (offset >= -0.5) break;
    }
    this.#view.anchor = seen ?? this.#guess(top);
  }

  /** The row that should be where the reader went, far from what is rendered. */
  #guess(top: number): Anchor | null {
    const { heights } = this.#table;
    const list = this.#parts.list();
    if (!list || heights.count === 0) return null;
    const padding = parseFloat(getComputedStyle(list).paddingBlockStart);
    const start = top - list.getBoundingClientRect().top - padding;
    const index = heights.at(Math.max(0, start));
    this.#drift = 0;
    return { key: this.#table.key(index) ?? '', index, offset: heights.before(index) - start };
  }

  #restore(): void {
    const scroller = this.#visible();
    if (!scroller) return;
    const resized = scroller.clientHeight !== this.#view.height;
    this.#view.height = scroller.clientHeight;
    if (!this.atEdge) this.#putBack(scroller);
    else if (resized || this.#changed || scroller.scrollHeight !== this.#height)
      this.#hold(scroller);
    this.#changed = false;
    this.#top = scroller.scrollTop;
    this.#height = scroller.scrollHeight;
    if (this.#parts.edge === 'end' && below(scroller) < 1) this.#setAtEdge(true);
  }

  #hold(scroller: HTMLElement): void {
    if (this.#drift !== 0) {
      this.#drift = 0;
      this.#space();
    }
    scroller.scrollTop = this.#parts.edge === 'end' ? scroller.scrollHeight : 0;
  }

  #putBack(scroller: HTMLElement): void {
    const wrong = this.#wrong(scroller);
    if (wrong !== 0 && !this.#absorb(wrong) && Math.abs(wrong) >= 0.5) scroller.scrollTop += wrong;
    const offset = this.#view.anchor?.offset ?? -1;
    // At either end there is no more to scroll, and far away the row was a guess.
    const begins = offset > -1 && offset < this.#view.height;
    if (!begins || Math.abs(this.#wrong(scroller)) > 1) this.#pick(scroller);
  }

  /** How far the anchor stands below its place, in px. */
  #wrong(scroller: HTMLElement): number {
    const { anchor } = this.#view;
    const element = anchor && this.#elements.of(anchor.key);
    if (!element) return 0;
    const top = scroller.getBoundingClientRect().top;
    return element.getBoundingClientRect().top - top - anchor.offset;
  }

  /** While somebody scrolls, the empty space above gives way: the scroll itself is not disturbed. */
  #absorb(wrong: number): boolean {
    const scrolling = performance.now() - this.#scrolledAt < stillMs;
    const space = this.#gapBefore();
    const drift = this.#drift - wrong;
    if (!scrolling || this.#changed || space <= 0 || space + drift < 0) return false;
    this.#drift = drift;
    this.#space();
    return true;
  }

  readonly #onStill = (): void => {
    const scroller = this.#visible();
    this.#scrolledAt = -Infinity;
    if (!scroller) return;
    // The reader holds still at an end that is kept, and the window is elsewhere.
    if (!this.#view.standsIn) this.#host.requestUpdate();
    if (this.#drift === 0 || this.#track(scroller)) return;
    this.#drift = 0;
    this.#putRight();
  };

  #setAtEdge(atEdge: boolean): void {
    if (atEdge === this.atEdge) return;
    this.atEdge = atEdge;
    if (atEdge) this.#view.anchor = null;
    this.#parts.onEdgeChanged?.(atEdge);
  }
}

function below(scroller: HTMLElement): number {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
}
