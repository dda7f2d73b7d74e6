import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import type { EmojiChosen } from '../conv-emoji-picker/conv-emoji-picker.js';
import { smileIcon } from '../shared/icons.js';
import { PopoverController } from '../shared/popover-controller.js';

type L = Localizer<WritingStrings>;
type Host = ReactiveControllerHost & HTMLElement;

/** The picker, fetched on first need; what fails is tried again the next time. */
export const emojiPicker = {
  load: (): Promise<unknown> => import('../conv-emoji-picker/conv-emoji-picker.js'),
};

/** A button that opens the emoji picker (S3.27). */
export class EmojiButton {
  readonly #host: Host;
  readonly #insert: (emoji: string) => void;
  #state: 'closed' | 'loading' | 'open' | 'failed' = 'closed';

  constructor(host: Host, insert: (emoji: string) => void) {
    this.#host = host;
    this.#insert = insert;
    new PopoverController(host, {
      popover: () => this.#find('.emoji-popover'),
      anchor: () => this.#find('.emoji'),
      onDismissed: () => this.#set('closed'),
    });
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  #set(state: 'closed' | 'loading' | 'open' | 'failed'): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  async #show(): Promise<void> {
    this.#set('loading');
    const loaded = await emojiPicker.load().then(
      () => true,
      () => false,
    );
    // It may have been closed meanwhile.
    if (this.#state !== 'loading') return;
    this.#set(loaded ? 'open' : 'failed');
    await this.#host.updateComplete;
    const picker = this.#host.shadowRoot?.querySelector('conv-emoji-picker');
    await picker?.updateComplete;
    picker?.focus();
  }

  readonly #onTrigger = (): void => {
    if (this.#state === 'closed') void this.#show();
    else this.#set('closed');
  };

  readonly #onChosen = (event: CustomEvent<EmojiChosen>): void => {
    event.stopPropagation();
    this.#set('closed');
    this.#insert(event.detail.emoji);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.#set('closed');
    this.#find('.emoji')?.focus();
  };

  renderButton(l: L): TemplateResult {
    const name = l.term('composer.emoji');
    return html`<button
      type="button"
      class="tool emoji"
      part="emoji"
      aria-label=${name}
      title=${name}
      aria-haspopup="dialog"
      aria-expanded=${this.#state === 'closed' ? 'false' : 'true'}
      @click=${this.#onTrigger}
    >
      ${smileIcon()}
    </button>`;
  }

  renderPopover(l: L): TemplateResult | typeof nothing {
    if (this.#state === 'closed') return nothing;
    return html`<div
      class="popover emoji-popover"
      popover="manual"
      role="dialog"
      aria-label=${l.term('composer.emoji')}
      @keydown=${this.#onKeydown}
    >
      ${
        this.#state === 'open'
          ? html`<conv-emoji-picker @conv-emoji-chosen=${this.#onChosen}></conv-emoji-picker>`
          : html`<p class="none" role="status">
              ${l.term(this.#state === 'loading' ? 'composer.loadingPart' : 'composer.loadFailed')}
            </p>`
      }
    </div>`;
  }
}
