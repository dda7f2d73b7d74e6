import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Account } from '../../context/index.js';
import type { Me } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits, type ErrorCode, type ProfilePatch } from '../../protocol/index.js';
import '../conv-avatar/conv-avatar.js';
import { Saving } from './saving.js';

type L = Localizer<InboxStrings>;
type FieldName = keyof ProfilePatch;

const fieldOf: Partial<Record<ErrorCode, FieldName>> = {
  invalid_email: 'email',
  email_taken: 'email',
  password_too_short: 'password',
};

/** What visitors see of the agent, and how the agent signs in (S3.3). */
export class OwnProfileForm {
  unsaved = false;
  #host: ReactiveControllerHost & HTMLElement;
  #account: () => Account | undefined;
  #saving: Saving;
  #missing: FieldName | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, account: () => Account | undefined) {
    this.#host = host;
    this.#account = account;
    this.#saving = new Saving(host);
  }

  render(me: Me, l: L): TemplateResult {
    const face = html`<div class="face">
      <conv-avatar name=${me.name} person-id=${me.id} .src=${me.avatarUrl}></conv-avatar>
      <div><strong>${me.name}</strong><span class="hint">${me.email}</span></div>
    </div>`;
    if (!this.#account()) {
      return html`${face}
        <p class="hint">${l.term('agent.profile.elsewhere')}</p>`;
    }
    return html`${face}
      <p class="hint">${l.term('agent.profile.why')}</p>
      <form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        ${this.#renderField('name', l.term('contact.name'), me.name, l)}
        ${this.#renderField('email', l.term('contact.email'), me.email ?? '', l)}
        ${this.#renderField('password', l.term('agent.profile.password'), '', l)}
        <p class="hint" id="password-hint">
          ${l.term('agent.profile.passwordHint')} ${l.term('profile.passwordHint')}.
        </p>
        <div class="acts">
          ${this.#saving.render(l)}
          <button type="submit" class="button primary">${l.term('agent.save')}</button>
        </div>
      </form>`;
  }

  #renderField(name: FieldName, label: string, value: string, l: L): TemplateResult {
    const { fault } = this.#saving;
    const wrong = fault !== null && fieldOf[fault] === name;
    const missing = this.#missing === name;
    const types = { name: 'text', email: 'email', password: 'password' } as const;
    const complete = { name: 'name', email: 'username', password: 'new-password' } as const;
    const most = {
      name: limits.nameLength,
      email: limits.emailLength,
      password: limits.passwordLength.max,
    };
    const about = missing
      ? 'missing'
      : wrong
        ? 'fault'
        : name === 'password'
          ? 'password-hint'
          : '';
    return html`<label class="field"
        ><span>${label}</span>
        <input
          name=${name}
          type=${types[name]}
          autocomplete=${complete[name]}
          maxlength=${most[name]}
          .defaultValue=${value}
          aria-invalid=${missing || wrong ? 'true' : nothing}
          aria-describedby=${about || nothing}
      /></label>
      ${
        missing
          ? html`<p class="error" id="missing" role="alert">${l.term('agent.profile.required')}</p>`
          : nothing
      }`;
  }

  async #save(form: HTMLFormElement): Promise<void> {
    const account = this.#account();
    if (!account || this.#saving.busy) return;
    const written = new FormData(form);
    const read = (field: FieldName): string => String(written.get(field) ?? '');
    const [name, email, password] = [read('name').trim(), read('email').trim(), read('password')];
    this.#missing = name === '' ? 'name' : email === '' ? 'email' : null;
    if (this.#missing) return this.#focus(form, this.#missing);
    if (password !== '' && password.length < limits.passwordLength.min) {
      this.#saving.fail('password_too_short');
      return this.#focus(form, 'password');
    }
    const patch: ProfilePatch = { name, email, ...(password === '' ? {} : { password }) };
    if (await this.#saving.run(() => account.updateProfile(patch))) {
      this.unsaved = false;
      const field = form.querySelector<HTMLInputElement>('[name=password]');
      if (field) field.value = '';
      return;
    }
    const field = this.#saving.fault && fieldOf[this.#saving.fault];
    if (field) this.#focus(form, field);
  }

  #focus(form: HTMLFormElement, field: FieldName): void {
    this.#host.requestUpdate();
    form.querySelector<HTMLElement>(`[name=${field}]`)?.focus();
  }

  readonly #onInput = (): void => {
    this.unsaved = true;
    this.#saving.clear();
    this.#missing = null;
    this.#host.requestUpdate();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#save(event.currentTarget as HTMLFormElement);
  };
}
