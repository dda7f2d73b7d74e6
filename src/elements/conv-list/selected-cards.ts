import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Which cards are selected (S3.10). A range goes from the card that was chosen last to this one, as
 * they stand on screen.
 */
export class SelectedCards implements ReactiveController {
  /** The checkboxes are shown although none is checked. */
  selecting = false;
  #host: ReactiveControllerHost;
  #ids: ReadonlySet<string> = new Set();
  #from: string | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  get active(): boolean {
    return this.selecting || this.#ids.size > 0;
  }

  toggle(id: string, shown: readonly string[], { range = false } = {}): void {
    const from = range && this.#from !== null ? shown.indexOf(this.#from) : -1;
    const to = shown.indexOf(id);
    const ids = new Set(this.#ids);
    if (from === -1) {
      if (!ids.delete(id)) ids.add(id);
    } else {
      for (const each of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(each);
    }
    this.#from = id;
    this.#set(ids);
  }

  /** All that are shown; none where all were. */
  toggleAll(shown: readonly string[]): void {
    this.#set(new Set(this.#ids.size === shown.length ? [] : shown));
  }

  /** What left the list is not selected any more: nobody would see what an act does to it. */
  keep(shown: readonly string[]): void {
    const there = new Set(shown);
    const ids = [...this.#ids].filter((id) => there.has(id));
    if (ids.length < this.#ids.size) this.#ids = new Set(ids);
  }

  start(): void {
    this.selecting = true;
    this.#host.requestUpdate();
  }

  clear(): void {
    this.selecting = false;
    this.#from = null;
    this.#set(new Set());
  }

  #set(ids: ReadonlySet<string>): void {
    this.#ids = ids;
    this.#host.requestUpdate();
  }
}
