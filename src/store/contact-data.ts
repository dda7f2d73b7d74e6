import { withFields, type Field } from '../domain/index.js';
import { CodedError, limits, type ContactData } from '../protocol/index.js';
import { mayPass } from '../transport/refusal.js';

/** What a page knows of its visitor: texts by key; null takes one away. */
export type PageData = Readonly<Record<string, string | number | boolean | null>>;

/** Tells what the page knows of its visitor, for agents to read (S3.33). */
export interface ContactDataSender {
  /** `set` replaces all, `update` the named ones. Kept until it was told. */
  tell(how: ContactData['how'], data: PageData): void;
  /** Tells what is not yet told; call it after each join. */
  flush(): void;
  /** Another contact: it is told everything. */
  contactChanged(): void;
}

export function createContactDataSender(
  push: (payload: ContactData) => Promise<unknown>,
): ContactDataSender {
  /** What the page said, whether or not it is told. */
  let known: Field[] = [];
  /** Replaces what the contact had before this page. */
  let replaces = false;
  let waiting: ContactData | null = null;
  let busy = false;

  function flush(): void {
    if (busy || !waiting) return;
    const sent = waiting;
    waiting = null;
    busy = true;
    push(sent).then(
      () => {
        busy = false;
        flush();
      },
      (error: unknown) => {
        busy = false;
        // It would be refused again, and hold what comes after it.
        if (error instanceof CodedError && !mayPass(error.code)) return flush();
        // What was said meanwhile comes after it.
        waiting = waiting ? merged(sent, waiting) : sent;
      },
    );
  }

  return {
    tell(how, data) {
      const changes = Object.entries(data)
        .slice(0, limits.fields)
        .map(([key, value]) => ({
          key: key.slice(0, limits.fieldKeyLength),
          value: value === null ? null : String(value).slice(0, limits.fieldValueLength),
        }))
        .filter(({ key }) => key !== '');
      known = withFields(how === 'set' ? [] : known, changes);
      replaces ||= how === 'set';
      const next: ContactData = { how, data: changes };
      waiting = waiting ? merged(waiting, next) : next;
      flush();
    },
    flush,
    contactChanged() {
      if (known.length > 0 || replaces) waiting = { how: replaces ? 'set' : 'update', data: known };
    },
  };
}

/** One thing after another, said at once. */
function merged(before: ContactData, after: ContactData): ContactData {
  if (after.how === 'set') return after;
  if (before.how === 'set') return { how: 'set', data: withFields(valued(before), after.data) };
  const values = new Map([...before.data, ...after.data].map(({ key, value }) => [key, value]));
  return { how: 'update', data: [...values].map(([key, value]) => ({ key, value })) };
}

function valued({ data }: ContactData): Field[] {
  return withFields([], data);
}
