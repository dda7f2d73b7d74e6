import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ConversationStore } from '../../store/agent-client.js';
import type { Thread } from '../../store/thread-item.js';
import { afterPaint } from '../shared/after-paint.js';
import { RovingController } from '../shared/roving-controller.js';
import { RowWindow, type ShownRow } from '../shared/row-window.js';
import type { ThreadRow } from '../shared/thread-rows.js';
import { whenIdle } from '../shared/when-idle.js';
import { isEditable, type MessageActs } from './message-acts.js';
import { newest } from './newest.js';
import { estimatedHeight } from './row-estimate.js';
import { RowMemory } from './row-memory.js';
import { SeenController } from './seen-controller.js';

/** Fewer rows than that above the reader ask for older messages: a page is there before it is reached. */
const ahead = 60;
/** How near the top, in px, asks for every row at once. */
const topZone = 400;

interface LogParts {
  conversation(): ConversationStore | undefined;
  thread(): Thread | undefined;
  acts: MessageActs;
}

/** The messages of a thread as they are read: which are rendered, where the reader is, what is new. */
export class LogController implements ReactiveController {
  readonly window: RowWindow<ThreadRow>;
  readonly roving: RovingController;
  #host: ReactiveControllerHost & HTMLElement;
  #parts: LogParts;
  #seen: SeenController;
  #memory = new RowMemory();
  #stopWaiting: (() => void) | undefined;
  #stopLater: (() => void) | undefined;
  /** Highest position while the reader was at the end. */
  #seenUpTo = 0;
  #markedAt = 0;
  #shownAtEdge = true;
  /** In px, when it was looked at last: to ask for it may cost a layout. */
  #width = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: LogParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
    this.#seen = new SeenController(host);
    this.window = new RowWindow<ThreadRow>(host, {
      scroller: () => this.scroller,
      list: () => host.shadowRoot?.querySelector<HTMLElement>('.rows') ?? null,
      key: (row) => row.key,
      estimate: (row) => estimatedHeight(row, this.#width),
      edge: 'end',
      keepsEnds: true,
      kept: () => parts.acts.key,
      onEdgeChanged: () => this.#later(),
      onMoved: (above) => this.#onMoved(above),
    });
    this.roving = new RovingController(host, {
      items: () => [...(host.shadowRoot?.querySelectorAll<HTMLElement>('.edit-act') ?? [])],
      preferred: () => parts.thread()?.items.findLast(isEditable)?.key ?? null,
      reach: (to, key) => void this.#reach(to, key),
    });
  }

  get scroller(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? null;
  }

  get rows(): readonly ThreadRow[] {
    const thread = this.#parts.thread();
    return thread ? this.#memory.follow(thread) : [];
  }

  /** Whether the first row is the first of all messages. */
  get whole(): boolean {
    return !this.#parts.thread()?.hasOlder && this.#memory.whole;
  }

  hostDisconnected(): void {
    this.#stop();
  }

  hostUpdated(): void {
    const thread = this.#parts.thread();
    this.#shownAtEdge = this.window.atEdge;
    if (thread?.status !== 'ready') return;
    if (this.window.atEdge && newest(thread.items) > this.#markedAt) this.#later();
    if (!this.#memory.whole) this.#stopWaiting ??= whenIdle(this.#onIdle);
  }

  /** Another thread follows. */
  reset(): void {
    this.window.reset();
    this.#memory.reset();
    this.#stop();
    this.#seenUpTo = 0;
    this.#markedAt = 0;
  }

  /** Messages of others that came while the reader was not at the end. */
  unseen(items: Thread['items']): number {
    if (this.window.atEdge) {
      this.#seenUpTo = newest(items);
      return 0;
    }
    let count = 0;
    for (let at = items.length - 1; at >= 0; at--) {
      const item = items[at];
      if (!item || (item.position !== null && item.position <= this.#seenUpTo)) break;
      if (!item.own && item.kind !== 'system') count++;
    }
    return count;
  }

  /** Key of the message whose buttons Tab reaches, among those rendered. */
  stop(shown: readonly ShownRow<ThreadRow>[]): string | null {
    const editable = shown.flatMap(({ row }) =>
      row.type === 'message' && isEditable(row.item) ? [row.key] : [],
    );
    return this.roving.stop(editable);
  }

  readonly #onIdle = (): void => {
    this.#stopWaiting = undefined;
    if (this.#memory.complete()) this.#host.requestUpdate();
  };

  readonly onLatest = (): void => {
    this.window.jumpToEdge();
    this.scroller?.focus({ preventScroll: true });
  };

  /** Seen is what stood at the reader's end of the thread, on a page in front. */
  #markRead(): void {
    const thread = this.#parts.thread();
    if (thread?.status !== 'ready' || !this.#seen.visible || !this.window.atEdge) return;
    const upTo = newest(thread.items);
    if (upTo <= this.#markedAt) return;
    this.#markedAt = upTo;
    this.#parts.conversation()?.markRead();
  }

  #onMoved(above: number): void {
    this.#width = this.scroller?.clientWidth ?? 0;
    if (this.#parts.thread()?.status !== 'ready') return;
    if (above <= topZone && !this.#memory.whole) this.#onIdle();
    if (this.#wantsOlder) this.#later();
  }

  get #wantsOlder(): boolean {
    const thread = this.#parts.thread();
    if (thread?.status !== 'ready' || thread.loadingOlder || !thread.hasOlder) return false;
    return this.window.rowsAbove < ahead;
  }

  /** What nobody waits for comes after what is seen. */
  #later(): void {
    this.#stopLater ??= afterPaint(this.#onPainted);
  }

  readonly #onPainted = (): void => {
    this.#stopLater = undefined;
    if (this.window.atEdge !== this.#shownAtEdge) this.#host.requestUpdate();
    this.#markRead();
    if (this.#wantsOlder) this.#parts.conversation()?.loadOlder();
  };

  #stop(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#stopLater?.();
    this.#stopLater = undefined;
  }

  async #reach(to: 'first' | 'last' | 'next' | 'previous', key: string): Promise<void> {
    const keys = (this.#parts.thread()?.items ?? []).filter(isEditable).map((item) => item.key);
    const at = keys.indexOf(key);
    if (this.#memory.complete()) this.window.show(this.rows);
    const target = { first: 0, last: keys.length - 1, next: at + 1, previous: at - 1 }[to];
    const row = await this.window.reveal(keys[target] ?? key);
    row?.querySelector<HTMLElement>('.edit-act')?.focus({ preventScroll: true });
  }
}
