import type { Conversation } from '../domain/index.js';
import { later } from './thread.js';

export interface ConversationCache {
  /** With what the agent did and the server has not confirmed yet. */
  get(id: string): Conversation | undefined;
  /** Takes a snapshot of the server; one of a lower version is dropped. */
  put(conversation: Conversation): void;
  /** Shows a change before the server confirms it; returns the way to take it back. */
  show(id: string, patch: Partial<Conversation>): () => void;
  /** True while something is shown that the server has not confirmed. */
  isPatched(id: string): boolean;
  /** This agent has read so far, whatever older snapshots say. */
  read(id: string, agentId: string, position: number): void;
  /** The conversation was deleted: nothing that comes late brings it back. */
  remove(id: string): void;
  removed(id: string): boolean;
  /** Calls with the id of each conversation that changed, or is gone. */
  listen(listener: (id: string) => void): () => void;
  /** Conversations for which this says true are not forgotten. */
  claim(needs: (id: string) => boolean): () => void;
}

/** How many conversations are kept beyond those that are shown. */
const spare = 500;
/** How many deleted ones are remembered. */
const tombstones = 1_000;

/** The one place that knows the conversations which lists and threads show. */
export function createConversationCache(): ConversationCache {
  const stored = new Map<string, Conversation>();
  const patches = new Map<string, Partial<Conversation>[]>();
  const reads = new Map<string, { agentId: string; position: number }>();
  const shown = new Map<string, Conversation>();
  const listeners = new Set<(id: string) => void>();
  const claims = new Set<(id: string) => boolean>();
  const removed = new Set<string>();
  let sweepAt = spare * 2;

  function changed(id: string): void {
    const conversation = stored.get(id);
    if (!conversation) return;
    const read = reads.get(id);
    const next = Object.assign({}, conversation, ...(patches.get(id) ?? [])) as Conversation;
    if (read && read.position > (conversation.reads[read.agentId] ?? 0)) {
      next.reads = { ...next.reads, [read.agentId]: read.position };
    }
    shown.set(id, next);
    tell(id);
  }

  function tell(id: string): void {
    for (const listener of [...listeners]) listener(id);
  }

  /** Seldom: it looks at all that are kept, of which lists may claim many. */
  function forgetOldest(): void {
    const needed = [...claims];
    let excess = stored.size - spare;
    for (const id of stored.keys()) {
      if (excess <= 0) break;
      if (patches.has(id) || needed.some((needs) => needs(id))) continue;
      forget(id);
      excess--;
    }
    sweepAt = stored.size + Math.max(spare, stored.size / 2);
  }

  function forget(id: string): void {
    stored.delete(id);
    shown.delete(id);
    reads.delete(id);
  }

  return {
    get: (id) => shown.get(id),
    put(conversation) {
      const { id } = conversation;
      if (removed.has(id)) return;
      const known = stored.get(id);
      if (known && later(known, conversation) === known) return;
      stored.delete(id);
      stored.set(id, conversation);
      changed(id);
      if (stored.size > sweepAt) forgetOldest();
    },
    show(id, patch) {
      patches.set(id, [...(patches.get(id) ?? []), patch]);
      changed(id);
      return () => {
        const rest = (patches.get(id) ?? []).filter((other) => other !== patch);
        if (rest.length > 0) patches.set(id, rest);
        else patches.delete(id);
        changed(id);
      };
    },
    isPatched: (id) => patches.has(id),
    read(id, agentId, position) {
      if ((reads.get(id)?.position ?? 0) >= position) return;
      reads.set(id, { agentId, position });
      changed(id);
    },
    remove(id) {
      removed.add(id);
      for (const oldest of removed) {
        if (removed.size <= tombstones) break;
        removed.delete(oldest);
      }
      forget(id);
      patches.delete(id);
      tell(id);
    },
    removed: (id) => removed.has(id),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    claim(needs) {
      claims.add(needs);
      return () => claims.delete(needs);
    },
  };
}
