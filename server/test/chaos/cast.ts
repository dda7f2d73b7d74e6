import type { ThreadItem } from '#kit/store/thread-item.js';
import type { Transport } from '#kit/transport/transport.js';
import type { Journal, Written } from './journal.js';
import type { Plan } from './plan.js';

/** How long anything may take before it counts as lost, in ms. */
export const patience = 60_000;

/** What the actors of one run share. */
export interface Cast {
  plan: Plan;
  journal: Journal;
  random: () => number;
  /** Ids. */
  workspaces: string[];
  /** Address of a server, past all faults of links. */
  direct(): string;
  /** A token as the host application of a workspace signs it for an agent. */
  hostToken(workspace: number, name: string): Promise<string>;
  write(entry: Parameters<Journal['write']>[0]): Written;
  /** The visitor's conversation is known. */
  conversation(visitor: number, id: string): void;
  conversationOf(visitor: number): string | undefined;
  log(line: string): void;
  /** Something was done: faults that are due fall. */
  moved(): void;
  /** The transport as it is; a self-test puts something broken in its place. */
  sabotaged(transport: Transport): Transport;
}

/** Notes what an author's own store says of the author's messages. */
export function observe(journal: Journal, items: readonly ThreadItem[]): void {
  for (const { own, id, text, key, state, error } of items) {
    if (!own || (id === null && state !== 'failed')) continue;
    const written = journal.find(text, key);
    if (!written) continue;
    if (id !== null) written.acked = true;
    written.refused = id === null ? (error?.code ?? 'unknown') : null;
  }
}
