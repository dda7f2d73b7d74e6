import type { RowHeights } from './row-heights.js';
import type { ShownRow } from './row-table.js';

/** Which element is which row, as rendered last, and the space between them. */
export class RowElements {
  shown: readonly ShownRow<unknown>[] = [];
  #byKey = new Map<string, HTMLElement>();
  #keys = new WeakMap<Element, string>();

  of(key: string): HTMLElement | null {
    return this.#byKey.get(key) ?? null;
  }

  /** The row that an element of the list is; none for any other element. */
  row(element: Element): ShownRow<unknown> | undefined {
    const key = this.#keys.get(element);
    return key === undefined ? undefined : this.shown.find((one) => one.key === key);
  }

  /** The row in which the focus is. */
  focused(list: HTMLElement): ShownRow<unknown> | undefined {
    let element = (list.getRootNode() as Document | ShadowRoot).activeElement;
    if (!element || !list.contains(element)) return undefined;
    while (element && element.parentElement !== list) element = element.parentElement;
    return element ? this.row(element) : undefined;
  }

  /** Takes the children of the list for these rows, and watches them. */
  sync(list: HTMLElement | null, shown: readonly ShownRow<unknown>[], sizes: ResizeObserver): void {
    const gone = new Set(this.#byKey.values());
    this.shown = shown;
    this.#byKey = new Map();
    for (const [at, { key }] of shown.entries()) {
      const element = list?.children[at];
      if (!(element instanceof HTMLElement)) break;
      this.#keys.set(element, key);
      this.#byKey.set(key, element);
      if (!gone.delete(element)) sizes.observe(element);
    }
    for (const element of gone) sizes.unobserve(element);
  }

  clear(): void {
    this.shown = [];
    this.#byKey.clear();
  }

  /** Gives rows the margins that stand for those which are not rendered; `drift` px more before one. */
  space(heights: RowHeights, drifting: number, drift: number): void {
    const last = this.shown.length - 1;
    let end = 0;
    for (const [at, { key, index }] of this.shown.entries()) {
      const more = index === drifting ? drift : 0;
      const gap = heights.before(index) - heights.before(end) + more;
      end = index + 1;
      const style = this.of(key)?.style;
      if (!style) continue;
      setMargin(style, 'margin-block-start', gap);
      setMargin(style, 'margin-block-end', at === last ? heights.total - heights.before(end) : 0);
    }
  }

  /** Until the parts of these rows have rendered, as far as they are elements of Lit. */
  async rendered(keys: readonly string[]): Promise<void> {
    const parts = keys.flatMap((key) => [...(this.of(key)?.querySelectorAll(':defined') ?? [])]);
    await Promise.all(parts.map((part) => ('updateComplete' in part ? part.updateComplete : null)));
  }
}

function setMargin(style: CSSStyleDeclaration, side: string, px: number): void {
  const value = px > 0 ? `${px}px` : '';
  if (style.getPropertyValue(side) !== value) style.setProperty(side, value);
}
