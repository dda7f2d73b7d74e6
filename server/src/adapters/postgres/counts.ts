import { asc, eq, sql } from 'drizzle-orm';
import type { Conversation, Counts } from '#kit/domain/index.js';
import { conversationCounts } from './schema.js';
import type { Connection, Scope } from './scope.js';

type Counted = Pick<Conversation, 'state' | 'assigneeIds' | 'live'>;

/** What a conversation is counted under; nothing once it is closed or an earlier one. */
function subjectsOf({ state, assigneeIds, live }: Counted): string[] {
  if (state !== 'open' || !live) return [];
  return assigneeIds.length === 0 ? ['all', 'unassigned'] : ['all', ...assigneeIds];
}

/** Changes of counts, gathered over one transaction and written at its end. */
export class CountChanges {
  readonly #byWorkspace = new Map<string, Map<string, number>>();

  /** `before` is null for a new conversation. */
  add(workspaceId: string, before: Counted | null, after: Counted): void {
    if (before) for (const subject of subjectsOf(before)) this.#change(workspaceId, subject, -1);
    for (const subject of subjectsOf(after)) this.#change(workspaceId, subject, 1);
  }

  of(workspaceId: string): ReadonlyMap<string, number> {
    return this.#byWorkspace.get(workspaceId) ?? new Map<string, number>();
  }

  async write(connection: Connection): Promise<void> {
    const rows = [...this.#byWorkspace].flatMap(([workspaceId, changes]) =>
      [...changes].map(([subject, open]) => ({ workspaceId, subject, open })),
    );
    const changed = rows
      .filter(({ open }) => open !== 0)
      .sort((a, b) => compare(a.workspaceId, b.workspaceId) || compare(a.subject, b.subject));
    if (changed.length === 0) return;
    await connection
      .insert(conversationCounts)
      .values(changed)
      .onConflictDoUpdate({
        target: [conversationCounts.workspaceId, conversationCounts.subject],
        set: { open: sql`conversation_counts.open + excluded.open` },
      });
  }

  #change(workspaceId: string, subject: string, by: number): void {
    const changes = this.#byWorkspace.get(workspaceId) ?? new Map<string, number>();
    changes.set(subject, (changes.get(subject) ?? 0) + by);
    this.#byWorkspace.set(workspaceId, changes);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Open conversations, with what this transaction has changed so far. */
export async function readCounts(scope: Scope, workspaceId: string): Promise<Counts> {
  const rows = await scope.connection
    .select()
    .from(conversationCounts)
    .where(eq(conversationCounts.workspaceId, workspaceId))
    .orderBy(asc(conversationCounts.subject));
  const open = new Map(rows.map((row) => [row.subject, row.open]));
  for (const [subject, by] of scope.counts?.of(workspaceId) ?? []) {
    open.set(subject, (open.get(subject) ?? 0) + by);
  }
  const counts: Counts = {
    all: open.get('all') ?? 0,
    unassigned: open.get('unassigned') ?? 0,
    byAgent: {},
  };
  for (const [subject, count] of open) {
    if (subject === 'all' || subject === 'unassigned' || count === 0) continue;
    counts.byAgent[subject] = count;
  }
  return counts;
}
