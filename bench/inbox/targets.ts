import { figure, median, p95 } from '../table.js';
import { acts, kits, type Figures } from './figures.js';
import type { ListRow } from './list-figures.js';
import { ratios } from './table.js';

export interface Target {
  what: string;
  /** The figure that decides, in words. */
  figure: string;
  met: boolean;
}

const frameMs = 1_000 / 60;
const own = kits.filter((kit) => kit.own);
const peers = kits.filter((kit) => !kit.own);

/** What the thread must keep; `sizes` in rising order. */
export function threadTargets(figures: Figures, sizes: readonly number[]): Target[] {
  const [least = 0, most = 0] = [sizes.at(0), sizes.at(-1)];
  const middle = sizes.at(-2) ?? least;
  const peerBest = Math.min(...peers.map((kit) => median(figures.of(kit, 'first paint', least))));
  return own.flatMap((kit): Target[] => {
    const paint = (size: number): number => median(figures.of(kit, 'first paint', size));
    const nodes = (size: number): number => median(figures.of(kit, 'nodes', size));
    const appends = sizes.map((size) => p95(figures.of(kit, 'append', size)));
    const behind = acts.flatMap((act) =>
      sizes.flatMap((size) => {
        const ratio = ratios(figures, kit, act, size);
        return ratio.median < 1 && ratio.p95 < 1 ? [] : [`${act} at ${size.toLocaleString('en')}`];
      }),
    );
    return [
      atMost(
        `${kit.name}: first paint of ${most} by that of ${least}`,
        paint(most) / paint(least),
        1.3,
      ),
      {
        what: `${kit.name}: first paint of ${most} under every other at ${least}`,
        figure: `${figure(paint(most))} ms, ${figure(peerBest)} ms`,
        met: paint(most) < peerBest,
      },
      atMost(`${kit.name}: append at every size, p95 in ms`, Math.max(...appends), frameMs),
      atMost(
        `${kit.name}: nodes of ${most} by those of ${middle}`,
        nodes(most) / nodes(middle),
        1.3,
      ),
      {
        what: `${kit.name}: ahead of every other, median and p95`,
        figure: behind.length === 0 ? 'in every row' : `not in ${behind.join(', ')}`,
        met: behind.length === 0,
      },
    ];
  });
}

/** As many nodes as a list may have, whatever it holds. */
const mostNodes = 10_000;

export function listTargets(rows: readonly ListRow[]): Target[] {
  return rows.flatMap(({ name, longest, nodes }) => [
    {
      what: `${name}: no task over 50 ms while updates arrive`,
      figure: longest === 0 ? 'none' : `${figure(longest)} ms`,
      met: longest <= 50,
    },
    atMost(`${name}: nodes`, nodes, mostNodes),
  ]);
}

function atMost(what: string, value: number, limit: number): Target {
  return { what, figure: `${figure(value)} of ${figure(limit)}`, met: value <= limit };
}
