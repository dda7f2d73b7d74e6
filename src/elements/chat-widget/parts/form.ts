import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StoreController } from '../../../context/index.js';
import {
  inSomeLanguage,
  missingAnswers,
  type ContactForm,
  type FormAnswers,
  type FormConsent,
  type FormField,
} from '../../../domain/index.js';
import { Localize, refusalText, type FormStrings } from '../../../i18n/index.js';
import { formEnglish } from '../../../i18n/locales/en-form.js';
import type { ShownError } from '../../../store/thread-item.js';
import { checkIcon } from '../../shared/icons.js';
import { shownRefusal } from '../refusal.js';
import { emit } from '../events.js';
import type { Scene } from '../scene.js';
import { cardStyles } from './card.styles.js';

export const styles = cardStyles;

export const create = (scene: Scene): Form => new Form(scene);

/** Shape of an address; whether it is one, only a message to it tells. */
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** How browsers fill in what is the contact's own. */
interface Typed {
  type: 'text' | 'email' | 'tel';
  autocomplete: 'off' | 'name' | 'email' | 'tel';
}

const own: Readonly<Record<string, Typed>> = {
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
};

/** What the workspace asks its visitor, as a card in the conversation (S5.7). */
export class Form {
  readonly #scene: Scene;
  readonly #localize: Localize<FormStrings>;
  readonly #asked: StoreController<ContactForm | null>;
  #answers: FormAnswers = { values: {}, consents: {} };
  /** What is wrong, by name of the question. */
  #wrong: Readonly<Record<string, string>> = {};
  #refused: ShownError | null = null;
  /** What was sent and is not answered: it goes on being shown. */
  #sending: ContactForm | null = null;
  #thanked = false;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#localize = new Localize<FormStrings>(scene.host, formEnglish);
    this.#asked = new StoreController(scene.host, () => scene.client()?.$form);
  }

  /** Why nothing can be written yet. */
  get waits(): string {
    return this.#localize.term('form.first');
  }

  /** Another visitor: nothing of the one before is shown to them. */
  forget(): void {
    this.#answers = { values: {}, consents: {} };
    this.#wrong = {};
    this.#refused = null;
    this.#sending = null;
    this.#thanked = false;
  }

  readonly #onInput = (event: Event): void => {
    const { name, value, type, checked } = event.target as HTMLInputElement;
    const { values, consents } = this.#answers;
    this.#answers =
      type === 'checkbox'
        ? { values, consents: { ...consents, [name]: checked } }
        : { values: { ...values, [name]: value }, consents };
    if (!(name in this.#wrong)) return;
    const { [name]: _mended, ...rest } = this.#wrong;
    this.#wrong = rest;
    this.#scene.host.requestUpdate();
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const form = this.#asked.value;
    if (form && !this.#sending) void this.#submit(form, event.currentTarget as HTMLFormElement);
  };

  async #submit(form: ContactForm, element: HTMLFormElement): Promise<void> {
    const { host } = this.#scene;
    const client = this.#scene.client();
    const answers = answersTo(form, this.#answers);
    this.#wrong = this.#faults(form, answers);
    this.#refused = null;
    host.requestUpdate();
    if (Object.keys(this.#wrong).length > 0 || !client) {
      await host.updateComplete;
      element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    this.#sending = form;
    try {
      await client.submitForm(answers);
      if (client !== this.#scene.client()) return;
      this.forget();
      this.#thanked = true;
      this.#scene.announce(this.#thanks);
      emit(host, 'chat-form-submitted', answers);
      host.requestUpdate();
      await host.updateComplete;
      // What had the focus is gone with the card.
      this.#scene.focusField();
    } catch (cause) {
      this.#refuse(shownRefusal(cause));
    }
  }

  #refuse(error: ShownError): void {
    this.#sending = null;
    if (error.code === 'invalid_email') {
      this.#wrong = { email: this.#localize.term('form.wrongEmail') };
    } else this.#refused = error;
    this.#scene.host.requestUpdate();
  }

  #faults(form: ContactForm, answers: FormAnswers): Record<string, string> {
    const { term } = this.#localize;
    const missing = missingAnswers(form, answers);
    const names = new Set(form.fields.map(({ key }) => key));
    const wrong: Record<string, string> = Object.fromEntries(
      missing.map((name) => [name, term(names.has(name) ? 'form.missing' : 'form.notAgreed')]),
    );
    const address = answers.values['email']?.trim();
    if (address && !email.test(address)) wrong['email'] = term('form.wrongEmail');
    return wrong;
  }

  get #thanks(): string {
    return this.#scene.own('formThanks') ?? this.#localize.term('form.thanks');
  }

  render(): TemplateResult | typeof nothing {
    const form = this.#sending ?? this.#asked.value;
    if (!form) {
      if (!this.#thanked) return nothing;
      return html`<p class="noted">${checkIcon()} <bdi>${this.#thanks}</bdi></p>`;
    }
    const { now, term } = this.#localize;
    const busy = this.#sending !== null;
    return html`<form
      part="card"
      class="card form"
      novalidate
      aria-label=${term('form.label')}
      @submit=${this.#onSubmit}
      @input=${this.#onInput}
    >
      <h3><bdi>${this.#scene.own('formIntro') ?? term('form.intro')}</bdi></h3>
      ${repeat(
        form.fields,
        ({ key }) => key,
        (field, at) => this.#renderField(field, at),
      )}
      ${repeat(
        form.consents,
        ({ name }) => name,
        (consent, at) => this.#renderConsent(consent, at),
      )}
      ${this.#refused ? html`<p class="wrong" role="alert">${refusalText(now, this.#refused)}</p>` : nothing}
      <button class="button primary" type="submit" ?disabled=${busy}>
        ${term(busy ? 'form.sending' : 'form.send')}
      </button>
    </form>`;
  }

  #renderField({ key, labels, required }: FormField, at: number): TemplateResult {
    const { now, term } = this.#localize;
    const { type, autocomplete }: Typed = own[key] ?? { type: 'text', autocomplete: 'off' };
    const label =
      key === 'name' || key === 'email' || key === 'phone'
        ? term(`form.${key}`)
        : inSomeLanguage(labels, now.locale) || key;
    return html`<label class="question">
      <span>
        <bdi>${label}</bdi>
        <span class="mark">(${term(required ? 'form.required' : 'form.optional')})</span>
      </span>
      <input
        name=${key}
        type=${type}
        autocomplete=${autocomplete}
        dir="auto"
        maxlength="2000"
        aria-required=${required ? 'true' : 'false'}
        aria-invalid=${key in this.#wrong ? 'true' : nothing}
        aria-describedby=${key in this.#wrong ? `wrong-field-${at}` : nothing}
        .value=${this.#answers.values[key] ?? ''}
        ?disabled=${this.#sending !== null}
      />
      ${this.#renderWrong(key, `wrong-field-${at}`)}
    </label>`;
  }

  #renderConsent({ name, texts, url, required }: FormConsent, at: number): TemplateResult {
    const { now, term } = this.#localize;
    return html`<div class="agree">
      <input
        id=${`consent-${at}`}
        name=${name}
        type="checkbox"
        aria-required=${required ? 'true' : 'false'}
        aria-invalid=${name in this.#wrong ? 'true' : nothing}
        aria-describedby=${name in this.#wrong ? `wrong-consent-${at}` : nothing}
        .checked=${this.#answers.consents[name] ?? false}
        ?disabled=${this.#sending !== null}
      />
      <div>
        <label for=${`consent-${at}`}>
          <bdi>${inSomeLanguage(texts, now.locale) || name}</bdi>
          <span class="mark">(${term(required ? 'form.required' : 'form.optional')})</span>
        </label>
        ${
          url
            ? html`<a href=${url} target="_blank" rel="noopener noreferrer">
                ${term('form.readMore')}
              </a>`
            : nothing
        }
        ${this.#renderWrong(name, `wrong-consent-${at}`)}
      </div>
    </div>`;
  }

  #renderWrong(name: string, id: string): TemplateResult | typeof nothing {
    const text = this.#wrong[name];
    return text ? html`<span class="wrong" id=${id}>${text}</span>` : nothing;
  }
}

/** An answer to each consent that is asked, and to each field that was filled in. */
function answersTo(form: ContactForm, { values, consents }: FormAnswers): FormAnswers {
  return {
    values: Object.fromEntries(
      form.fields.flatMap(({ key }) => (values[key]?.trim() ? [[key, values[key].trim()]] : [])),
    ),
    consents: Object.fromEntries(form.consents.map(({ name }) => [name, consents[name] ?? false])),
  };
}
