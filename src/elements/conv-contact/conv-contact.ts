import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import type { Contact, ContactPatch, Visit } from '../../domain/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { AgentClient } from '../../store/agent-client.js';
import '../conv-avatar/conv-avatar.js';
import { AgentController } from '../shared/agent-controller.js';
import { ClockController } from '../shared/clock-controller.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { Attributes } from './attributes.js';
import { Choices } from './choices.js';
import { ContactEdits } from './contact-edits.js';
import { ContactFields } from './contact-field.js';
import { styles } from './conv-contact.styles.js';
import { detailStyles } from './details.styles.js';
import { Earlier } from './earlier.js';
import { HostPanes, onContactPanes } from './host-panes.js';
import { Notes } from './notes.js';
import { Tags } from './tags.js';
import { renderPushed, renderVisit, timeThere } from './visit.js';

export { registerContactPane, type ContactPane } from './host-panes.js';

const fields = ['name', 'email', 'phone'] as const;

/** Of `conv-contact-updated`. */
export interface ContactUpdated {
  contactId: string;
  /** What was changed, as the agent gave it. */
  patch: ContactPatch;
}

/**
 * @summary Who the conversation is with: details edited in place, panes of the host, what the page
 * told, the latest visit and earlier conversations.
 *
 * @slot header-end - At the top's end, such as a button that closes the pane.
 * @slot pane - Panes of the host, each separated by a line, below the details.
 *
 * @csspart header - Picture and name.
 * @csspart pane - One pane of details.
 * @csspart value - A value that can be edited.
 * @csspart input - The field while it is edited.
 *
 * @event {CustomEvent<ContactUpdated>} conv-contact-updated - The server took a change.
 *
 * @dependency conv-avatar
 * @dependency conv-thread
 */
@customElement('conv-contact')
export class ConvContact extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    dialogStyles,
    styles,
    detailStyles,
  ];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, inboxEnglish);
  #selected = new StoreController(this, () => this.#agent.selection.$conversationId);
  #contact = new StoreController(this, () => this.#agent.conversation?.$contact);
  #visit = new StoreController(this, () => this.#agent.conversation?.$visit);
  #thread = new StoreController(this, () => this.#agent.conversation?.$thread);
  #shownId: string | null = null;
  #groups = new StoreController(this, () => this.#agent.client?.$groups);
  #edits = new ContactEdits(
    this,
    () => this.#agent.conversation,
    (patch) => this.#onSaved(patch),
  );
  #fields = new ContactFields(this.#edits);
  #attributes = new Attributes(this.#edits, this.#fields);
  #tags = new Tags(this.#edits);
  #notes = new Notes(this.#edits);
  #choices = new Choices(this.#edits);
  #hostPanes = new HostPanes();
  #earlier = new Earlier(this, {
    client: () => this.#agent.client,
    conversation: () => this.#agent.conversation,
    ready: () => this.#contact.value != null,
  });
  #stopPanes: (() => void) | undefined;

  /** Shows the contact of this conversation instead of the selected one's. */
  @property({ attribute: 'conversation-id' }) conversationId: string | undefined;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  constructor() {
    super();
    new ClockController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopPanes = onContactPanes(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopPanes?.();
  }

  protected override willUpdate(): void {
    this.#earlier.follow();
    const id = this.#agent.conversationId;
    if (id === this.#shownId) return;
    this.#shownId = id;
    this.#edits.reset();
  }

  #onSaved(patch: ContactPatch): void {
    const contactId = this.#contact.value?.id ?? '';
    emit<ContactUpdated>(this, 'conv-contact-updated', { contactId, patch });
  }

  /** Moves the focus to the contact's name. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('h2')?.focus(options);
  }

  #renderDetails(contact: Contact): TemplateResult {
    const l = this.#l.now;
    return html`<section part="pane" aria-labelledby="details">
      <h3 id="details">${l.term('contact.details')}</h3>
      <dl>
        ${fields.map((field) => {
          const label = l.term(`contact.${field}`);
          return html`<dt>${label}</dt>
            <dd>${this.#fields.render(field, label, contact, l)}</dd>`;
        })}
        ${this.#choices.renderLines(contact, this.#groups.value ?? [], l)}
        ${this.#attributes.renderLines(contact, l)}
      </dl>
      ${this.#attributes.renderAdd(contact, l)}
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
      ${this.#renderDetails(contact)} ${this.#tags.render(contact, l)}
      ${this.#notes.render(contact, l)}
      <slot name="pane"></slot>
      ${this.#hostPanes.render(contact)} ${renderPushed(contact, l)} ${renderVisit(visit, l)}
      ${this.#earlier.render(l)} ${this.#choices.renderConsents(contact, l)}`;
  }

  #renderBones(): TemplateResult {
    return html`<p class="visually-hidden">${this.#l.term('contact.loading')}</p>
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
