import type { InboxStrings, Localizer } from '../../i18n/index.js';

/** Those that one can choose from, as BCP 47 tags. */
export const languages: readonly string[] =
  'ar cs da de en es fa fr he hi id it ja ko nl pl pt pt-BR ru sv th tr uk vi zh-CN zh-TW'.split(
    ' ',
  );

/** A language in the reader's words; the tag itself where the browser knows no name for it. */
export function languageName(tag: string, l: Pick<Localizer<InboxStrings>, 'locale'>): string {
  try {
    return new Intl.DisplayNames([l.locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
