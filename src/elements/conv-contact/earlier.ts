import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Conversation } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { AgentClient, ConversationStore } from '../../store/agent-client.js';
import { DialogController } from '../shared/dialog-controller.js';
import { renderDialog } from '../shared/dialog-frame.js';
import { codeOf, errorText } from '../shared/shown-error.js';

type L = Localizer<InboxStrings>;
type Host = ReactiveControllerHost & HTMLElement;

interface EarlierParts {
  client(): AgentClient | undefined;
  conversation(): ConversationStore | undefined;
  /** Its topic was joined. */
  ready(): boolean;
}

/** Earlier conversations of the contact, which open in place and can only be read (S3.34). */
export class Earlier {
  #host: Host;
  #parts: EarlierParts;
  #dialog: DialogController;
  #store: ConversationStore | undefined;
  #found: readonly Conversation[] = [];
  #state: 'loading' | 'ready' | 'error' = 'loading';
  #fault: ErrorCode = 'internal';
  #more = false;
  #open: Conversation | null = null;

  constructor(host: Host, parts: EarlierParts) {
    this.#host = host;
    this.#parts = parts;
    this.#dialog = new DialogController(host, 'earlier');
  }

  /** Loads what belongs to the conversation that is shown, once its contact is known. */
  follow(): void {
    const store = this.#parts.ready() ? this.#parts.conversation() : undefined;
    if (store === this.#store) return;
    this.#store = store;
    this.#found = [];
    this.#more = false;
    this.#dialog.hide();
    if (store) void this.#load();
  }

  async #load(): Promise<void> {
    const store = this.#store;
    if (!store) return;
    this.#state = 'loading';
    const last = this.#found.at(-1);
    try {
      const page = await store.earlier(last && { createdAt: last.createdAt, id: last.id });
      if (store !== this.#store) return;
      const known = new Set(this.#found.map(({ id }) => id));
      this.#found = [...this.#found, ...page.conversations.filter(({ id }) => !known.has(id))];
      this.#more = page.more;
      this.#state = 'ready';
    } catch (error) {
      if (store !== this.#store) return;
      this.#state = 'error';
      this.#fault = codeOf(error);
    }
    this.#host.requestUpdate();
  }

  render(l: L): TemplateResult {
    return html`<section part="pane" aria-labelledby="earlier">
        <h3 id="earlier">${l.term('contact.earlier')}</h3>
        ${this.#renderList(l)}
      </section>
      ${this.#renderDialog(l)}`;
  }

  #renderList(l: L): TemplateResult {
    if (this.#found.length === 0 && this.#state === 'ready') {
      return html`<p class="empty">${l.term('contact.earlier.none')}</p>`;
    }
    return html`<ul class="past" role="list">
        ${repeat(
          this.#found,
          ({ id }) => id,
          ({ id, createdAt, lastMessage, subject }) => {
            const when = l.date(createdAt, { dateStyle: 'medium' });
            const said = subject ?? lastMessage?.excerpt ?? l.term('list.noMessages');
            return html`<li>
              <button
                type="button"
                data-id=${id}
                aria-label="${l.term('contact.earlier.open', when)} ${said}"
                @click=${this.#onOpen}
              >
                <span class="when">${when}</span>
                <span class="said" dir="auto">${said}</span>
              </button>
            </li>`;
          },
        )}
      </ul>
      ${this.#renderRest(l)}`;
  }

  #renderRest(l: L): TemplateResult | typeof nothing {
    if (this.#state === 'loading') {
      return html`<p class="empty">${l.term('contact.earlier.loading')}</p>`;
    }
    if (this.#state === 'error') {
      return html`<p class="error" role="alert">${errorText(l, this.#fault)}</p>
        <button type="button" class="add" @click=${this.#onMore}>
          ${l.term('connection.retry')}
        </button>`;
    }
    return this.#more
      ? html`<button type="button" class="add" @click=${this.#onMore}>
          ${l.term('contact.earlier.more')}
        </button>`
      : nothing;
  }

  #renderDialog(l: L): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    const { id, createdAt } = this.#open;
    const when = l.date(createdAt, { dateStyle: 'medium' });
    const title = l.term('contact.earlier.title', when);
    const body = html`<conv-thread
      .client=${this.#parts.client()}
      conversation-id=${id}
    ></conv-thread>`;
    return renderDialog(this.#dialog, { title, body, bare: true, wide: true, full: true }, l);
  }

  readonly #onMore = (): void => {
    void this.#load();
    this.#host.requestUpdate();
  };

  readonly #onOpen = async (event: Event): Promise<void> => {
    const opener = event.currentTarget as HTMLElement;
    const { id } = opener.dataset;
    this.#open = this.#found.find((one) => one.id === id) ?? null;
    try {
      await import('../conv-thread/conv-thread.js');
    } catch {
      this.#state = 'error';
      this.#fault = 'connection_lost';
      this.#host.requestUpdate();
      return;
    }
    await this.#dialog.show(opener);
  };
}
