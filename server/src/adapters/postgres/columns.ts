import { bigint, customType } from 'drizzle-orm/pg-core';
import { storableJson, storableText } from './storable.js';

const textColumn = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: storableText,
});

const jsonColumn = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(storableJson(value)),
});

export const text = (name: string) => textColumn(name);

export const json = (name: string) => jsonColumn(name);

/** int8 as a number: epoch milliseconds, numbers of messages, counts. */
export const int8 = (name: string) => bigint(name, { mode: 'number' });

/** The number of a transaction, which is no number of JavaScript. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** Words as `array_to_tsvector` makes them; the code writes them by that, and reads none. */
export const tsvector = customType<{ data: string; driverData: string }>({
  dataType: () => 'tsvector',
});
