import { mergeMark, type Mark } from '../domain/index.js';

export interface MarkSender {
  /** How far one has come, told or not. */
  readonly mark: Mark;
  raise(mark: Partial<Mark>): void;
  /** Tells what is not yet told; call it after each join. */
  flush(): void;
  /** Takes what the server knows already. */
  known(mark: Mark): void;
  /** Another conversation: nothing is known. */
  reset(): void;
}

const none: Mark = { delivered: 0, read: 0 };

/** Tells the server how far one has come: the greatest only, one at a time. */
export function createMarkSender(send: (mark: Mark) => Promise<unknown>): MarkSender {
  let wanted = none;
  let told = none;
  let busy = false;
  let epoch = 0;

  async function flush(): Promise<void> {
    if (busy || (wanted.read <= told.read && wanted.delivered <= told.delivered)) return;
    const mark = wanted;
    const mine = epoch;
    busy = true;
    const done = await send(mark).then(
      () => true,
      () => false,
    );
    if (mine !== epoch) return;
    busy = false;
    if (!done) return;
    told = mergeMark(told, mark);
    void flush();
  }

  return {
    get mark() {
      return wanted;
    },
    raise({ delivered = 0, read = 0 }) {
      wanted = mergeMark(wanted, { delivered: Math.max(delivered, read), read });
      void flush();
    },
    flush: () => void flush(),
    known(mark) {
      wanted = mergeMark(wanted, mark);
      told = mergeMark(told, mark);
    },
    reset() {
      epoch++;
      busy = false;
      wanted = told = none;
    },
  };
}
