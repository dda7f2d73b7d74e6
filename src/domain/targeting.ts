/** How a text is compared, letters' case aside; in `matches`, `*` stands for any text. */
export type TextTest = 'is' | 'contains' | 'matches';

export type Device = 'phone' | 'tablet' | 'desktop';

export type TargetCondition =
  | { type: 'url' | 'previous-page' | 'referrer'; test: TextTest; value: string }
  | { type: 'time-on-page'; seconds: number }
  | { type: 'pages-seen' | 'visits'; atLeast: number }
  /** ISO 3166 codes, such as `SE`. */
  | { type: 'country'; any: string[] }
  | { type: 'device'; any: Device[] }
  /** BCP 47; `pt` is also met by `pt-BR`. */
  | { type: 'language'; any: string[] };

export type TargetAction =
  /** Shows a message beside the bubble, by language of the widget. */
  | { type: 'message'; texts: Record<string, string> }
  | { type: 'open' }
  | { type: 'assign'; groupId: string };

/** Something that the widget does by itself for visitors of a kind (S5.8). */
export interface TargetedMessage {
  id: string;
  active: boolean;
  /** While an agent is online, while none is, or either. */
  when: 'available' | 'unavailable' | 'either';
  match: 'all' | 'any';
  /** None: always met. */
  conditions: TargetCondition[];
  action: TargetAction;
  /** Once for each visitor, once for each visit, or on each page where it is met. */
  repeat: 'once' | 'visit' | 'always';
}

/** What is known of the visitor and the page. */
export interface TargetFacts {
  available: boolean;
  url: string;
  /** Address of the page before this one on the same site; empty where there was none. */
  previousPage: string;
  referrer: string;
  secondsOnPage: number;
  pagesSeen: number;
  visits: number;
  country: string | null;
  device: Device;
  language: string;
}

/** Whether a condition is met. */
export function conditionMet(condition: TargetCondition, facts: TargetFacts): boolean {
  switch (condition.type) {
    case 'url':
      return textMet(condition, facts.url);
    case 'previous-page':
      return textMet(condition, facts.previousPage);
    case 'referrer':
      return textMet(condition, facts.referrer);
    case 'time-on-page':
      return facts.secondsOnPage >= condition.seconds;
    case 'pages-seen':
      return facts.pagesSeen >= condition.atLeast;
    case 'visits':
      return facts.visits >= condition.atLeast;
    case 'country': {
      const { country } = facts;
      return country !== null && condition.any.some((one) => same(one, country));
    }
    case 'device':
      return condition.any.includes(facts.device);
    case 'language':
      return condition.any.some((tag) =>
        `${facts.language}-`.toLowerCase().startsWith(`${tag}-`.toLowerCase()),
      );
  }
}

/** Whether a targeted message is due now, its repetition aside. */
export function isDue(target: TargetedMessage, facts: TargetFacts): boolean {
  if (!target.active) return false;
  if (target.when !== 'either' && (target.when === 'available') !== facts.available) return false;
  const { conditions, match } = target;
  if (conditions.length === 0) return true;
  const met = (condition: TargetCondition): boolean => conditionMet(condition, facts);
  return match === 'all' ? conditions.every(met) : conditions.some(met);
}

function textMet({ test, value }: { test: TextTest; value: string }, text: string): boolean {
  if (test === 'is') return same(text, value);
  if (test === 'contains') return text.toLowerCase().includes(value.toLowerCase());
  return wildcardMet(value.toLowerCase(), text.toLowerCase());
}

/** Linear in the text for each star: an owner's pattern cannot hang a visitor's page. */
function wildcardMet(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  if (parts.length === 1) return text === pattern;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
