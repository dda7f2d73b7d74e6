import { translationsFor } from './registry.js';
import type { Strings } from './strings.js';

type Term<Table, Key extends keyof Table> = Table[Key] extends (...args: infer Args) => string
  ? Args
  : [];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const rightToLeft = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Texts, dates and numbers in one locale. Cheap to make; keeps its formats. */
export class Localizer<Table extends Strings = Strings> {
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  readonly #english: Table;
  readonly #formats = new Map<string, Intl.DateTimeFormat>();

  /** A tag that is not BCP 47 falls back to English. */
  constructor(locale: string, english: Table) {
    this.#english = english;
    this.locale = isLocale(locale) ? locale : 'en';
    this.dir = rightToLeft.has(this.locale.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
  }

  /** The text of a key, in this locale or else in English. */
  term<Key extends keyof Table & string>(key: Key, ...args: Term<Table, Key>): string {
    let text: unknown = this.#english[key];
    for (const strings of translationsFor(this.locale)) {
      const own = (strings as Partial<Table>)[key];
      if (own !== undefined) {
        text = own;
        break;
      }
    }
    return typeof text === 'function'
      ? (text as (...args: unknown[]) => string)(...args)
      : String(text);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  date(at: number, options: Intl.DateTimeFormatOptions): string {
    const key = JSON.stringify(options);
    let format = this.#formats.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(this.locale, options);
      this.#formats.set(key, format);
    }
    return format.format(at);
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
    if (days <= 1) return capitalized(this.#relative(-days, 'day', 'long'), this.locale);
    if (days < 7) return this.date(at, { weekday: 'long' });
    return this.date(at, {
      day: 'numeric',
      month: 'long',
      ...(sameYear(at, now) ? {} : { year: 'numeric' }),
    });
  }

  /** Short age of a card: `now`, `2 min`, `1 h`, `Yesterday`, then the date. All epoch ms. */
  ago(at: number, now: number): string {
    const age = Math.max(0, now - at);
    if (age < minute) return this.#relative(0, 'second', 'long');
    if (age < hour) return this.#unit(Math.floor(age / minute), 'minute');
    const days = daysBetween(at, now);
    if (days === 0 || age < 6 * hour) return this.#unit(Math.floor(age / hour), 'hour');
    if (days === 1) return this.dayName(at, now);
    return this.date(at, {
      day: 'numeric',
      month: 'short',
      ...(sameYear(at, now) ? {} : { year: 'numeric' }),
    });
  }

  /** Names joined as the language does it: `Ada, Ben and Cho`. */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: 'conjunction' }).format(items);
  }

  /** A size in bytes, such as `3.4 MB`. */
  fileSize(bytes: number): string {
    const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
    const step = Math.min(3, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
    return new Intl.NumberFormat(this.locale, {
      style: 'unit',
      unit: steps[step] ?? 'byte',
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    }).format(bytes / 1024 ** step);
  }

  #unit(value: number, unit: string): string {
    return new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay: 'short' }).format(
      value,
    );
  }

  #relative(value: number, unit: Intl.RelativeTimeFormatUnit, style: 'long' | 'short'): string {
    return new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto', style }).format(value, unit);
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

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
