import { daysBetween, sameYear, type Localizer } from './localizer.js';
import type { Strings } from './strings.js';

const minute = 60_000;
const hour = 60 * minute;

/** Short age of a card: `now`, `2 min`, `1 h`, `Yesterday`, then the date. All epoch ms. */
export function ago(localizer: Localizer<Strings>, at: number, now: number): string {
  const age = Math.max(0, now - at);
  if (age < minute) return localizer.relative(0, 'second');
  if (age < hour) return localizer.amount(Math.floor(age / minute), 'minute');
  const days = daysBetween(at, now);
  if (days === 0 || age < 6 * hour) {
    return localizer.amount(Math.floor(age / hour), 'hour');
  }
  if (days === 1) return localizer.dayName(at, now);
  return localizer.date(at, {
    day: 'numeric',
    month: 'short',
    ...(sameYear(at, now) ? {} : { year: 'numeric' }),
  });
}
