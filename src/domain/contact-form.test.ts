import { expect } from '@open-wc/testing';
import {
  answeredQuestions,
  missingAnswers,
  openQuestions,
  type ContactForm,
} from './contact-form.js';

const form: ContactForm = {
  when: 'before',
  fields: [
    { key: 'email', labels: {}, required: true },
    { key: 'constructor', labels: { en: 'Who built it?' }, required: true },
    { key: 'phone', labels: {}, required: false },
  ],
  consents: [
    { name: 'terms', texts: { en: 'I agree' }, url: null, required: true },
    { name: 'marketing', texts: { en: 'Write to me' }, url: null, required: false },
  ],
};
const nobody = { name: null, email: null, phone: null, attributes: [], consents: [] };

describe('a contact form', () => {
  it('asks nothing that was given, and nothing at all of who gave everything', () => {
    const open = openQuestions(form, ['email', 'terms']);
    expect(open?.fields.map(({ key }) => key)).to.deep.equal(['constructor', 'phone']);
    expect(open?.consents.map(({ name }) => name)).to.deep.equal(['marketing']);
    const all = ['email', 'constructor', 'phone', 'terms', 'marketing'];
    expect(openQuestions(form, all)).to.equal(null);
  });

  it('misses required answers that are blank or not there, whatever they are called', () => {
    expect(missingAnswers(form, { values: {}, consents: {} })).to.deep.equal([
      'email',
      'constructor',
      'terms',
    ]);
    const values = { email: ' ', constructor: 'Ada' };
    expect(missingAnswers(form, { values, consents: { terms: false } })).to.deep.equal([
      'email',
      'terms',
    ]);
    const full = { values: { ...values, email: 'a@b.example' }, consents: { terms: true } };
    expect(missingAnswers(form, full)).to.deep.equal([]);
  });

  it('knows what a contact gave, asking a refused consent again only where it is required', () => {
    const attributes = [{ key: 'constructor', value: 'Ada' }];
    const refused = ['terms', 'marketing'].map((name) => ({ name, given: false, at: 1 }));
    const contact = { ...nobody, email: 'a@b.example', attributes, consents: refused };
    expect(answeredQuestions(form, contact)).to.deep.equal(['email', 'constructor', 'marketing']);
    expect(answeredQuestions(form, nobody)).to.deep.equal([]);
    expect(answeredQuestions(null, contact)).to.deep.equal([]);
  });
});
