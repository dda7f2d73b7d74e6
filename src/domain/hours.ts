/** From and to in minutes after midnight, `to` at most 1,440. */
export type Span = [from: number, to: number];

/** The hours of a week in one time zone (S4.3). */
export interface Hours {
  /** IANA name, such as `Europe/Stockholm`. */
  timeZone: string;
  /** Monday first, seven days; spans of a day are sorted and do not touch. */
  week: Span[][];
  /** Goes offline by itself when the last span of a day ends; one that goes on past midnight is one. */
  goOffline: boolean;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const wholeDay = 1_440;

/** Whether `now`, epoch ms, is within the hours. */
export function isWithin({ timeZone, week }: Hours, now: number): boolean {
  const wall = wallTime(timeZone, now);
  const minute = Math.floor(modulo(wall, dayMs) / minuteMs);
  return spansOf(week, Math.floor(wall / dayMs)).some(
    ([from, to]) => from <= minute && minute < to,
  );
}

/** Whether there is such a time zone, and the spans of each day are sorted and do not touch. */
export function isPossible({ timeZone, week }: Hours): boolean {
  try {
    wallTime(timeZone, 0);
  } catch {
    return false;
  }
  return week.every((spans) =>
    spans.every(([from, to], index) => from < to && from > (spans[index - 1]?.[1] ?? -1)),
  );
}

/**
 * Whether a day that goes offline by itself ended after `since` and at or before `now`, both epoch
 * ms, and none has begun by then: how a job that runs now and then finds each end once.
 */
export function endedBetween(hours: Hours, since: number, now: number): boolean {
  const { timeZone, week, goOffline } = hours;
  if (!goOffline || isWithin(hours, now)) return false;
  const last = Math.floor(wallTime(timeZone, now) / dayMs);
  // All days of a week are among the last fourteen, and no stretch is longer than seven.
  for (let day = last; day > last - 14; day--) {
    const end = endOfDay(week, day);
    if (end === null) continue;
    const at = momentOf(timeZone, end);
    if (since < at && at <= now) return true;
  }
  return false;
}

/** When the last stretch that begins on a day ends, in ms of the wall; null where there is none. */
function endOfDay(week: Span[][], day: number): number | null {
  const [from, to] = spansOf(week, day).at(-1) ?? [0, 0];
  const goesOn = from === 0 && spansOf(week, day - 1).at(-1)?.[1] === wholeDay;
  if (to === 0 || goesOn) return null;
  let minute = to;
  let at = day;
  while (minute === wholeDay) {
    const next = spansOf(week, at + 1)[0];
    if (next?.[0] !== 0) break;
    if (++at - day > 7) return null;
    minute = next[1];
  }
  return at * dayMs + minute * minuteMs;
}

/** Days are counted from 1 January 1970, a Thursday. */
function spansOf(week: Span[][], day: number): Span[] {
  return week[modulo(day + 3, 7)] ?? [];
}

/**
 * When clocks show this, in epoch ms: for the last time, where they are put back meanwhile; where
 * they skip it, the moment at which they do.
 */
function momentOf(timeZone: string, wall: number): number {
  const offsets = [wall - dayMs, wall + dayMs].map((at) => wallTime(timeZone, at) - at);
  const moments = offsets.map((offset) => wall - offset);
  const shown = moments.filter((at) => wallTime(timeZone, at) === wall);
  if (shown.length > 0) return Math.max(...shown);
  let [before, after] = [Math.min(...moments), Math.max(...moments)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallTime(timeZone, middle) < wall) before = middle;
    else after = middle;
  }
  return after;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks show, as if it were UTC. */
function wallTime(timeZone: string, at: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    const numeric = 'numeric';
    const date = { year: numeric, month: numeric, day: numeric } as const;
    const time = { hour: numeric, minute: numeric, second: numeric, hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone, ...date, ...time });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const date = Date.UTC(part('year'), part('month') - 1, part('day'));
  const seconds = (part('hour') * 60 + part('minute')) * 60 + part('second');
  return date + seconds * 1_000 + modulo(at, 1_000);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
