import { atom, type ReadableAtom } from 'nanostores';
import type { Attachment } from '../domain/index.js';
import { CodedError, limits, type ErrorCode } from '../protocol/index.js';
import type { LocalFile } from '../transport/api.js';
import { systemClock, type Clock } from '../transport/clock.js';
import { systemRandom, type Random } from '../transport/random.js';
import type { Connection } from '../transport/transport.js';
import { retryDelay } from './retry-policy.js';
import type { ShownError } from './thread-item.js';

/** Sends one file. Rejects with a `CodedError`. */
export type Upload = (
  file: LocalFile,
  options: {
    /** How much of it is there, 0 to 1. */
    onProgress(share: number): void;
    signal: AbortSignal;
  },
) => Promise<Attachment>;

/**
 * The states of a file that goes with the next message.
 * - `queued`: waits until fewer files are on their way.
 * - `uploading`: on its way; `progress` says how far.
 * - `done`: on the server, goes with the next message.
 * - `failed`: refused, or the network failed; `error` says why.
 * - `cancelled`: stopped by the person.
 */
export type UploadState = 'queued' | 'uploading' | 'done' | 'failed' | 'cancelled';

export interface UploadItem {
  key: string;
  file: LocalFile;
  state: UploadState;
  /** 0 to 1. */
  progress: number;
  /** Set when done. */
  attachment: Attachment | null;
  error: ShownError | null;
  /** Another try can help. */
  retryable: boolean;
}

/** Files that go with the next message of one field. */
export interface Uploads {
  /** In the order of choosing. */
  readonly $uploads: ReadableAtom<readonly UploadItem[]>;
  /** Why some of what was chosen last was not taken; null when all was. */
  readonly $refusal: ReadableAtom<ShownError | null>;
  /** What is empty or too large is shown as failed, and never sent. */
  add(files: Iterable<LocalFile>): void;
  cancel(key: string): void;
  retry(key: string): void;
  remove(key: string): void;
  /** What is done goes with a message; failed ones stay. */
  take(): Attachment[];
  /** Ends all that is on its way. */
  stop(): void;
}

export interface UploadsOptions {
  upload: Upload;
  /** Calls with every change of the connection: what it failed for is tried again. */
  onConnection(listener: (connection: Connection) => void): () => void;
  clock?: Clock;
  random?: Random;
}

const atOnce = 3;
/** So often a file is tried by itself without a sign that the network is back. */
const triesAlone = 3;

/** True while something is on its way or waits for it. */
export function isUploading(items: readonly UploadItem[]): boolean {
  return items.some(({ state }) => state === 'queued' || state === 'uploading');
}

/**
 * Calls once all of them are there, now or later: none is on its way, and none that failed is left.
 * Returns the way not to wait any more.
 */
export function whenReady({ $uploads }: Pick<Uploads, '$uploads'>, run: () => void): () => void {
  const ready = (): boolean => {
    const items = $uploads.get();
    return !isUploading(items) && !items.some(({ state }) => state === 'failed');
  };
  let stop = (): void => undefined;
  if (ready()) run();
  else {
    stop = $uploads.listen(() => {
      if (!ready()) return;
      stop();
      run();
    });
  }
  return () => stop();
}

/** The file itself is refused: it would be again. */
const forGood: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'file_empty',
  'file_damaged',
  'file_too_large',
  'file_type_refused',
  'too_large',
]);

const shown = (code: ErrorCode): ShownError => ({ code, message: code });

