import { html, type nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { DialogController } from '../shared/dialog-controller.js';
import { renderDialog } from '../shared/dialog-frame.js';
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
    this.#dialog = new DialogController(host, 'library', { onClosed });
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

  /** What was to be saved is: there is nothing more to do here. */
  readonly #onSaved = (): void => {
    if (this.#draft) this.#dialog.hide();
  };

  render(l: L): TemplateResult | typeof nothing {
    const kind = this.#kind;
    const body =
      this.#state === 'ready'
        ? html`<conv-saved-replies
            kind=${kind}
            .draft=${this.#draft}
            .client=${this.#client()}
            @conv-reply-saved=${this.#onSaved}
            @conv-template-saved=${this.#onSaved}
          ></conv-saved-replies>`
        : html`<p role="status">
            ${l.term(this.#state === 'loading' ? 'composer.loadingPart' : 'composer.loadFailed')}
          </p>`;
    const title = l.term(this.#draft ? `${kind}.saveAs` : `${kind}.open`);
    return renderDialog(this.#dialog, { title, body, full: true }, l);
  }
}
