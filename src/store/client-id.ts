import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';

/** Makes UUIDv7s that rise in the order of making, so that sorting by them is the order of writing. */
export function createClientIds(clock: Pick<Clock, 'now'>, random: Random): () => string {
  let lastMs = 0;
  let counter = 0;
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  return () => {
    const now = clock.now();
    if (now > lastMs) {
      lastMs = now;
      counter = 0;
    } else if (++counter > 0xfff) {
      lastMs++;
      counter = 0;
    }
    const time = hex(lastMs, 12);
    const tail = hex(Math.floor(random() * 2 ** 48), 12);
    const variant = hex(0x8000 + Math.floor(random() * 0x4000), 4);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}-${tail}`;
  };
}
