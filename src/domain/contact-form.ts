import type { Contact } from './contact.js';

/**
 * When the contact form asks (S5.7): `before` the first message, `after` it, or only while nobody
 * is there (`offline`), before the first message.
 */
export type FormMoment = 'before' | 'after' | 'offline';

export interface FormField {
  /** `name`, `email` and `phone` are the contact's own; any other is an attribute. */
  key: string;
  /** By language of the widget; empty for the contact's own fields, which the kit names. */
  labels: Record<string, string>;
  required: boolean;
}

export interface FormConsent {
  /** Such as `terms` or `marketing`. */
  name: string;
  /** What the visitor agrees to, by language of the widget. */
  texts: Record<string, string>;
  /** Page with the full text; null where there is none. */
  url: string | null;
  required: boolean;
}

/** What a workspace asks its visitors in the conversation. */
export interface ContactForm {
  when: FormMoment;
  fields: FormField[];
  consents: FormConsent[];
}

/** What a visitor gave: values of fields, and whether each consent was given. */
export interface FormAnswers {
  values: Record<string, string>;
  consents: Record<string, boolean>;
}

/** The part that is still to be asked of somebody who gave the named ones; null when nothing is left. */
export function openQuestions(form: ContactForm, given: readonly string[]): ContactForm | null {
  const known = new Set(given);
  const fields = form.fields.filter(({ key }) => !known.has(key));
  const consents = form.consents.filter(({ name }) => !known.has(name));
  return fields.length + consents.length > 0 ? { ...form, fields, consents } : null;
}

/** The names of required questions that the answers leave open. */
export function missingAnswers(form: ContactForm, { values, consents }: FormAnswers): string[] {
  const fields = form.fields.filter(
    ({ key, required }) => required && !(Object.hasOwn(values, key) && values[key]?.trim()),
  );
  const agreements = form.consents.filter(
    ({ name, required }) => required && !(Object.hasOwn(consents, name) && consents[name]),
  );
  return [...fields.map(({ key }) => key), ...agreements.map(({ name }) => name)];
}

/** Questions of the form that need not be asked of a contact: keys of fields, names of consents. */
export function answeredQuestions(
  form: ContactForm | null,
  contact: Pick<Contact, 'name' | 'email' | 'phone' | 'attributes' | 'consents'>,
): string[] {
  if (!form) return [];
  const { name, email, phone, attributes } = contact;
  const values = new Map<string, string | null>(attributes.map(({ key, value }) => [key, value]));
  for (const [key, value] of Object.entries({ name, email, phone })) values.set(key, value);
  const fields = form.fields.filter(({ key }) => values.get(key));
  const agreements = form.consents.filter((asked) =>
    // A required one that was refused is asked again.
    contact.consents.some(
      ({ name: known, given }) => known === asked.name && (given || !asked.required),
    ),
  );
  return [...fields.map(({ key }) => key), ...agreements.map(({ name: asked }) => asked)];
}
