import type { Child } from '../child.js';
import type { Database } from './databases.js';

/** CPU seconds. */
export interface Cost {
  readonly processes: number;
  /** Undefined where nobody knows. */
  readonly database: number | undefined;
}

/** CPU seconds that an act cost the processes and the database. */
export async function costing<Result>(
  database: Database,
  processes: readonly Child[],
  act: () => Promise<Result>,
): Promise<{ result: Result; cost: Cost }> {
  const all = async (): Promise<number> => {
    const seconds = await Promise.all(processes.map((process) => process.ask<number>('cpu')));
    return seconds.reduce((sum, each) => sum + each, 0);
  };
  const before = { processes: await all(), database: await database.cpu() };
  const result = await act();
  const after = { processes: await all(), database: await database.cpu() };
  const known = before.database !== undefined && after.database !== undefined;
  return {
    result,
    cost: {
      processes: after.processes - before.processes,
      database: known ? (after.database ?? 0) - (before.database ?? 0) : undefined,
    },
  };
}
