import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Card } from '../../store/agent-client.js';

/** How long after its last move a pointer still counts as aiming, in ms. */
const aimMs = 1_000;

/**
 * While a mouse moves over the list no card moves away under it (S3.14): the shown cards keep
 * their places and are brought up to date in place. Once the pointer rests or leaves, the list
 * takes its true order.
 */
export class SteadyOrder implements ReactiveController {
  #host: ReactiveControllerHost;
  #aiming = false;
  #shown: readonly Card[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#aiming = false;
    this.#shown = [];
  }

  readonly onPointermove = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') return;
    this.#aiming = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.release, aimMs);
  };

  /** Lets the cards go to their places. */
  readonly release = (): void => {
    if (!this.#aiming) return;
    clearTimeout(this.#timer);
    this.#aiming = false;
    this.#host.requestUpdate();
  };

  /** Forgets what was shown: another list follows. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#aiming = false;
    this.#shown = [];
  }

  /** The cards as they are to be shown now. */
  arrange(cards: readonly Card[]): readonly Card[] {
    this.#shown = this.#aiming && this.#shown.length > 0 ? this.#steady(cards) : cards;
    return this.#shown;
  }

  #steady(cards: readonly Card[]): readonly Card[] {
    const fresh = new Map(cards.map((card) => [card.conversation.id, card]));
    const kept = this.#shown.map((card) => fresh.get(card.conversation.id) ?? card);
    const shown = new Set(kept.map((card) => card.conversation.id));
    const lastShown = cards.findLastIndex((card) => shown.has(card.conversation.id));
    // What was loaded behind the last card moves nothing.
    const behind = cards
      .slice(lastShown + 1)
      .filter((card) => lastShown >= 0 && !shown.has(card.conversation.id));
    return [...kept, ...behind];
  }
}
