import {
  html,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { excerpt } from '../../domain/index.js';
import type { Localizer } from '../../i18n/index.js';
import type { Thread, ThreadItem } from '../../store/thread-item.js';
import { Arrivals } from './arrivals.js';
import { emit } from './events.js';

/** How many stay in the live region; a screen reader reads each when it comes. */
const kept = 5;

/**
 * Announces each new message of the other side exactly once, to screen readers and to the page,
 * whether the panel is open or not. One's own messages and the history never are.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost & EventTarget;
  #arrivals = new Arrivals();
  #shown: readonly ThreadItem[] = [];
  #untold: ThreadItem[] = [];
  #said: readonly { key: string; text: string }[] = [];
  #count = 0;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host;
    host.addController(this);
  }

  /** Another client, another history. */
  reset(): void {
    this.#arrivals = new Arrivals();
    this.#shown = [];
  }

  /** To be called before each render. */
  read(thread: Thread | undefined, conversationId: string | null): void {
    const arrived = thread ? this.#arrivals.take(thread, conversationId) : [];
    if (arrived.length === 0) return;
    this.#shown = [...this.#shown, ...arrived].slice(-kept);
    this.#untold.push(...arrived);
  }

  /** Announces what is no message. */
  say(text: string): void {
    this.#said = [...this.#said, { key: `said-${this.#count++}`, text }].slice(-kept);
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    for (const { key, id, text, author } of this.#untold.splice(0)) {
      emit(this.#host, 'chat-message-received', {
        id: id ?? key,
        text,
        author: { id: author.id, name: author.name },
      });
    }
  }

  render(localizer: Localizer): TemplateResult {
    return html`<div class="visually-hidden announcer" aria-live="polite" aria-relevant="additions">
      ${repeat(
        this.#shown,
        ({ key }) => key,
        ({ author, text, format, attachments }) => {
          const name = author.name ?? localizer.term('chat.team');
          const words = excerpt(text, format) || attachments.map((file) => file.name).join(', ');
          return html`<p>${localizer.term('chat.announcement', name, words)}</p>`;
        },
      )}${repeat(
        this.#said,
        ({ key }) => key,
        ({ text }) => html`<p>${text}</p>`,
      )}
    </div>`;
  }
}
