import { addLoaded } from '../registry.js';
import type { VisitorStrings } from '../strings.js';

/** Besides English, which is always there. Each is a chunk of its own. */
const languages: Readonly<Record<string, () => Promise<{ strings: VisitorStrings }>>> = {
  ar: () => import('./ar.js'),
  cs: () => import('./cs.js'),
  da: () => import('./da.js'),
  de: () => import('./de.js'),
  es: () => import('./es.js'),
  fa: () => import('./fa.js'),
  fr: () => import('./fr.js'),
  he: () => import('./he.js'),
  hi: () => import('./hi.js'),
  id: () => import('./id.js'),
  it: () => import('./it.js'),
  ja: () => import('./ja.js'),
  ko: () => import('./ko.js'),
  nl: () => import('./nl.js'),
  pl: () => import('./pl.js'),
  pt: () => import('./pt.js'),
  'pt-BR': () => import('./pt-BR.js'),
  ru: () => import('./ru.js'),
  sv: () => import('./sv.js'),
  tr: () => import('./tr.js'),
  uk: () => import('./uk.js'),
  vi: () => import('./vi.js'),
  'zh-CN': () => import('./zh-CN.js'),
  'zh-TW': () => import('./zh-TW.js'),
};

/** Tags of all languages that visitors can be spoken to in, English first. */
export const languageTags: readonly string[] = ['en', ...Object.keys(languages)];

/** The language of the kit that serves a locale best; undefined where there is none. */
export function languageOf(locale: string): string | undefined {
  const { language, region } = new Intl.Locale(locale);
  let tag = `${language}-${region}`;
  // Hong Kong and Macau read the script of Taiwan.
  if (language === 'zh') {
    tag = new Intl.Locale(locale).maximize().script === 'Hant' ? 'zh-TW' : 'zh-CN';
  }
  return [tag, language].find((known) => languageTags.includes(known));
}

/** Adds the texts of a locale; false where there are none but English. */
export async function fetchLocale(locale: string): Promise<boolean> {
  const load = languages[languageOf(locale) ?? ''];
  if (!load) return false;
  // Most languages share the plural rules: they are fetched together.
  const [{ strings }] = await Promise.all([load(), import('../plural.js')]);
  addLoaded(locale, strings);
  return true;
}
