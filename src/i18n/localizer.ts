import { translationsFor } from './registry.js';
import type { Strings } from './strings.js';

type Term<Table, Key extends keyof Table> = Table[Key] extends (...args: infer Args) => string
  ? Args
  : [];

const day = 86_400_000;

const rightToLeft = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Texts, dates and numbers in one locale. Cheap to make; keeps its formats. */
export class Localizer<Table extends Strings = Strings> {
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  readonly #english: Table;
  readonly #formats = new Map<string, unknown>();

  /** A tag that is not BCP 47 falls back to English. */
  constructor(locale: string, english: Table) {
    this.#english = english;
    this.locale = isLocale(locale) ? locale : 'en';
    this.dir = rightToLeft.has(this.locale.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
  }

  /** The text of a key, in this locale or else in English. */
  term<Key extends keyof Table & string>(key: Key, ...args: Term<Table, Key>): string {
    const text = this.find(key);
    return typeof text === 'function'
      ? (text as (...args: unknown[]) => string)(...args)
      : String(text);
  }

  number(value: number): string {
    return this.#format('number', () => new Intl.NumberFormat(this.locale)).format(value);
  }

  /** A number with its unit in short, such as `2 min`. */
  amount(value: number, unit: string): string {
    const options = { style: 'unit', unit, unitDisplay: 'short' } as const;
    return this.#format(unit, () => new Intl.NumberFormat(this.locale, options)).format(value);
  }

  date(at: number, options: Intl.DateTimeFormatOptions): string {
    return this.#format(
      JSON.stringify(options),
      () => new Intl.DateTimeFormat(this.locale, options),
    ).format(at);
  }

  /** Time of day as the locale tells it, such as `10:42`. */
  time(at: number): string {
    return this.date(at, { hour: 'numeric', minute: '2-digit' });
  }

  /** Day and time in full, for what shows a short form. */
  fullTime(at: number): string {
    return this.date(at, { dateStyle: 'full', timeStyle: 'short' });
  }

  /** Day of a divider: `Today`, `Yesterday`, `Tuesday`, then the date. All epoch ms. */
  dayName(at: number, now: number): string {
    const days = daysBetween(at, now);
    if (days <= 1) return capitalized(this.relative(-days, 'day'), this.locale);
    if (days < 7) return this.date(at, { weekday: 'long' });
    return this.date(at, {
      day: 'numeric',
      month: 'long',
      ...(sameYear(at, now) ? {} : { year: 'numeric' }),
    });
  }

  /** A distance in time, such as `yesterday` or `now`. */
  relative(value: number, unit: Intl.RelativeTimeFormatUnit): string {
    return this.#format(
      'relative',
      () => new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }),
    ).format(value, unit);
  }

  /** Names joined as the language does it: `Ada, Ben and Cho`. */
  list(items: readonly string[]): string {
    if (items.length < 2) return items[0] ?? '';
    return this.#format(
      'list',
      () => new Intl.ListFormat(this.locale, { type: 'conjunction' }),
    ).format(items);
  }

  /** Formats are costly to make: each is made once. */
  #format<Format>(key: string, make: () => Format): Format {
    const format = (this.#formats.get(key) as Format | undefined) ?? make();
    this.#formats.set(key, format);
    return format;
  }

  /** What there is for a key, in this locale or else in English; undefined where there is none. */
  find(key: string): unknown {
    for (const strings of [...translationsFor(this.locale), this.#english]) {
      const text = (strings as Record<string, unknown>)[key];
      if (text !== undefined) return text;
    }
    return undefined;
  }
}

const known = new WeakMap<object, unknown>();

/** The one localizer of a locale and a table, so that its formats are made once. */
export function localizerFor<Table extends Strings>(
  locale: string,
  english: Table,
): Localizer<Table> {
  let ofTable = known.get(english) as Map<string, Localizer<Table>> | undefined;
  if (!ofTable) known.set(english, (ofTable = new Map()));
  let localizer = ofTable.get(locale);
  if (!localizer) ofTable.set(locale, (localizer = new Localizer(locale, english)));
  return localizer;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function capitalized(text: string, locale: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}

/** Midnights that lie between two moments, in the person's time zone; never below 0. */
export function daysBetween(at: number, now: number): number {
  const start = new Date(at).setHours(0, 0, 0, 0);
  const end = new Date(now).setHours(0, 0, 0, 0);
  return Math.max(0, Math.round((end - start) / day));
}

export function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
