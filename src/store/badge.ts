import { atom, onMount, type ReadableAtom } from 'nanostores';
import { defaultView, type Scope, type View, type ViewName } from '../domain/index.js';
import type { Inbox } from './inbox.js';
import type { CountedList } from './list-store.js';

/** Beyond it a number says no more. */
const most = 100;

const views: Record<Scope | 'none', readonly ViewName[]> = {
  none: [],
  mine: ['mine'],
  unassigned: ['mine', 'unassigned'],
  all: ['all'],
};

/** How many conversations with a dot there are within the scope that the agent chose (S3.36). */
export function createBadge(
  { $me }: Pick<Inbox, '$me'>,
  list: (view: View) => CountedList,
): ReadableAtom<number> {
  const $badge = atom(0);

  onMount($badge, () => {
    let scope: Scope | 'none' | null = null;
    let stops: (() => void)[] = [];
    let lists: CountedList[] = [];

    function count(): void {
      let waiting = 0;
      for (const list of lists) {
        const { cards, more } = list.$list.get();
        waiting += list.dots;
        if (more && list.dots === cards.length && cards.length < most) list.loadMore();
      }
      $badge.set(Math.min(most, waiting));
    }

    const stop = $me.subscribe((me) => {
      const next = me?.preferences.badge ?? 'none';
      if (next === scope) return;
      scope = next;
      const before = stops;
      lists = views[scope].map((name) => list({ ...defaultView, name }));
      stops = lists.map((list) => list.onCount(count));
      // After the new ones listen: a list in both does not rest in between.
      for (const end of before) end();
      count();
    });
    return () => {
      stop();
      for (const end of stops) end();
    };
  });
  return $badge;
}
