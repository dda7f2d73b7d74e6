import assert from 'node:assert/strict';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../schema.js';
import type { Runner, Subject } from './subject.js';

export function schemaContract({ describe, it }: Runner, subject: Subject): void {
  describe('schema', () => {
    it('is what the migrations made', async () => {
      const rows = await subject.rows(
        `select table_name, column_name, data_type, is_nullable from information_schema.columns
         where table_schema = current_schema() and table_name <> 'schema_migrations'`,
      );
      const real = rows.map(
        (row) =>
          `${row['table_name']}.${row['column_name']} ${row['data_type']} ${row['is_nullable']}`,
      );
      const tables = Object.values(schema).filter((table) => is(table, PgTable));
      const declared = tables.flatMap((table) => {
        const { name, columns } = getTableConfig(table);
        return columns.map((column) => {
          const nullable = column.notNull || column.generatedIdentity ? 'NO' : 'YES';
          return `${name}.${column.name} ${column.getSQLType()} ${nullable}`;
        });
      });
      assert.deepEqual(declared.sort(), real.sort());
    });

    it('knows which version it has', async () => {
      const rows = await subject.rows('select version, name from schema_migrations');
      assert.deepEqual(rows[0], { version: 1, name: 'foundation' });
    });
  });
}
