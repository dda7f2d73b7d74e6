import { atom, type ReadableAtom } from 'nanostores';
import type { Attachment } from '../domain/index.js';
import type { Draft, Waiting } from './conversation.js';
import { whenReady, type Uploads } from './uploads.js';

type Kind = Draft['kind'];

/** Messages that wait for their files, one of each kind (S3.26). */
export interface WaitingMessages {
  readonly $waiting: ReadableAtom<Readonly<Record<Kind, Waiting | null>>>;
  /** Sends it as soon as its files are there; the one before it is forgotten. */
  hold(kind: Kind, message: Waiting): void;
  cancel(kind: Kind): void;
}

export interface WaitingOptions {
  uploads(kind: Kind): Uploads | null;
  send(kind: Kind, message: Waiting, attachments: readonly Attachment[]): void;
}

export function createWaitingMessages({ uploads, send }: WaitingOptions): WaitingMessages {
  const $waiting = atom<Record<Kind, Waiting | null>>({ reply: null, comment: null });
  const stops = new Map<Kind, () => void>();

  function show(kind: Kind, message: Waiting | null): void {
    if ($waiting.get()[kind] !== message) $waiting.set({ ...$waiting.get(), [kind]: message });
  }

  function cancel(kind: Kind): void {
    stops.get(kind)?.();
    stops.delete(kind);
    show(kind, null);
  }

  return {
    $waiting,
    hold(kind, message) {
      cancel(kind);
      const files = uploads(kind);
      if (!files) return send(kind, message, []);
      show(kind, message);
      const stop = whenReady(files, () => {
        cancel(kind);
        send(kind, message, files.take());
      });
      if ($waiting.get()[kind] === message) stops.set(kind, stop);
    },
    cancel,
  };
}
