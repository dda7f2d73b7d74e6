import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { DialogController } from '../shared/dialog-controller.js';
import { closeIcon } from '../shared/icons.js';
import type { LibraryKind } from './text-picker.js';

type L = Localizer<WritingStrings>;
type Host = ReactiveControllerHost & HTMLElement;

/** What is written now, to be saved for the next time. */
export interface Unsaved {
  text: string;
  subject?: string;
}

/** The dialog in which saved replies and templates are edited; what it shows loads on first need. */
export class LibraryDialog {
  readonly #host: Host;
  readonly #client: () => AgentClient | undefined;
  readonly #dialog: DialogController;
  #kind: LibraryKind = 'replies';
  #draft: Unsaved | null = null;
  #state: 'loading' | 'ready' | 'failed' = 'loading';

  /** `onClosed` takes the focus: what opened it is gone by then. */
  constructor(host: Host, client: () => AgentClient | undefined, onClosed: () => void) {
    this.#host = host;
    this.#client = client;
    this.#dialog = new DialogController(host, {
      dialog: () => this.#find<HTMLDialogElement>('.library-dialog'),
      initialFocus: () => this.#find('.library-dialog .icon-button'),
      onClosed,
    });
  }

  /** Shows all, or a form with what is written. */
  async show(kind: LibraryKind, draft: Unsaved | null): Promise<void> {
    this.#kind = kind;
    this.#draft = draft;
    this.#state = 'loading';
    await this.#dialog.show();
    this.#state = await import('../conv-saved-replies/conv-saved-replies.js').then(
      () => 'ready' as const,
      () => 'failed' as const,
    );
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const library = this.#host.shadowRoot?.querySelector('conv-saved-replies');
    await library?.updateComplete;
    library?.focus();
  }

  #find<Found extends HTMLElement>(selector: string): Found | null {
    return this.#host.shadowRoot?.querySelector<Found>(selector) ?? null;
  }

  /** What was to be saved is: there is nothing more to do here. */
  readonly #onSaved = (): void => {
    if (this.#draft) this.#dialog.hide();
  };

  readonly #onClose = (): void => this.#dialog.hide();

  render(l: L): TemplateResult | typeof nothing {
    if (!this.#dialog.open) return nothing;
    const kind = this.#kind;
    return html`<dialog
      class="dialog full library-dialog"
      dir=${l.dir}
      aria-labelledby="library-title"
      @cancel=${this.#dialog.onCancel}
      @close=${this.#dialog.onClose}
      @pointerdown=${this.#dialog.onPointerdown}
      @conv-reply-saved=${this.#onSaved}
      @conv-template-saved=${this.#onSaved}
    >
      <div class="dialog-head">
        <h2 id="library-title">${l.term(this.#draft ? `${kind}.saveAs` : `${kind}.open`)}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${l.term('close')}
          @click=${this.#onClose}
        >
          ${closeIcon()}
        </button>
      </div>
      <div class="dialog-body">
        ${
          this.#state === 'ready'
            ? html`<conv-saved-replies
                kind=${kind}
                .draft=${this.#draft}
                .client=${this.#client()}
              ></conv-saved-replies>`
            : html`<p role="status">
                ${l.term(this.#state === 'loading' ? 'composer.loadingPart' : 'composer.loadFailed')}
              </p>`
        }
      </div>
    </dialog>`;
  }
}
