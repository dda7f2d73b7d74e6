import { getTableColumns, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Connection } from './scope.js';

/**
 * A statement of the way that every message takes: built once for each connection, where building
 * it anew would cost more than running it. Without a name on the database, so that it fits poolers
 * and the embedded one, whose connections share a backend.
 */
export function statement<Prepared>(
  build: (connection: Connection) => Prepared,
): (connection: Connection) => Prepared {
  const built = new WeakMap<Connection, Prepared>();
  return (connection) => {
    const known = built.get(connection);
    if (known !== undefined) return known;
    const prepared = build(connection);
    built.set(connection, prepared);
    return prepared;
  };
}

/** Where the value called `name` goes, as the column stores it. */
export function slot(name: string, column: AnyColumn): SQL {
  const encoder = {
    mapToDriverValue: (value: unknown): unknown =>
      value === null ? null : column.mapToDriverValue(value),
  };
  return sql`${sql.param(sql.placeholder(name), encoder)}`;
}

/** A place for every column of the table, or for those that are named. */
export function slots<Table extends PgTable, Name extends keyof Table['_']['columns'] & string>(
  table: Table,
  names: readonly Name[],
): Record<Name, SQL> {
  const columns: Record<string, AnyColumn> = getTableColumns(table);
  const entries = names.map((name) => {
    const column = columns[name];
    if (!column) throw new Error(`${name} is no column. Give the name that schema.ts gives it.`);
    return [name, slot(name, column)] as const;
  });
  return Object.fromEntries(entries) as Record<Name, SQL>;
}
