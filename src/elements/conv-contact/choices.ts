import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Contact, Group } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { chevronDownIcon } from '../shared/icons.js';
import { languageName, languages } from '../shared/languages.js';
import { errorText } from '../shared/shown-error.js';
import type { ContactEdits } from './contact-edits.js';

type L = Localizer<InboxStrings>;

/** Language and group of a contact, and what they agreed to (S3.31). */
export class Choices {
  #edits: ContactEdits;

  constructor(edits: ContactEdits) {
    this.#edits = edits;
  }

  /** Lines of a `<dl>`. */
  renderLines(contact: Contact, groups: readonly Group[], l: L): TemplateResult {
    const tags = [...new Set([...languages, ...(contact.language ? [contact.language] : [])])];
    const named = tags
      .map((tag) => ({ value: tag, label: languageName(tag, l) }))
      .sort((a, b) => a.label.localeCompare(b.label, l.locale));
    const known = groups.map(({ id, name }) => ({ value: id, label: name }));
    return html`${this.#renderSelect(
      'language',
      contact.language,
      [{ value: '', label: l.term('contact.language.none') }, ...named],
      l,
    )}
    ${
      groups.length === 0
        ? nothing
        : this.#renderSelect(
            'group',
            contact.groupId,
            [{ value: '', label: l.term('contact.group.none') }, ...known],
            l,
          )
    }`;
  }

  #renderSelect(
    name: 'language' | 'group',
    chosen: string | null,
    options: readonly { value: string; label: string }[],
    l: L,
  ): TemplateResult {
    const label = l.term(`contact.${name}`);
    const code = this.#edits.codeFor(name);
    return html`<dt>${label}</dt>
      <dd>
        <span class="choice ${chosen === null ? 'none' : ''}">
          <select
            data-field=${name}
            aria-label=${label}
            .value=${live(chosen ?? '')}
            @change=${this.#onChoice}
          >
            ${options.map(
              ({ value, label: text }) =>
                html`<option value=${value} ?selected=${value === (chosen ?? '')}>${text}</option>`,
            )}
          </select>
          ${chevronDownIcon()}
        </span>
        ${code ? html`<p class="error" role="alert">${errorText(l, code)}</p>` : nothing}
      </dd>`;
  }

  renderConsents({ consents }: Contact, l: L): TemplateResult {
    const asked = new Map(consents.map((consent) => [consent.name, consent]));
    const names = [...new Set(['terms', 'marketing', ...asked.keys()])];
    const code = this.#edits.codeFor('consents');
    return html`<section part="pane" aria-labelledby="consents">
      <h3 id="consents">${l.term('contact.consents')}</h3>
      <ul class="consents" role="list">
        ${names.map((name) => {
          const consent = asked.get(name);
          const when = consent ? l.date(consent.at, { dateStyle: 'medium' }) : '';
          const state = consent
            ? l.term(consent.given ? 'contact.consents.given' : 'contact.consents.refused', when)
            : l.term('contact.consents.none');
          return html`<li>
            <label>
              <input
                type="checkbox"
                data-consent=${name}
                .checked=${live(consent?.given ?? false)}
                @change=${this.#onConsent}
              />
              <span>
                <bdi>${consentName(name, l)}</bdi>
                <span class="when">${state}</span>
              </span>
            </label>
          </li>`;
        })}
      </ul>
      ${code ? html`<p class="error" role="alert">${errorText(l, code)}</p>` : nothing}
    </section>`;
  }

  readonly #onChoice = (event: Event): void => {
    const { dataset, value } = event.currentTarget as HTMLSelectElement;
    const chosen = value || null;
    if (dataset['field'] === 'group') void this.#edits.send('group', { groupId: chosen });
    else void this.#edits.send('language', { language: chosen });
  };

  readonly #onConsent = (event: Event): void => {
    const { dataset, checked } = event.currentTarget as HTMLInputElement;
    const name = dataset['consent'];
    if (name !== undefined) void this.#edits.send('consents', { consents: { [name]: checked } });
  };
}

function consentName(name: string, l: L): string {
  return name === 'terms' || name === 'marketing' ? l.term(`contact.consents.${name}`) : name;
}
