import { daysBetween, sameYear, type Localizer } from './localizer.js';
import type { Strings } from './strings.js';

const minute = 60_000;
const hour = 60 * minute;

/** Short age of a card: `now`, `2 min`, `1 h`, `Yesterday`, then the date. All epoch ms. */
export function ago(localizer: Localizer<Strings>, at: number, now: number): string {
  const age = Math.max(0, now - at);
  if (age < minute) return localizer.relative(0, 'second');
  if (age < hour) return unit(localizer.locale, Math.floor(age / minute), 'minute');
  const days = daysBetween(at, now);
  if (days === 0 || age < 6 * hour) {
    return unit(localizer.locale, Math.floor(age / hour), 'hour');
  }
  if (days === 1) return localizer.dayName(at, now);
  return localizer.date(at, {
    day: 'numeric',
    month: 'short',
    ...(sameYear(at, now) ? {} : { year: 'numeric' }),
  });
}

function unit(locale: string, value: number, name: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(
    value,
  );
}
