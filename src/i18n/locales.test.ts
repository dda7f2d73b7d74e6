import { expect } from '@open-wc/testing';
import { errorEntry, type refusalErrors } from '../protocol/index.js';
import { loadLocale, comingStrings } from './load-locale.js';
import { languageOf, languageTags } from './locales/languages.js';
import { chooseEn } from './locales/en-choose.js';
import { emojiEn } from './locales/en-emoji.js';
import { filesEn } from './locales/en-files.js';
import { timesEn } from './locales/en-times.js';
import { formEn } from './locales/en-form.js';
import { menuEn } from './locales/en-menu.js';
import { poweredByEn } from './locales/en-powered-by.js';
import { ratingEn } from './locales/en-rating.js';
import { targetedEn } from './locales/en-targeted.js';
import { en } from './locales/en.js';
import { localizerFor } from './localizer.js';
import { registerStrings, translationsFor } from './registry.js';
import type { VisitorError, VisitorStrings } from './strings.js';

type Key = keyof VisitorStrings;

const visitorErrors = [
  'internal',
  'unavailable',
  'timeout',
  'invalid_email',
  'message_empty',
  'file_damaged',
  'file_incomplete',
  'message_refused',
  'form_required',
  'chat_unavailable',
  'conversation_not_found',
  'message_not_found',
  'file_not_found',
  'group_not_found',
  'conversation_ended',
  'file_type_refused',
  'too_large',
  'storage_unavailable',
  'storage_full',
] as const satisfies readonly (VisitorError | keyof typeof refusalErrors)[];

const english: VisitorStrings = {
  ...en,
  ...timesEn,
  ...filesEn,
  ...emojiEn,
  ...formEn,
  ...ratingEn,
  ...menuEn,
  ...chooseEn,
  ...targetedEn,
  ...poweredByEn,
  ...(Object.fromEntries(
    visitorErrors.map((code) => [`error.${code}`, errorEntry(code).message]),
  ) as Record<`error.${(typeof visitorErrors)[number]}`, string>),
};
const keys = Object.keys(english) as Key[];
const others = languageTags.filter((tag) => tag !== 'en');

/** What is said in other languages as in English. */
const sameAsEnglish: Readonly<Record<string, string>> = {
  '<0>, <1>': 'cs da de es fr he hi id it ko nl pl pt pt-BR ru sv tr uk vi',
  '<0>: <1>': 'ar cs da de es fa he hi id it ko nl pl pt pt-BR ru sv tr uk vi',
  Chat: 'cs da de es fr it nl pt pt-BR',
  'Download <0>': 'da',
  Email: 'id vi',
  Emoji: 'cs de id it nl pl tr',
  Invisible: 'es fr',
  Menu: 'da fr id it nl pl pt pt-BR',
  Message: 'fr',
  'Message…': 'fr',
  Messages: 'fr',
  Name: 'de',
  Offline: 'cs da de nl pl pt-BR sv',
  Okay: 'da de',
  Online: 'cs da de nl pl pt-BR sv',
  Recent: 'nl',
  Send: 'da',
  optional: 'de',
};

/** `chat.openUnread` for the counts, without the digits. */
const forms = (tag: string, counts: readonly number[]): string[] =>
  counts.map((count) => said(table(tag), 'chat.openUnread', count).replaceAll(/\p{Nd}+/gu, '#'));

const tables = new Map<string, VisitorStrings>();
const table = (tag: string): VisitorStrings => tables.get(tag) ?? english;

/** The text, with `<0>` and `<1>` for names, and a count where one is told. */
function said(strings: VisitorStrings, key: Key, count = 2): string {
  const text = strings[key] as string | ((...args: unknown[]) => string);
  if (typeof text === 'string') return text;
  if (key === 'chat.openUnread') return text(count);
  return text('<0>', key === 'thread.typing' ? count : '<1>');
}

/** Every text of the languages that the pattern names. */
function texts(pattern = /./): { name: string; key: Key; tag: string; text: string }[] {
  return others
    .filter((tag) => pattern.test(tag))
    .flatMap((tag) =>
      keys.map((key) => ({ name: `${tag} ${key}`, key, tag, text: said(table(tag), key) })),
    );
}

/** Fails with the names and texts that are not as they should be. */
function none(wrong: readonly { name: string; text: string }[]): void {
  expect(wrong.map(({ name, text }) => `${name}: ${text}`)).to.deep.equal([]);
}

