import { events } from '../protocol/index.js';
import type { Pending } from './outbox.js';
import type { VisitorParts } from './visitor-acts.js';

/**
 * Keeps the group that was asked for until there is a conversation (S5.6), in all tabs and through a
 * reload once this browser may store; the one of a conversation that ended is nobody's.
 */
export function keepGroup(parts: VisitorParts): { stop(): void } {
  const { workspaceId, storage, outbox, thread, $group, connected } = parts;
  const key = `group/${workspaceId}/visitor`;
  let conversationId = thread.$conversation.get()?.id;
  /** The last choice that was seen to wait. */
  let chosen: Pending | undefined;

  function forget(): void {
    storage.delete(key).catch(() => undefined);
  }

  function keep(group: string | null): void {
    storage.set(key, { group }).catch(() => undefined);
  }

  function heard(pending: readonly Pending[]): void {
    const latest = pending.findLast(({ act }) => act === events.groupChoose);
    if (!latest) return;
    const { group = null, state } = latest;
    const isNew = latest.key !== chosen?.key;
    chosen = latest;
    if (state === 'failed') {
      $group.set(undefined);
      forget();
    } else if (isNew && conversationId === undefined) {
      $group.set(group);
      keep(group);
    }
  }

  const stops = [
    outbox.$pending.listen(heard),
    thread.$conversation.listen((conversation) => {
      const before = conversationId;
      if (conversation?.id === before) return;
      conversationId = conversation?.id;
      if (before === undefined) forget();
      else $group.set(undefined);
    }),
  ];
  const before = $group.get();
  if (before !== undefined && connected() && conversationId === undefined) keep(before);
  heard(outbox.$pending.get());
  void storage.get(key).then(
    (stored) => {
      const isOpen = $group.get() === undefined && conversationId === undefined;
      if (isOpen && stored) $group.set((stored as { group: string | null }).group);
    },
    () => undefined,
  );
  return { stop: () => stops.forEach((stop) => stop()) };
}
