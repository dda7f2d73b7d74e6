import type pg from 'pg';

/** Rows that are fetched at a time: enough that the way costs little, few enough for long messages. */
const pageRows = 500;

let cursors = 0;

/** The column `line` of each row, through a cursor: in a transaction, and little at a time. */
export async function* readLines(
  client: pg.ClientBase,
  query: string,
  values: unknown[] = [],
): AsyncIterable<string> {
  const cursor = `lines_${(cursors += 1)}`;
  await client.query(`declare ${cursor} no scroll cursor for ${query}`, values);
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${pageRows} from ${cursor}`);
    for (const { line } of rows) yield line;
    if (rows.length < pageRows) break;
  }
  await client.query(`close ${cursor}`);
}

/** A name in SQL; it comes from the catalogue or from the migrations, never from a user. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
