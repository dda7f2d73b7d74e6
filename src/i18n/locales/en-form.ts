import { en } from './en.js';

/** English of the contact form, which loads where one is asked. */
export const formEn = {
  'form.label': 'Contact form',
  'form.intro': 'How can we reach you?',
  'form.name': 'Name',
  'form.email': 'Email',
  'form.phone': 'Phone',
  'form.required': 'required',
  'form.optional': 'optional',
  'form.missing': 'Please fill this in.',
  'form.wrongEmail': 'This is not an email address. Check it for typing errors.',
  'form.notAgreed': 'Please agree to this first.',
  'form.readMore': 'Read more',
  'form.send': 'Submit',
  'form.sending': 'Sending',
  'form.thanks': 'Thank you! We have noted your details.',
  'form.first': 'Please answer the questions above first.',
} as const;

export const formEnglish = { ...en, ...formEn };
