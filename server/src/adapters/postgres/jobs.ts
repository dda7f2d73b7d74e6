import { eq } from 'drizzle-orm';
import type { Jobs } from '../../job-ports.js';
import { jobRuns } from './schema.js';
import type { Scope } from './scope.js';

export function createJobs(scope: Scope): Jobs {
  return {
    turn: ({ name, now, everyMs }) =>
      scope.atomically(async ({ connection }) => {
        await connection.insert(jobRuns).values({ name, begunAt: now }).onConflictDoNothing();
        const [row] = await connection
          .select()
          .from(jobRuns)
          .where(eq(jobRuns.name, name))
          .for('update');
        if (!row || row.begunAt > now - everyMs) return null;
        await connection.update(jobRuns).set({ begunAt: now }).where(eq(jobRuns.name, name));
        return { since: row.begunAt };
      }),
  };
}
