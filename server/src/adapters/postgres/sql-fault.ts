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
