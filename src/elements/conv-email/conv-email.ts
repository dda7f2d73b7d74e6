import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { AgentClient } from '../../store/agent-client.js';
import type { ConversationStarted } from '../conv-email-form/conv-email-form.js';
import { AgentController } from '../shared/agent-controller.js';
import { customElement } from '../shared/custom-element.js';
import { DialogController } from '../shared/dialog-controller.js';
import { renderDialog } from '../shared/dialog-frame.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { composeIcon, warningIcon } from '../shared/icons.js';
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
  #dialog = new DialogController(this, 'email');

  @query('.trigger') private trigger!: HTMLButtonElement | null;

  @state() private form: 'loading' | 'ready' | 'failed' = 'loading';

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  readonly #onStarted = (event: CustomEvent<ConversationStarted>): void => {
    this.#dialog.hide();
    this.#agent.selection.showConversation(event.detail.conversationId);
  };

  readonly #onOpen = (): void => void this.open(this.trigger);

  /**
   * Opens the dialog and moves the focus into it; on closing the focus goes back to `opener`, such
   * as a button of the host, or else to where it was.
   */
  async open(opener?: HTMLElement | null): Promise<void> {
    await this.#dialog.show(opener);
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
    this.trigger?.focus(options);
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

  #renderDialog(title: string, off: boolean): TemplateResult | typeof nothing {
    if (!this.#dialog.open) return nothing;
    const frame = {
      title,
      body: this.#renderBody(),
      describedBy: off ? 'off' : undefined,
      wide: !off,
      full: true,
      bare: true,
      part: 'dialog',
    };
    return renderDialog(this.#dialog, frame, this.#l.now);
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
      ${this.#renderDialog(name, off)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-email': ConvEmail;
  }
}