describe('languages of the widget', () => {
  before(async () => {
    await Promise.all(
      others.map(async (tag) => {
        expect(await loadLocale(tag)).to.equal(true);
        tables.set(tag, translationsFor(tag)[0] as VisitorStrings);
      }),
    );
  });

  it('S5.14 are 25, three of them from right to left, each complete and each text replaceable', () => {
    expect([...languageTags].sort().join(' ')).to.equal(
      'ar cs da de en es fa fr he hi id it ja ko nl pl pt pt-BR ru sv tr uk vi zh-CN zh-TW',
    );
    const rightToLeft = languageTags.filter((tag) => localizerFor(tag, english).dir === 'rtl');
    expect(rightToLeft.sort()).to.deep.equal(['ar', 'fa', 'he']);
    for (const tag of others) {
      expect(Object.keys(table(tag)).sort(), tag).to.deep.equal([...keys].sort());
    }
    for (const tag of languageTags) {
      const locale = `${tag}-x-own`;
      registerStrings(locale, Object.fromEntries(keys.map((key) => [key, `own ${key}`])));
      for (const key of keys) {
        expect((localizerFor(locale, english).term as (of: Key) => string)(key)).to.equal(
          `own ${key}`,
        );
      }
    }
  });

  it('say all that they are given, and take no more than English does', () => {
    const placeholders = (text: string): string[] => [...new Set(text.match(/<\d>/g))].sort();
    none(
      texts().filter(({ key, tag, text }) => {
        const ours = table(tag)[key];
        const theirs = english[key];
        const fits =
          typeof ours === 'function'
            ? typeof theirs === 'function' && ours.length <= theirs.length
            : typeof theirs === 'string';
        const told = placeholders(text).join() === placeholders(said(english, key)).join();
        return !fits || !told || /undefined|NaN|\$\{|#/.test(text);
      }),
    );
  });

  it('leave nothing in English by accident', () => {
    none(
      texts().filter(
        ({ key, tag, text }) =>
          text === said(english, key) && !sameAsEnglish[text]?.split(' ').includes(tag),
      ),
    );
    none(
      texts(/^(?:ar|fa|he|hi|ja|ko|ru|uk|zh)/).filter(({ text }) =>
        /[a-z]/i.test(text.replaceAll(/10 ?MB/g, '')),
      ),
    );
  });

  it('are set as the language is', () => {
    none(texts().filter(({ text }) => /["'`]|\.\.\.|^\s|\s$|\s\s/.test(text)));
    none(texts(/^fr/).filter(({ text }) => /[^\u202f][?!;]|[^\u00a0]:/.test(text)));
    none(texts(/^es/).filter(({ text }) => count(text, '?') !== count(text, '¿')));
    none(texts(/^es/).filter(({ text }) => count(text, '!') !== count(text, '¡')));
    none(texts(/^(?:ja|zh)/).filter(({ text }) => /[,.;:?!()]/.test(text)));
    none(texts(/^(?:ar|fa)/).filter(({ text }) => /[,;?]/.test(text)));
    none(texts(/^hi/).filter(({ text }) => /\./.test(text)));
  });

  it('count in the plural forms of the language', () => {
    for (const tag of others) {
      const number = new Intl.NumberFormat(tag);
      for (const unread of [1, 2, 3, 5, 11, 22, 99]) {
        const text = said(table(tag), 'chat.openUnread', unread);
        expect(
          [`${unread}`, number.format(unread)].some((digits) => text.includes(digits)),
        ).to.equal(true, `${tag}: ${text}`);
      }
    }
    // One, few and many of Slavic languages; 22 is as 2, and 21 as 1 where the language has it so.
    for (const [tag, same, groups] of [
      ['pl', [2, 22, 34], [1, 2, 5]],
      ['uk', [1, 21, 31], [1, 2, 5]],
      ['cs', [5, 22, 40], [1, 2, 5]],
      ['ru', [1, 21, 31], [1, 5]],
      ['ar', [3, 10, 103], [0, 1, 2, 3, 11]],
      ['he', [3, 10, 20], [1, 3]],
      ['fr', [2, 5, 20], [1, 2]],
    ] as const) {
      expect(new Set(forms(tag, same)).size, `${tag} ${same}`).to.equal(1);
      expect(new Set(forms(tag, groups)).size, `${tag} ${groups}`).to.equal(groups.length);
    }
    const oneAndTwo = (tag: string) => [1, 2].map((n) => said(table(tag), 'thread.typing', n));
    for (const tag of ['de', 'es', 'fa', 'fr', 'it', 'nl', 'pl', 'pt', 'ru', 'uk', 'ar', 'cs']) {
      expect(new Set(oneAndTwo(tag)).size, tag).to.equal(2);
    }
  });

  it('serve the locales around them', () => {
    const served = {
      'de-AT': 'de',
      'en-GB': 'en',
      'fr-ca': 'fr',
      'pt-BR': 'pt-BR',
      'pt-PT': 'pt',
      'pt-AO': 'pt',
      zh: 'zh-CN',
      'zh-Hans-SG': 'zh-CN',
      'zh-Hant': 'zh-TW',
      'zh-HK': 'zh-TW',
      iw: 'he',
      nb: undefined,
      no: undefined,
    };
    for (const [locale, tag] of Object.entries(served))
      expect(languageOf(locale), locale).to.equal(tag);
  });

  it('give way to the page’s own words, whichever came first, and English to them', async () => {
    const term = (key: 'chat.send' | 'chat.open' | 'chat.log'): string =>
      localizerFor('fr-CH', english).term(key);
    registerStrings('fr-CH', { 'chat.send': 'Go' });
    expect([term('chat.send'), term('chat.open')]).to.deep.equal(['Go', 'Open chat']);
    await loadLocale('fr-CH');
    registerStrings('fr', { 'chat.log': 'Fil' });
    expect([term('chat.send'), term('chat.open'), term('chat.log')]).to.deep.equal([
      'Go',
      'Ouvrir le chat',
      'Fil',
    ]);
  });

  it('are waited for, but not long, and not when they cannot come', async () => {
    expect(comingStrings('en')).to.equal(undefined);
    expect(comingStrings('EN-gb')).to.equal(undefined);
    const late = comingStrings('xx-late', () => new Promise(() => undefined), 1);
    const failed = comingStrings('xx-failed', () => Promise.reject(new Error('offline')));
    let asked = 0;
    const load = (): Promise<boolean> => Promise.resolve(++asked > 0);
    const here = comingStrings('xx-here', load);
    expect(comingStrings('xx-here', load)).to.equal(here);
    expect(await Promise.all([late, failed, here])).to.have.length(3);
    for (const locale of ['xx-late', 'xx-failed', 'xx-here']) {
      expect(comingStrings(locale, load), locale).to.equal(undefined);
    }
    expect(asked).to.equal(1);
    expect(await loadLocale('nb')).to.equal(false);
  });
});

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
