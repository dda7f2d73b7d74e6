import { randomBytes } from 'node:crypto';

/** What a channel showed of itself, and the ref that names this version of it. */
export interface PresenceMeta {
  readonly phx_ref: string;
  readonly phx_ref_prev?: string;
  readonly [field: string]: unknown;
}

/** By key, everything shown under it: one meta per channel that tracks the key. */
export type PresenceState = Record<string, { metas: PresenceMeta[] }>;

export interface PresenceDiff {
  readonly joins: PresenceState;
  readonly leaves: PresenceState;
}

/** What changed on one topic, as nodes tell each other. */
export interface PresenceChange {
  readonly topic: string;
  readonly joins: readonly (readonly [key: string, meta: PresenceMeta])[];
  readonly leaves: readonly (readonly [key: string, ref: string])[];
}

export type PresenceEntry = readonly [topic: string, key: string, meta: PresenceMeta];

interface Shown {
  readonly meta: PresenceMeta;
  readonly node: string;
}

/**
 * Who is where: what the channels of this node track, and a copy of what other nodes say.
 * `onDiff` hears every change that subscribers of this node are to see, `onOwnChange` those that
 * other nodes are to be told of.
 */
export class Presence {
  readonly #node: string;
  readonly #onDiff: (topic: string, diff: PresenceDiff) => void;
  readonly #onOwnChange: (change: PresenceChange) => void;
  readonly #topics = new Map<string, Map<string, Shown[]>>();
  /** For each channel the refs of what it tracks, by key. */
  readonly #owners = new Map<object, Map<string, string>>();

  constructor(
    node: string,
    onDiff: (topic: string, diff: PresenceDiff) => void,
    onOwnChange: (change: PresenceChange) => void,
  ) {
    this.#node = node;
    this.#onDiff = onDiff;
    this.#onOwnChange = onOwnChange;
  }

  /** Shows `meta` under `key` for as long as `owner` lives; replaces what it showed before. */
  track(owner: object, topic: string, key: string, meta: object): void {
    let refs = this.#owners.get(owner);
    if (!refs) this.#owners.set(owner, (refs = new Map<string, string>()));
    const previous = refs.get(key);
    const ref = randomBytes(9).toString('base64url');
    refs.set(key, ref);
    const shown: PresenceMeta = {
      ...meta,
      phx_ref: ref,
      ...(previous === undefined ? {} : { phx_ref_prev: previous }),
    };
    const leaves = previous === undefined ? [] : [[key, previous] as const];
    this.#changeOwn({ topic, joins: [[key, shown]], leaves });
  }

  untrack(owner: object, topic: string, key: string): void {
    const refs = this.#owners.get(owner);
    const ref = refs?.get(key);
    if (!refs || ref === undefined) return;
    refs.delete(key);
    if (refs.size === 0) this.#owners.delete(owner);
    this.#changeOwn({ topic, joins: [], leaves: [[key, ref]] });
  }

  /** Everything that `owner` tracks leaves in one diff. */
  untrackAll(owner: object, topic: string): void {
    const refs = this.#owners.get(owner);
    if (!refs) return;
    this.#owners.delete(owner);
    this.#changeOwn({ topic, joins: [], leaves: [...refs] });
  }

  list(topic: string): PresenceState {
    const state = emptyState();
    for (const [key, shown] of this.#topics.get(topic) ?? []) {
      state[key] = { metas: shown.map(({ meta }) => meta) };
    }
    return state;
  }

  /** What this node itself shows, for another node's copy. */
  ownEntries(): PresenceEntry[] {
    return this.#entriesOf(this.#node);
  }

  /** A change that another node tells of. */
  apply(node: string, change: PresenceChange): void {
    const diff = this.#change(node, change);
    if (diff) this.#onDiff(change.topic, diff);
  }

  /** Another node's whole state in place of what was known of it; nothing when it is gone. */
  replace(node: string, entries: readonly PresenceEntry[]): void {
    const known = new Set(this.#entriesOf(node).map(([, , meta]) => meta.phx_ref));
    const named = new Set(entries.map(([, , meta]) => meta.phx_ref));
    const changes = new Map<
      string,
      { joins: [string, PresenceMeta][]; leaves: [string, string][] }
    >();
    const on = (topic: string) => {
      const change = changes.get(topic) ?? { joins: [], leaves: [] };
      changes.set(topic, change);
      return change;
    };
    for (const [topic, key, meta] of entries) {
      if (!known.has(meta.phx_ref)) on(topic).joins.push([key, meta]);
    }
    for (const [topic, key, meta] of this.#entriesOf(node)) {
      if (!named.has(meta.phx_ref)) on(topic).leaves.push([key, meta.phx_ref]);
    }
    for (const [topic, change] of changes) this.apply(node, { topic, ...change });
  }

  #changeOwn(change: PresenceChange): void {
    const diff = this.#change(this.#node, change);
    if (!diff) return;
    this.#onOwnChange(change);
    this.#onDiff(change.topic, diff);
  }

  #change(node: string, { topic, joins, leaves }: PresenceChange): PresenceDiff | undefined {
    const diff = { joins: emptyState(), leaves: emptyState() };
    let changed = false;
    for (const [key, ref] of leaves) {
      const meta = this.#remove(topic, key, ref);
      if (!meta) continue;
      (diff.leaves[key] ??= { metas: [] }).metas.push(meta);
      changed = true;
    }
    for (const [key, meta] of joins) {
      this.#add(topic, key, { meta, node });
      (diff.joins[key] ??= { metas: [] }).metas.push(meta);
      changed = true;
    }
    return changed ? diff : undefined;
  }

  #add(topic: string, key: string, shown: Shown): void {
    let keys = this.#topics.get(topic);
    if (!keys) this.#topics.set(topic, (keys = new Map<string, Shown[]>()));
    const present = keys.get(key);
    if (present) present.push(shown);
    else keys.set(key, [shown]);
  }

  #remove(topic: string, key: string, ref: string): PresenceMeta | undefined {
    const keys = this.#topics.get(topic);
    const present = keys?.get(key);
    const index = present?.findIndex(({ meta }) => meta.phx_ref === ref) ?? -1;
    if (!keys || !present || index < 0) return undefined;
    const [removed] = present.splice(index, 1);
    if (present.length === 0) keys.delete(key);
    if (keys.size === 0) this.#topics.delete(topic);
    return removed?.meta;
  }

  #entriesOf(node: string): PresenceEntry[] {
    const entries: PresenceEntry[] = [];
    for (const [topic, keys] of this.#topics) {
      for (const [key, present] of keys) {
        for (const shown of present) {
          if (shown.node === node) entries.push([topic, key, shown.meta]);
        }
      }
    }
    return entries;
  }
}

/** Keys are chosen by applications, so `__proto__` has to be an ordinary one. */
function emptyState(): PresenceState {
  return Object.create(null) as PresenceState;
}
