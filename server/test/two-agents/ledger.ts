import { isDeepStrictEqual } from 'node:util';
import type { Contact, ContactPatch } from '#kit/domain/index.js';
import { CodedError, type ErrorCode } from '#kit/protocol/errors.js';

/** Nobody knows whether it was done. */
const open: ReadonlySet<ErrorCode> = new Set(['connection_lost', 'timeout', 'unavailable']);

/** Somebody's attempt to change one field, and what they were told. */
export interface Write {
  field: string;
  by: string;
  value: unknown;
  outcome: 'asked' | 'done' | 'refused' | 'open';
}

/** What became of an act: null where it was done. */
export type Answer = ErrorCode | null;

export function isOpen(answer: Answer): boolean {
  return answer !== null && open.has(answer);
}

/** Every attempt to change something, in the order of asking. */
export class Ledger {
  readonly writes: Write[] = [];

  /** Writes the changes down, does the act, and notes what was answered. */
  async attempt(
    by: string,
    changes: readonly (readonly [field: string, value: unknown])[],
    act: () => Promise<unknown>,
  ): Promise<Answer> {
    const mine = changes.map(([field, value]): Write => ({ field, by, value, outcome: 'asked' }));
    this.writes.push(...mine);
    const answer = await act().then(
      () => null,
      (fault: unknown) => {
        if (fault instanceof CodedError) return fault.code;
        throw fault;
      },
    );
    for (const write of mine) {
      // The contact outlives the conversation: an edit may be stored although its answer was not awaited.
      const outlived = answer === 'conversation_not_found' && write.field.startsWith('contact’s ');
      write.outcome = answer === null ? 'done' : isOpen(answer) || outlived ? 'open' : 'refused';
    }
    return answer;
  }

  tried(field: string): boolean {
    return this.writes.some((write) => write.field === field);
  }

  /** Why this cannot be what the field holds after all that was done; null where it can. */
  doubt(field: string, before: unknown, after: unknown): string | null {
    const writes = this.writes.filter((write) => write.field === field);
    const done = writes.filter(({ outcome }) => outcome === 'done');
    const last = new Map(done.map((write) => [write.by, write]));
    const possible = [
      ...(done.length === 0 ? [before] : []),
      ...[...last.values()].map(({ value }) => value),
      ...writes.filter(({ outcome }) => outcome === 'open').map(({ value }) => value),
    ];
    if (possible.some((value) => isDeepStrictEqual(value, after))) return null;
    const told = possible.map((value) => JSON.stringify(value)).join(' or ');
    return `${field} is ${JSON.stringify(after)}, and should be ${told}`;
  }
}

/** The single fields that a patch names, with what they become. */
export function changesOf(patch: ContactPatch): [field: string, value: unknown][] {
  const { attributes = {}, consents = {}, addTags = [], removeTags = [], ...plain } = patch;
  return [
    ...Object.entries(plain),
    ...Object.entries(attributes).map(([key, value]) => [`attribute ${key}`, value] as const),
    ...Object.entries(consents).map(([name, given]) => [`consent ${name}`, given] as const),
    ...addTags.map((tag) => [`tag ${tag}`, !removeTags.includes(tag)] as const),
    ...removeTags.map((tag) => [`tag ${tag}`, false] as const),
  ].map(([field, value]) => [`contact’s ${field}`, value]);
}

/** All of a contact that agents edit, by the names of `changesOf`. */
export function fieldsOf(contact: Contact): Map<string, unknown> {
  const { name, email, phone, language, notes, blocked } = contact;
  const fields = changesOf({
    ...{ name, email, phone, language, notes },
    attributes: Object.fromEntries(contact.attributes.map(({ key, value }) => [key, value])),
    consents: Object.fromEntries(contact.consents.map(({ name, given }) => [name, given])),
    addTags: contact.tags,
  });
  return new Map([...fields, ['contact’s block', blocked]]);
}

/** What a field holds that nobody filled. */
export function emptyOf(field: string): unknown {
  return field.startsWith('contact’s tag ') ? false : null;
}
