import {
  conditionMet,
  type Device,
  type TargetCondition,
  type TargetFacts,
  type TargetedMessage,
} from '../domain/index.js';
import type { LoadedPage } from './loaded-page.js';

/** What only the widget knows, which remembers: it is loaded to find out. */
const remembered = new Set<TargetCondition['type']>(['pages-seen', 'previous-page', 'visits']);

/** Loads the widget when a targeted message may be due; the widget itself decides and shows it. */
export function watchTargets(page: LoadedPage): void {
  const { signal } = page;
  const check = (): void => {
    const { settings, availability } = page.config ?? {};
    if (!settings || !availability || page.chat || signal.aborted) return stop();
    const facts = factsOf(page, availability.mode === 'live');
    if (settings.targeted.some((target) => mayBeDue(target, facts))) {
      stop();
      page.load().catch((cause: unknown) => page.warn('failed', cause));
    }
  };
  const timer = setInterval(check, 1_000);
  const stop = (): void => clearInterval(timer);
  signal.addEventListener('abort', stop);
  check();
}

function mayBeDue(target: TargetedMessage, facts: TargetFacts): boolean {
  if (!target.active) return false;
  if (target.when !== 'either' && (target.when === 'available') !== facts.available) return false;
  const { conditions, match } = target;
  const met = (one: TargetCondition): boolean =>
    remembered.has(one.type) || conditionMet(one, facts);
  if (conditions.length === 0) return true;
  return match === 'all' ? conditions.every(met) : conditions.some(met);
}

function factsOf({ config, options }: LoadedPage, available: boolean): TargetFacts {
  return {
    available,
    url: location.href,
    previousPage: '',
    referrer: document.referrer,
    secondsOnPage: performance.now() / 1_000,
    pagesSeen: 1,
    visits: 1,
    country: config?.country ?? null,
    device: deviceOf(),
    language: options.language || document.documentElement.lang || navigator.language,
  };
}

function deviceOf(): Device {
  if (!matchMedia('(pointer: coarse)').matches) return 'desktop';
  return Math.min(screen.width, screen.height) < 600 ? 'phone' : 'tablet';
}
