import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Account } from '../../context/index.js';
import type { Me } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits, type ErrorCode, type ProfilePatch } from '../../protocol/index.js';
import { codeOf, errorText } from '../shared/shown-error.js';

type L = Localizer<InboxStrings>;
type Host = ReactiveControllerHost & HTMLElement;
type FieldName = keyof ProfilePatch;

/** Which field a refusal is about. */
const fieldOf: Partial<Record<ErrorCode, FieldName>> = {
  invalid_email: 'email',
  email_taken: 'email',
  password_too_short: 'password',
};

const inputs = {
  name: { type: 'text', autocomplete: 'name', maxlength: limits.nameLength },
  email: { type: 'email', autocomplete: 'username', maxlength: limits.emailLength },
  password: {
    type: 'password',
    autocomplete: 'new-password',
    maxlength: limits.passwordLength.max,
  },
} as const;

/** Asks an agent who came by a link for a name and a password, in a banner; not before. */
export class ProfileForm {
  #host: Host;
  #account: () => Account | undefined;
  #state: 'asked' | 'open' | 'saved' | 'later' = 'asked';
  #fault: ErrorCode | null = null;
  #busy = false;

  constructor(host: Host, account: () => Account | undefined) {
    this.#host = host;
    this.#account = account;
  }

  render(current: Me | null, l: L): TemplateResult | typeof nothing {
    const account = this.#account();
    const me = account?.$profile.get() ?? current;
    if (!account || !me || this.#state === 'later') return nothing;
    if (this.#state === 'saved') return this.#renderSaved(l);
    if (me.named && me.hasPassword) return nothing;
    return this.#state === 'open' ? this.#renderForm(me, l) : this.#renderQuestion(l);
  }

  #renderQuestion(l: L): TemplateResult {
    return html`<section class="notice" aria-labelledby="profile">
      <p><strong id="profile">${l.term('profile.ask')}</strong></p>
      <p>${l.term('profile.why')}</p>
      <p>
        <button type="button" class="button primary choose" @click=${this.#onOpen}>
          ${l.term('profile.open')}
        </button>
        <button type="button" class="button quiet" @click=${this.#onLater}>
          ${l.term('profile.later')}
        </button>
      </p>
    </section>`;
  }

  #renderSaved(l: L): TemplateResult {
    return html`<section class="notice" aria-label=${l.term('profile.ask')}>
      <p class="saved" role="status">${l.term('profile.saved')}</p>
      <p>
        <button type="button" class="button quiet done" @click=${this.#onLater}>
          ${l.term('close')}
        </button>
      </p>
    </section>`;
  }

  #renderForm(me: Me, l: L): TemplateResult {
    return html`<section class="notice" aria-label=${l.term('profile.ask')}>
      <form novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
        ${this.#renderInput('name', l.term('contact.name'), me.named ? me.name : '')}
        ${this.#renderInput('email', l.term('contact.email'), me.email ?? '')}
        ${this.#renderInput('password', l.term('profile.password'), '', l.term('profile.passwordHint'))}
        <button type="submit" class="button primary">${l.term('profile.save')}</button>
        <button type="button" class="button quiet" @click=${this.#onLater}>
          ${l.term('profile.later')}
        </button>
      </form>
      ${
        this.#fault
          ? html`<p class="error" id="profile-fault" role="alert">${errorText(l, this.#fault)}</p>`
          : nothing
      }
    </section>`;
  }

  #renderInput(name: FieldName, label: string, value: string, hint = ''): TemplateResult {
    const { type, autocomplete, maxlength } = inputs[name];
    const wrong = this.#fault !== null && fieldOf[this.#fault] === name;
    return html`<label
      >${label}
      <input
        name=${name}
        type=${type}
        autocomplete=${autocomplete}
        maxlength=${maxlength}
        required
        placeholder=${hint || nothing}
        .defaultValue=${value}
        aria-invalid=${wrong ? 'true' : nothing}
        aria-describedby=${wrong ? 'profile-fault' : nothing}
    /></label>`;
  }

  async #show(state: 'open' | 'saved' | 'later', focus: string | null): Promise<void> {
    this.#state = state;
    this.#fault = null;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const target = focus && this.#host.shadowRoot?.querySelector<HTMLElement>(focus);
    if (target) target.focus();
  }

  #fail(code: ErrorCode, form: HTMLFormElement): void {
    this.#fault = code;
    this.#host.requestUpdate();
    const field = fieldOf[code];
    if (field) form.querySelector<HTMLElement>(`[name=${field}]`)?.focus();
  }

  async #save(form: HTMLFormElement): Promise<void> {
    const account = this.#account();
    if (this.#busy || !account) return;
    const written = new FormData(form);
    const read = (name: FieldName): string => String(written.get(name) ?? '').trim();
    const password = String(written.get('password') ?? '');
    const empty = [...form.querySelectorAll('input')].find((input) => input.value.trim() === '');
    if (empty) {
      empty.focus();
      return;
    }
    if (password.length < limits.passwordLength.min) return this.#fail('password_too_short', form);
    this.#busy = true;
    try {
      await account.updateProfile({ name: read('name'), email: read('email'), password });
      await this.#show('saved', '.done');
    } catch (error) {
      this.#fail(codeOf(error), form);
    } finally {
      this.#busy = false;
    }
  }

  readonly #onOpen = (): void => void this.#show('open', 'form input');

  readonly #onLater = (): void => void this.#show('later', null);

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') void this.#show('later', null);
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#save(event.currentTarget as HTMLFormElement);
  };
}
