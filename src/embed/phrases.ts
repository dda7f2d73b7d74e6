import { registerStrings } from '../i18n/index.js';
import type { Phrases } from './options.js';

/** Names that pages use for texts of the kit; any key of its table of strings is understood too. */
const keys: Record<string, string> = {
  greeting: 'chat.greeting',
  available: 'chat.available',
  messenger: 'chat.messenger',
  hidden: 'chat.hidden',
  empty: 'chat.empty',
  placeholder: 'chat.placeholder',
  button: 'chat.open',
  'chat.input.placeholder': 'chat.placeholder',
};

/** A page's own words, in as many levels as it likes, for a language. */
export function registerPhrases(phrases: Phrases, language: string): void {
  registerStrings(language, Object.fromEntries(flat(phrases)));
}

function flat(phrases: Phrases, path = ''): [string, string][] {
  return Object.entries(phrases).flatMap(([name, text]): [string, string][] => {
    const key = path + name;
    return typeof text === 'string' ? [[keys[key] ?? key, text]] : flat(text, `${key}.`);
  });
}
