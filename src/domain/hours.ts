/** From and to in minutes after midnight, `to` at most 1,440. */
export type Span = [from: number, to: number];

/** The hours of a week in one time zone (S4.3). */
export interface Hours {
  /** IANA name, such as `Europe/Stockholm`. */
  timeZone: string;
  /** Monday first, seven days; spans of a day are sorted and do not touch. */
  week: Span[][];
  /** Goes offline by itself when the last span of a day ends. */
  goOffline: boolean;
}

const dayMs = 86_400_000;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether `now`, epoch ms, is within the hours. */
export function isWithin(hours: Hours, now: number): boolean {
  const { day, minute } = localTime(hours.timeZone, now);
  return (hours.week[day] ?? []).some(([from, to]) => from <= minute && minute < to);
}

/**
 * Whether a span that goes offline by itself ended after `since` and at or before `now`, both epoch
 * ms: how a job that runs now and then finds each end once.
 */
export function endedBetween(hours: Hours, since: number, now: number): boolean {
  if (!hours.goOffline || isWithin(hours, now)) return false;
  if (now - since > dayMs) return hours.week.some((spans) => spans.length > 0);
  for (let at = now; at > since; at -= 60_000) if (isWithin(hours, at - 1)) return true;
  return isWithin(hours, since);
}

function localTime(timeZone: string, at: number): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return {
    day: weekdays.indexOf(part('weekday')),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}
