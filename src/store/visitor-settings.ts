import { atom, type ReadableAtom } from 'nanostores';
import type { Availability, WidgetSettings } from '../domain/index.js';
import { CodedError, type PublicConfig, type VisitorJoined } from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import { fullJitter, type Random } from '../transport/random.js';
import { mayPass } from '../transport/refusal.js';
import { later } from './thread.js';
import type { ShownError } from './thread-item.js';

/** How the widget looks and who is there to answer, before and after a connection. */
export interface VisitorSettings {
  readonly $settings: ReadableAtom<WidgetSettings | null>;
  readonly $availability: ReadableAtom<Availability | null>;
  /** ISO 3166 code. */
  readonly $country: ReadableAtom<string | null>;
  readonly $fault: ReadableAtom<ShownError | null>;
  /** Takes the public configuration; what a join brought is fresher. */
  configured(config: PublicConfig): void;
  /** Loads the public configuration; called again, it tries what failed at once. */
  load(): void;
  joined(reply: Pick<VisitorJoined, 'settings' | 'availability'>): void;
  settings(settings: WidgetSettings): void;
  availability(availability: Availability): void;
  stop(): void;
}

export interface VisitorSettingsOptions {
  clock: Clock;
  random: Random;
  config(options: { signal: AbortSignal }): Promise<PublicConfig>;
}

export function createVisitorSettings({
  clock,
  random,
  config,
}: VisitorSettingsOptions): VisitorSettings {
  const $settings = atom<WidgetSettings | null>(null);
  const $availability = atom<Availability | null>(null);
  const $country = atom<string | null>(null);
  const $fault = atom<ShownError | null>(null);
  let life = new AbortController();
  let cancel = (): void => undefined;
  let isConfigured = false;

  async function load(tries: number, { signal }: AbortController): Promise<void> {
    try {
      configured(await config({ signal }));
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = error instanceof CodedError ? error : new CodedError('internal');
      if (!mayPass(code)) return $fault.set({ code, message });
      const delay = fullJitter(tries, random, { baseMs: 1_000, capMs: 60_000 });
      cancel = clock.after(delay, () => void load(tries + 1, life));
    }
  }

  function configured({ settings, availability, country }: PublicConfig): void {
    if (!$settings.get()) $settings.set(settings);
    if (!$availability.get()) $availability.set(availability);
    $country.set(country);
    isConfigured = true;
  }

  function stop(): void {
    life.abort();
    cancel();
  }

  return {
    $settings,
    $availability,
    $country,
    $fault,
    configured,
    load() {
      if (isConfigured) return;
      stop();
      life = new AbortController();
      $fault.set(null);
      void load(0, life);
    },
    joined({ settings, availability }) {
      $settings.set(settings);
      $availability.set(availability);
    },
    settings: (settings) => $settings.set(later($settings.get(), settings)),
    availability: (availability) => $availability.set(later($availability.get(), availability)),
    stop,
  };
}
