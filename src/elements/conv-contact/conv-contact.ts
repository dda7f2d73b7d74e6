import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import type { Contact, Visit } from '../../domain/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { AgentClient } from '../../store/agent-client.js';
import '../conv-avatar/conv-avatar.js';
import { AgentController } from '../shared/agent-controller.js';
import { ClockController } from '../shared/clock-controller.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { baseStyles } from '../shared/styles.js';
import { ContactFields, type FieldName } from './contact-field.js';
import { styles } from './conv-contact.styles.js';
import { languageName, renderVisit, timeThere } from './visit.js';

const fields: readonly FieldName[] = ['name', 'email', 'phone'];

/** Of `conv-contact-updated`. */
export interface ContactUpdated {
  contactId: string;
  field: FieldName;
  value: string | null;
}

/**
 * @summary Who the conversation is with: details edited in place, and the latest visit.
 *
 * @slot header-end - At the top's end, such as a button that closes the pane.
 * @slot pane - Panes of the host, each separated by a line, below the details.
 *
 * @csspart header - Picture and name.
 * @csspart pane - One pane of details.
 * @csspart value - A value that can be edited.
 * @csspart input - The field while it is edited.
 *
 * @event {CustomEvent<ContactUpdated>} conv-contact-updated - The server took a changed field.
 *
 * @dependency conv-avatar
 */
@customElement('conv-contact')
export class ConvContact extends LitElement {
  static override styles: CSSResultGroup = [baseStyles, styles];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, inboxEnglish);
  #selected = new StoreController(this, () => this.#agent.selection.$conversationId);
  #contact = new StoreController(this, () => this.#agent.conversation?.$contact);
  #visit = new StoreController(this, () => this.#agent.conversation?.$visit);
  #thread = new StoreController(this, () => this.#agent.conversation?.$thread);
  #shownId: string | null = null;
  #fields = new ContactFields(
    this,
    () => this.#agent.conversation,
    (field, value) => this.#onSaved(field, value),
  );

  /** Shows the contact of this conversation instead of the selected one's. */
  @property({ attribute: 'conversation-id' }) conversationId: string | undefined;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  constructor() {
    super();
    new ClockController(this);
  }

  protected override willUpdate(): void {
    const id = this.#agent.conversationId;
    if (id === this.#shownId) return;
    this.#shownId = id;
    this.#fields.reset();
  }

  #onSaved(field: FieldName, value: string | null): void {
    const contactId = this.#contact.value?.id ?? '';
    emit<ContactUpdated>(this, 'conv-contact-updated', { contactId, field, value });
  }

  /** Moves the focus to the contact's name. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('h2')?.focus(options);
  }

  #renderDetails(contact: Contact): TemplateResult {
    const l = this.#l.now;
    const language = contact.language ? languageName(contact.language, l) : null;
    return html`<section part="pane" aria-labelledby="details">
      <h3 id="details">${l.term('contact.details')}</h3>
      <dl>
        ${fields.map(
          (field) =>
            html`<dt>${l.term(`contact.${field}`)}</dt>
              <dd>${this.#fields.render(field, contact, l)}</dd>`,
        )}
        ${
          language
            ? html`<dt>${l.term('contact.language')}</dt>
                <dd class="plain"><bdi>${language}</bdi></dd>`
            : nothing
        }
      </dl>
    </section>`;
  }

  #renderContact(contact: Contact, visit: Visit | null): TemplateResult {
    const l = this.#l.now;
    const now = this.#agent.client?.now() ?? Date.now();
    const there = visit ? timeThere(visit, now, l) : null;
    return html`<div class="head" part="header">
        <conv-avatar
          name=${contact.name ?? contact.email ?? ''}
          person-id=${contact.id}
          .src=${contact.avatarUrl}
        ></conv-avatar>
        <h2 tabindex="-1">
          <bdi>${contact.name ?? contact.email ?? l.term('contact.visitor')}</bdi>
        </h2>
        ${there ? html`<p>${there}</p>` : nothing}
      </div>
      ${this.#renderDetails(contact)}
      <slot name="pane"></slot>
      ${renderVisit(visit, contact.language, l)}`;
  }

  #renderBones(): TemplateResult {
    return html`<p class="visually-hidden" role="status">${this.#l.term('contact.loading')}</p>
      <div class="head" aria-hidden="true">
        <span class="bone face"></span><span class="bone title"></span>
      </div>
      <section aria-hidden="true">
        <span class="bone row"></span><span class="bone row"></span><span class="bone row"></span>
      </section>`;
  }

  override render(): TemplateResult | typeof nothing {
    void this.#selected.value;
    const l = this.#l.now;
    if (!this.#agent.conversation) {
      return html`<p class="state" dir=${l.dir}>${l.term('contact.none')}</p>`;
    }
    const contact = this.#contact.value;
    if (!contact && this.#thread.value?.status === 'error') return nothing;
    return html`<div class="panes" dir=${l.dir}>
      <slot name="header-end"></slot>
      ${contact ? this.#renderContact(contact, this.#visit.value ?? null) : this.#renderBones()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-contact': ConvContact;
  }
  interface HTMLElementEventMap {
    'conv-contact-updated': CustomEvent<ContactUpdated>;
  }
}
