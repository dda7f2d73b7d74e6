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
  /** Takes the public configuration, asked for at a time (epoch ms) or just now. */
  configured(config: PublicConfig, at?: number): void;
  /** Loads the public configuration; called again, it tries at once what failed or has become old. */
  load(): void;
  joined(reply: Pick<VisitorJoined, 'settings' | 'availability'>): void;
  settings(settings: WidgetSettings): void;
  availability(availability: Availability): void;
  stop(): void;
}

/** How long it is believed who is there, where no connection tells. */
const freshMs = 30_000;

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
  let toldAt = -Infinity;

  async function load(tries: number, { signal }: AbortController): Promise<void> {
    try {
      configured(await config({ signal }));
    } catch (error) {
      if (signal.aborted) return;
      toldAt = -Infinity;
      const { code, message } = error instanceof CodedError ? error : new CodedError('internal');
      if (!mayPass(code)) return $fault.set({ code, message });
      const delay = fullJitter(tries, random, { baseMs: 1_000, capMs: 60_000 });
      cancel = clock.after(delay, () => void load(tries + 1, life));
    }
  }

  function configured(
    { settings, availability, country }: PublicConfig,
    at: number = clock.now(),
  ): void {
    $settings.set(later($settings.get(), settings));
    $availability.set(later($availability.get(), availability));
    $country.set(country);
    toldAt = Math.max(toldAt, at);
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
      if (clock.now() - toldAt < freshMs) return;
      stop();
      life = new AbortController();
      $fault.set(null);
      toldAt = clock.now();
      void load(0, life);
    },
    joined({ settings, availability }) {
      $settings.set(settings);
      $availability.set(availability);
      // A connection tells of every change.
      toldAt = Infinity;
    },
    settings: (settings) => $settings.set(later($settings.get(), settings)),
    availability: (availability) => $availability.set(later($availability.get(), availability)),
    stop,
  };
}
