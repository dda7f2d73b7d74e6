import type { TargetedMessage } from '../../../domain/index.js';
import type { StorageKind } from '../../../store/browser-storage.js';

/** One visit: what was seen and shown since the browser's tab was opened. */
interface Visit {
  pages: number;
  /** Address of the page last seen. */
  present: string;
  /** Address of the one before it on the same site. */
  previous: string;
  /** From where the visitor came to the site. */
  referrer: string;
  /** Ids of targeted messages. */
  shown: string[];
}

/** All visits. */
interface Always {
  visits: number;
  shown: string[];
}

/**
 * What targeted messages remember (S5.8): within the page always, in the browser's storage only
 * while `keep` says so. What lies there from an earlier agreement is read.
 */
export class TargetMemory {
  readonly #workspace: string;
  readonly #kind: StorageKind;
  #visit: Visit;
  #always: Always;
  /** Ids shown at the present address. */
  #here = new Set<string>();
  #keeps = false;

  constructor(workspace: string, kind: StorageKind) {
    this.#workspace = workspace;
    this.#kind = kind;
    const known = this.#read<Visit>('visit');
    const always = this.#read<Always>('targeted');
    const inside = sameSite(document.referrer) ? document.referrer : '';
    this.#visit = {
      pages: (known?.pages ?? 0) + 1,
      present: location.href,
      previous: known?.present ?? inside,
      referrer: known?.referrer ?? (inside ? '' : document.referrer),
      shown: known?.shown ?? [],
    };
    this.#always = {
      visits: (always?.visits ?? 0) + (known && always ? 0 : 1),
      shown: always?.shown ?? [],
    };
  }

  get visit(): Readonly<Visit> {
    return this.#visit;
  }

  get visits(): number {
    return this.#always.visits;
  }

  /** Whether it may be stored from now on. */
  set keeps(keeps: boolean) {
    if (keeps === this.#keeps) return;
    this.#keeps = keeps;
    this.#write();
  }

  /** The page went on to another address. */
  navigated(): void {
    const { pages, present } = this.#visit;
    this.#here.clear();
    this.#visit = {
      ...this.#visit,
      pages: pages + 1,
      previous: present,
      present: location.href,
    };
    this.#write();
  }

  isShown({ id, repeat }: TargetedMessage): boolean {
    if (this.#here.has(id)) return true;
    if (repeat === 'visit') return this.#visit.shown.includes(id);
    if (repeat === 'always') return false;
    // Another tab may have shown it.
    const elsewhere = (): boolean => this.#read<Always>('targeted')?.shown.includes(id) ?? false;
    return this.#always.shown.includes(id) || elsewhere();
  }

  shown(id: string): void {
    this.#here.add(id);
    const { shown } = this.#read<Always>('targeted') ?? this.#always;
    this.#visit = { ...this.#visit, shown: [...this.#visit.shown, id] };
    this.#always = {
      ...this.#always,
      shown: [...new Set([...this.#always.shown, ...shown, id])],
    };
    this.#write();
  }

  /** Nothing stays in this browser. */
  forget(): void {
    this.#keeps = false;
    this.#always = { visits: 1, shown: [] };
    this.#visit = { ...this.#visit, shown: [] };
    try {
      sessionStorage.removeItem(this.#key('visit'));
      this.#area('targeted')?.removeItem(this.#key('targeted'));
    } catch {
      // Nothing was there either.
    }
  }

  /** As a logout in another tab finds it. */
  #key(what: 'visit' | 'targeted'): string {
    const workspace = this.#workspace;
    return what === 'visit'
      ? `convkit/tab/${workspace}/visit`
      : `convkit/targeted/${workspace}/visitor`;
  }

  #area(what: 'visit' | 'targeted'): Storage | null {
    if (this.#kind === 'memory') return null;
    return what === 'visit' || this.#kind === 'session' ? sessionStorage : localStorage;
  }

  #read<Value>(what: 'visit' | 'targeted'): Value | null {
    try {
      return JSON.parse(this.#area(what)?.getItem(this.#key(what)) ?? 'null') as Value | null;
    } catch {
      return null;
    }
  }

  #write(): void {
    if (!this.#keeps) return;
    try {
      this.#area('visit')?.setItem(this.#key('visit'), JSON.stringify(this.#visit));
      this.#area('targeted')?.setItem(this.#key('targeted'), JSON.stringify(this.#always));
    } catch {
      // Full or denied: it counts within the page.
    }
  }
}

function sameSite(address: string): boolean {
  return address !== '' && URL.canParse(address) && new URL(address).origin === location.origin;
}
