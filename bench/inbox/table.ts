import { figure, median, p95, showColumns } from '../table.js';
import { acts, kits, units, type Act, type Figures, type Kit } from './figures.js';

const peers = kits.filter(({ own }) => !own);

/** `median (p95)`. */
function shown(values: readonly number[]): string {
  return values.length === 0 ? '' : `${short(median(values))} (${short(p95(values))})`;
}

const short = (value: number): string =>
  value === Infinity
    ? 'never'
    : Number.isInteger(value)
      ? value.toLocaleString('en')
      : figure(value);

/** Ours beside the best of the others, at the median and at the 95th of 100; less is better. */
export function ratios(
  figures: Figures,
  kit: Kit,
  act: Act,
  size: number,
): { median: number; p95: number } {
  const own = figures.of(kit, act, size);
  const beside = (of: (values: readonly number[]) => number): number =>
    of(own) / Math.min(...peers.map((peer) => of(figures.of(peer, act, size))));
  return { median: beside(median), p95: beside(p95) };
}

/** A line for each act and kit, with a column for each number of messages. */
export function showThreads(figures: Figures, sizes: readonly number[]): void {
  showColumns([
    ['', '', ...sizes.map((size) => `${size.toLocaleString('en')} messages`), ...besideBest(sizes)],
    ...acts.flatMap((act) =>
      kits.map((kit, index) => [
        index === 0 ? `${act}${units[act] && `, ${units[act]}`}` : '',
        kit.name,
        ...sizes.map((size) => shown(figures.of(kit, act, size))),
        ...sizes.map((size) => {
          if (!kit.own) return '';
          const ratio = ratios(figures, kit, act, size);
          return `${ratio.median.toFixed(2)} (${ratio.p95.toFixed(2)})`;
        }),
      ]),
    ),
  ]);
  console.log('\nmedian (p95); the columns on the right: ours by the best of the others\n');
}

const besideBest = (sizes: readonly number[]): string[] =>
  sizes.map((size) => `by best, ${size.toLocaleString('en')}`);