export function createUploads({
  upload,
  onConnection,
  clock = systemClock,
  random = systemRandom,
}: UploadsOptions): Uploads {
  const $uploads = atom<readonly UploadItem[]>([]);
  const $refusal = atom<ShownError | null>(null);
  const running = new Map<string, AbortController>();
  const waiting = new Map<string, () => void>();
  const tries = new Map<string, number>();
  let made = 0;

  let stopListening: (() => void) | null = null;

  /** From the first file on: most fields never have one. */
  function listen(): void {
    stopListening ??= onConnection(({ state }) => {
      if (state !== 'online') return;
      for (const key of [...waiting.keys()]) start(key);
    });
  }

  function find(key: string): UploadItem | undefined {
    return $uploads.get().find((item) => item.key === key);
  }

  function change(key: string, patch: Partial<UploadItem>): void {
    $uploads.set($uploads.get().map((item) => (item.key === key ? { ...item, ...patch } : item)));
  }

  function forget(key: string): void {
    waiting.get(key)?.();
    waiting.delete(key);
    running.get(key)?.abort();
    running.delete(key);
  }

  function start(key: string): void {
    forget(key);
    change(key, { state: 'queued', progress: 0, error: null });
    next();
  }

  function next(): void {
    while (running.size < atOnce) {
      const item = $uploads.get().find(({ state }) => state === 'queued');
      if (!item) return;
      void send(item);
    }
  }

  async function send({ key, file }: UploadItem): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    running.set(key, abort);
    change(key, { state: 'uploading' });
    const onProgress = (progress: number): void => {
      if (!signal.aborted) change(key, { progress });
    };
    try {
      const attachment = await upload(file, { signal, onProgress });
      if (!signal.aborted) change(key, { state: 'done', progress: 1, attachment });
    } catch (reason) {
      if (!signal.aborted) failed(key, reason);
    }
    if (running.get(key) === abort) running.delete(key);
    next();
  }

  function failed(key: string, reason: unknown): void {
    const error = reason instanceof CodedError ? reason : new CodedError('internal');
    const { code, message } = error;
    const tried = tries.get(key) ?? 0;
    const delay = retryDelay(error, tried, random);
    const retryable = delay !== null || !forGood.has(code);
    change(key, { state: 'failed', progress: 0, error: { code, message }, retryable });
    if (delay === null) return;
    tries.set(key, tried + 1);
    const again = (): void => start(key);
    waiting.set(key, tried < triesAlone ? clock.after(delay, again) : () => undefined);
  }

  function refusal({ size }: LocalFile): ErrorCode | null {
    if (size === 0) return 'file_empty';
    return size > limits.fileSize ? 'file_too_large' : null;
  }

  return {
    $uploads,
    $refusal,
    add(files) {
      listen();
      const items = [...$uploads.get()];
      const counts = ({ state, retryable }: UploadItem): boolean =>
        state !== 'cancelled' && (state !== 'failed' || retryable);
      let left = limits.attachments - items.filter(counts).length;
      let refused = false;
      for (const file of files) {
        const code = refusal(file);
        if (code === null && left-- <= 0) {
          refused = true;
          continue;
        }
        items.push({
          key: `upload-${++made}`,
          file,
          state: code ? 'failed' : 'queued',
          progress: 0,
          attachment: null,
          error: code && shown(code),
          retryable: false,
        });
      }
      $uploads.set(items);
      $refusal.set(refused ? shown('too_many_files') : null);
      next();
    },
    cancel(key) {
      const state = find(key)?.state;
      if (state !== 'queued' && state !== 'uploading') return;
      forget(key);
      change(key, { state: 'cancelled', progress: 0, retryable: true });
      next();
    },
    retry(key) {
      const item = find(key);
      if (!item?.retryable || (item.state !== 'failed' && item.state !== 'cancelled')) return;
      tries.delete(key);
      start(key);
    },
    remove(key) {
      forget(key);
      tries.delete(key);
      $uploads.set($uploads.get().filter((item) => item.key !== key));
      $refusal.set(null);
      next();
    },
    take() {
      const items = $uploads.get();
      $uploads.set(items.filter(({ state }) => state !== 'done' && state !== 'cancelled'));
      $refusal.set(null);
      return items.flatMap(({ attachment }) => attachment ?? []);
    },
    stop() {
      stopListening?.();
      stopListening = null;
      for (const key of [...running.keys(), ...waiting.keys()]) forget(key);
    },
  };
}
