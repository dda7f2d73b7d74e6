import { writeFile } from 'node:fs/promises';
import pg from 'pg';

/** What was asked of the database, with its values; named when it is prepared. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly name?: string;
}

/** The statements of one message, from `begin` to `commit`. */
export type Transaction = readonly Statement[];

const INSERTS_A_MESSAGE = /insert into "messages"/;

/** Notes every transaction of this process that stores a message, in the order of the commits. */
export class Journal {
  readonly #transactions: Transaction[] = [];

  constructor() {
    const open = new WeakMap<object, Statement[]>();
    const query = pg.Client.prototype.query as (...input: unknown[]) => unknown;
    const note = (client: object, statement: Statement): void => {
      if (/^begin/i.test(statement.text)) open.set(client, []);
      const transaction = open.get(client);
      transaction?.push(statement);
      if (!transaction || !/^commit/i.test(statement.text)) return;
      open.delete(client);
      if (transaction.some(({ text }) => INSERTS_A_MESSAGE.test(text))) {
        this.#transactions.push(transaction);
      }
    };
    Object.defineProperty(pg.Client.prototype, 'query', {
      value(this: pg.Client, ...input: unknown[]): unknown {
        const [asked, given] = input;
        if (typeof asked === 'string') note(this, { text: asked, values: valuesOf(given) });
        else if (isConfig(asked)) {
          const { text, name, values } = asked;
          note(this, {
            text,
            values: valuesOf(given ?? values),
            ...(name === undefined ? {} : { name }),
          });
        }
        return query.apply(this, input);
      },
    });
  }

  /** Gives how many there are. */
  async write(path: string): Promise<number> {
    await writeFile(path, JSON.stringify(this.#transactions));
    return this.#transactions.length;
  }
}

function isConfig(asked: unknown): asked is { text: string; name?: string; values?: unknown } {
  return typeof asked === 'object' && asked !== null && 'text' in asked;
}

function valuesOf(given: unknown): unknown[] {
  return Array.isArray(given) ? [...(given as unknown[])] : [];
}
