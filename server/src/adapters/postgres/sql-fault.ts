/** What PostgreSQL said: its five-character code and the constraint that was broken. */
export interface SqlFault {
  code: string;
  constraint: string | undefined;
}

/** Finds the database's error behind the driver's and the query builder's. */
export function sqlFault(error: unknown): SqlFault | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code, constraint } = current as Error & { code?: unknown; constraint?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
      return { code, constraint: typeof constraint === 'string' ? constraint : undefined };
    }
  }
  return null;
}

export function isDuplicate(error: unknown, constraint: string): boolean {
  const fault = sqlFault(error);
  return fault?.code === '23505' && fault.constraint === constraint;
}

/** Classes of faults that pass by themselves: connections, resources, shutdowns, time limits. */
const passing = /^(?:08|53|55P03|57P|57014|25006|25P03)/;
const brokenConnections = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);
const brokenWords = /connection (?:terminated|error)|timeout exceeded when trying to connect/i;
const silence = /^query read timeout$/i;

/** Whether the database gave no answer, so that the connection is of no use any more. */
export function isSilence(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (silence.test(current.message)) return true;
  }
  return false;
}

/** Whether the database is away or overloaded, so that the same call may succeed in a while. */
export function isOutage(error: unknown): boolean {
  if (isSilence(error)) return true;
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof AggregateError && current.errors.some(isOutage)) return true;
    const { code } = current as Error & { code?: unknown };
    if (typeof code === 'string' && (passing.test(code) || brokenConnections.has(code)))
      return true;
    if (brokenWords.test(current.message)) return true;
  }
  return false;
}
