import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Contact } from '../../domain/index.js';
import type { EmailStrings, Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import type { AgentClient, EmailDraft, FoundContact } from '../../store/agent-client.js';
import '../conv-avatar/conv-avatar.js';
import { ListboxController } from '../shared/listbox-controller.js';
import { PopoverController } from '../shared/popover-controller.js';
import { isAddress } from './email-problem.js';

type L = Localizer<EmailStrings>;
type Host = ReactiveControllerHost & HTMLElement;

interface RecipientParts {
  client(): AgentClient | undefined;
  draft(): EmailDraft;
  onChanged(draft: Partial<EmailDraft>): void;
  /** Somebody was chosen. */
  onDone(): void;
}

/** Whom an email goes to: a contact found by name or address, or any address (S3.4). */
export class Recipient {
  readonly #host: Host;
  readonly #parts: RecipientParts;
  readonly #listbox: ListboxController<FoundContact>;
  #contact: FoundContact | null = null;
  #open = false;
  #none = false;
  /** Of the latest search: an answer to an older one is dropped. */
  #asked = 0;

  constructor(host: Host, parts: RecipientParts) {
    this.#host = host;
    this.#parts = parts;
    this.#listbox = new ListboxController<FoundContact>(host, {
      id: 'contacts',
      key: ({ id }) => id,
      render: renderContact,
      onChosen: (contact) => this.#choose(contact),
    });
    new PopoverController(host, {
      popover: () => this.#find('.contacts'),
      anchor: () => this.#find('.to'),
      side: 'below',
      onDismissed: () => this.#close(),
    });
  }

  /** Null where an address was typed, and after a reload. */
  get contact(): FoundContact | null {
    return this.#parts.draft().contactId === this.#contact?.id ? this.#contact : null;
  }

  /** What variables stand for. */
  get known(): Pick<Contact, 'name' | 'email' | 'phone'> | null {
    const { contact } = this;
    if (contact) return { ...contact, phone: null };
    const { contactId, to } = this.#parts.draft();
    return contactId === null && isAddress(to)
      ? { name: null, email: to.trim(), phone: null }
      : null;
  }

  reset(): void {
    this.#contact = null;
    this.#none = false;
    this.#close();
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  #close(): void {
    this.#asked++;
    this.#open = false;
    this.#host.requestUpdate();
  }

  #choose(contact: FoundContact): void {
    this.#contact = contact;
    this.#parts.onChanged({ contactId: contact.id, to: contact.name ?? contact.email ?? '' });
    this.#none = false;
    this.#close();
    this.#parts.onDone();
  }

  async #search(query: string): Promise<void> {
    const asked = ++this.#asked;
    const found = await (this.#parts.client()?.findContacts(query) ?? []);
    if (asked !== this.#asked) return;
    this.#listbox.set(found, { restart: true });
    this.#open = found.length > 0;
    this.#none = found.length === 0 && query.trim() !== '' && !isAddress(query);
    this.#host.requestUpdate();
  }

  readonly #onInput = (event: Event): void => {
    const { value } = event.currentTarget as HTMLInputElement;
    this.#parts.onChanged({ contactId: null, to: value });
    // Without an answer, an address can still be written in full.
    this.#search(value).catch(() => this.#close());
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.#open) return;
    if (event.key !== 'Escape') return void this.#listbox.onKeydown(event);
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  };

  readonly #onBlur = (): void => {
    if (this.#open) this.#close();
  };

  render(l: L, wrong: boolean): TemplateResult {
    const { to } = this.#parts.draft();
    const { email, name } = this.contact ?? {};
    const described = [wrong && 'problem', this.#none && 'none'].filter(Boolean).join(' ');
    return html`<label class="bare-field line to">
        <span>${l.term('newEmail.to')}</span>
        <input
          name="to"
          part="field"
          role="combobox"
          aria-label=${l.term('newEmail.to')}
          inputmode="email"
          autocomplete="off"
          spellcheck="false"
          dir="auto"
          maxlength=${limits.emailLength}
          placeholder=${l.term('newEmail.toHint')}
          aria-autocomplete="list"
          aria-expanded=${this.#open ? 'true' : 'false'}
          aria-controls=${this.#open ? this.#listbox.id : nothing}
          aria-activedescendant=${(this.#open && this.#listbox.activeId) || nothing}
          aria-invalid=${wrong ? 'true' : nothing}
          aria-describedby=${described || nothing}
          .value=${to}
          @input=${this.#onInput}
          @keydown=${this.#onKeydown}
          @blur=${this.#onBlur}
        />
        ${name && email ? html`<span class="address">${email}</span>` : nothing}
      </label>
      ${this.#none ? html`<p class="unknown" id="none" role="status">${l.term('newEmail.noContact')}</p>` : nothing}`;
  }

  renderChoices(l: L): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    return html`<div class="popover choices contacts" popover="manual" dir=${l.dir}>
      ${this.#listbox.render(l.term('newEmail.found'))}
    </div>`;
  }
}

function renderContact({ id, name, email, avatarUrl }: FoundContact): TemplateResult {
  return html`<conv-avatar
      name=${name ?? email ?? ''}
      person-id=${id}
      .src=${avatarUrl}
    ></conv-avatar>
    <span class="choice" dir="auto"
      ><strong>${name ?? email}</strong
      >${name && email ? html`<span class="hint">${email}</span>` : nothing}</span
    >`;
}
