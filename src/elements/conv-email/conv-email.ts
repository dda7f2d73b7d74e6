import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { AgentClient } from '../../store/agent-client.js';
import type { ConversationStarted } from '../conv-email-form/conv-email-form.js';
import { AgentController } from '../shared/agent-controller.js';
import { customElement } from '../shared/custom-element.js';
import { DialogController } from '../shared/dialog-controller.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { closeIcon, composeIcon, warningIcon } from '../shared/icons.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { styles } from './conv-email.styles.js';

/**
 * @summary A button that opens a dialog in which an email to anybody is written.
 *
 * What is written is kept until it is sent or discarded. Where the server sends no email, the dialog
 * says how to turn that on. The conversation that was started is selected. See `conv-email-form` for
 * the form by itself.
 *
 * @csspart trigger - The button.
 * @csspart dialog - The dialog.
 *
 * @event {CustomEvent<ConversationStarted>} conv-conversation-started - The server took the email: it begins, or goes on with, this conversation.
 *
 * @dependency conv-email-form
 */
@customElement('conv-email')
export class ConvEmail extends LitElement {
  static override styles: CSSResultGroup = [baseStyles, buttonStyles, dialogStyles, styles];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, inboxEnglish);
  #mail = new StoreController(this, () => this.#agent.client?.$mail);
  #dialog = new DialogController(this, {
    dialog: () => this.dialog,
    initialFocus: () => this.dialog?.querySelector<HTMLElement>('.close') ?? null,
  });

  @query('dialog') private dialog!: HTMLDialogElement | null;

  @state() private form: 'loading' | 'ready' | 'failed' = 'loading';

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  readonly #onStarted = (event: CustomEvent<ConversationStarted>): void => {
    this.#dialog.hide();
    this.#agent.selection.showConversation(event.detail.conversationId);
  };

  readonly #onOpen = (): void => void this.open();

  /** Opens the dialog and moves the focus into it. */
  async open(): Promise<void> {
    await this.#dialog.show();
    if (this.#mail.value?.configured === false) return;
    this.form = await import('../conv-email-form/conv-email-form.js').then(
      () => 'ready' as const,
      () => 'failed' as const,
    );
    await this.updateComplete;
    const form = this.shadowRoot?.querySelector('conv-email-form');
    await form?.updateComplete;
    form?.focus();
  }

  /** Moves the focus to the button. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('.trigger')?.focus(options);
  }

  #renderBody(): TemplateResult {
    const l = this.#l.now;
    if (this.#mail.value?.configured === false) {
      return html`<div class="off" id="off">
        ${warningIcon()}
        <p><strong>${l.term('mail.off')}</strong> ${l.term('mail.turnOn')}</p>
      </div>`;
    }
    if (this.form === 'ready') {
      return html`<conv-email-form
        .client=${this.#agent.client}
        @conv-conversation-started=${this.#onStarted}
        @conv-email-discarded=${this.#dialog.onHide}
      ></conv-email-form>`;
    }
    return html`<p class="state" role="status">
      ${l.term(this.form === 'loading' ? 'composer.loadingPart' : 'composer.loadFailed')}
    </p>`;
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    const name = l.term('newEmail.compose');
    const off = this.#mail.value?.configured === false;
    return html`<button
        type="button"
        class="icon-button trigger"
        part="trigger"
        aria-label=${name}
        aria-haspopup="dialog"
        aria-description=${off ? l.term('mail.off') : nothing}
        title=${off ? `${name}. ${l.term('mail.off')}` : name}
        @click=${this.#onOpen}
      >
        ${composeIcon()}
      </button>
      ${
        this.#dialog.open
          ? html`<dialog
              class="dialog full ${off ? '' : 'writes'}"
              part="dialog"
              dir=${l.dir}
              aria-labelledby="title"
              aria-describedby=${off ? 'off' : nothing}
              @cancel=${this.#dialog.onCancel}
              @close=${this.#dialog.onClose}
              @pointerdown=${this.#dialog.onPointerdown}
            >
              <div class="dialog-head">
                <h2 id="title">${name}</h2>
                <button
                  type="button"
                  class="icon-button close"
                  aria-label=${l.term('close')}
                  @click=${this.#dialog.onHide}
                >
                  ${closeIcon()}
                </button>
              </div>
              ${this.#renderBody()}
            </dialog>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-email': ConvEmail;
  }
}
