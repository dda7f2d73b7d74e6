import type { Thread } from '../../store/thread-item.js';

/** Position of the latest message that is stored; those on their way stand behind it. */
export function newest(items: Thread['items']): number {
  return items.findLast(({ position }) => position !== null)?.position ?? 0;
}
