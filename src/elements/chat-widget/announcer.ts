import { html, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import { hasMarkup } from '../../content/markup.js';
import type { Localizer } from '../../i18n/index.js';
import type { Thread, ThreadItem } from '../../store/thread-item.js';
import { Arrivals } from './arrivals.js';
import { emit } from './events.js';

/** How many stay in the live region; a screen reader reads each when it comes. */
const kept = 5;
/** What is longer is read out in part. */
const readable = 160;

/**
 * Announces each new message of the other side exactly once, to screen readers and to the page,
 * whether the panel is open or not. One's own messages and the history never are.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #localizer: () => Localizer;
  #arrivals = new Arrivals();
  #untold: ThreadItem[] = [];
  /** One after the other, as they came. */
  #told = Promise.resolve();

  constructor(host: ReactiveElement, localizer: () => Localizer) {
    this.#host = host;
    this.#localizer = localizer;
    host.addController(this);
  }

  /** Another client, another history. */
  reset(): void {
    this.#arrivals = new Arrivals();
    this.#region?.replaceChildren();
  }

  /** To be called before each render. */
  read(thread: Thread | undefined, conversationId: string | null): void {
    if (thread) this.#untold.push(...this.#arrivals.take(thread, conversationId));
  }

  get #region(): Element | null {
    return this.#host.shadowRoot?.querySelector('.announcer') ?? null;
  }

  say(text: string): void {
    const region = this.#region;
    const line = document.createElement('p');
    line.textContent = text;
    region?.append(line);
    // What is rendered anew could be read out once more: a line is put in once, and taken out.
    if (region?.children[kept]) region.firstElementChild?.remove();
  }

  hostUpdated(): void {
    for (const item of this.#untold.splice(0)) {
      const { key, id, text, author } = item;
      this.#told = this.#told.then(() => this.#tell(item));
      emit(this.#host, 'chat-message-received', {
        id: id ?? key,
        text,
        author: { id: author.id, name: author.name },
      });
    }
  }

  async #tell({ text, format, attachments, author }: ThreadItem): Promise<void> {
    const line = (await lineOf(text, format)) || attachments.map(({ name }) => name).join(', ');
    const localizer = this.#localizer();
    const name = author.name ?? localizer.term('chat.team');
    this.say(localizer.term('chat.announcement', name, line));
  }

  render(): TemplateResult {
    return html`<div
      class="visually-hidden announcer"
      aria-live="polite"
      aria-relevant="additions"
    ></div>`;
  }
}

/** What is read out of a text: few need more than themselves. */
async function lineOf(text: string, format: ThreadItem['format']): Promise<string> {
  if (text.length <= readable && (format === 'plain' || !hasMarkup(text))) return text;
  return import('../../domain/excerpt.js').then(
    ({ excerpt }) => excerpt(text, format),
    () => text,
  );
}
