import type { Conversation } from '../domain/index.js';
import { later } from './thread.js';

export interface ConversationCache {
  /** With what the agent did and the server has not confirmed yet. */
  get(id: string): Conversation | undefined;
  /** Takes a snapshot of the server; one of a lower version is dropped. */
  put(conversation: Conversation): void;
  /** Shows a change before the server confirms it; returns the way to take it back. */
  show(id: string, patch: Partial<Conversation>): () => void;
  /** This agent has read so far, whatever older snapshots say. */
  read(id: string, agentId: string, position: number): void;
  /** Calls with the id of each conversation that changed. */
  listen(listener: (id: string) => void): () => void;
  /** Conversations for which this says true are not forgotten. */
  claim(needs: (id: string) => boolean): () => void;
}

/** How many conversations are kept beyond those that are shown. */
const spare = 500;

/** The one place that knows the conversations which lists and threads show. */
export function createConversationCache(): ConversationCache {
  const stored = new Map<string, Conversation>();
  const patches = new Map<string, Partial<Conversation>[]>();
  const reads = new Map<string, { agentId: string; position: number }>();
  const shown = new Map<string, Conversation>();
  const listeners = new Set<(id: string) => void>();
  const claims = new Set<(id: string) => boolean>();

  function changed(id: string): void {
    const conversation = stored.get(id);
    if (!conversation) return;
    const read = reads.get(id);
    const next = Object.assign({}, conversation, ...(patches.get(id) ?? [])) as Conversation;
    if (read && read.position > (conversation.reads[read.agentId] ?? 0)) {
      next.reads = { ...next.reads, [read.agentId]: read.position };
    }
    shown.set(id, next);
    for (const listener of [...listeners]) listener(id);
  }

  function forgetOldest(): void {
    let excess = stored.size - spare;
    for (const id of stored.keys()) {
      if (excess <= 0) return;
      if (patches.has(id) || [...claims].some((needs) => needs(id))) continue;
      stored.delete(id);
      shown.delete(id);
      reads.delete(id);
      excess--;
    }
  }

  return {
    get: (id) => shown.get(id),
    put(conversation) {
      const { id } = conversation;
      const known = stored.get(id);
      if (known && later(known, conversation) === known) return;
      stored.delete(id);
      stored.set(id, conversation);
      changed(id);
      if (stored.size > spare * 2) forgetOldest();
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
    read(id, agentId, position) {
      if ((reads.get(id)?.position ?? 0) >= position) return;
      reads.set(id, { agentId, position });
      changed(id);
    },
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
