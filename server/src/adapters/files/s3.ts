import { createReadStream } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { S3mini, S3ServiceError } from 's3mini';
import { CodedError } from '#kit/protocol/errors.js';
import type { FilesConfig } from '../../config.js';
import type { FileStore, FileVariant } from '../../file-ports.js';
import { Staging } from './staging.js';
import { storageFault } from './storage-fault.js';

export interface S3Options extends Omit<Extract<FilesConfig, { type: 's3' }>, 'type'> {
  /** Where files lie while they come in; in the temporary folder by default. */
  incoming?: string;
  /** Until the store answers, in ms: with its answer to a file, and to anything else. */
  timeLimits?: { put: number; request: number };
}

/** Other things may lie in the same bucket; they are never touched. */
const prefix = 'files/';
const ours = /^files\/([\w-]{1,64})\/(?:original|thumbnail)$/;
const variants: readonly FileVariant[] = ['original', 'thumbnail'];
const pageSize = 500;

/** Files in a bucket: `files/<id>/original`. An object is there whole or not at all. */
export function createS3Store(options: S3Options): FileStore {
  const { endpoint, region, accessKeyId, secretAccessKey } = options;
  const { put, request } = options.timeLimits ?? { put: 60_000, request: 10_000 };
  const staging = new Staging(
    options.incoming ?? join(tmpdir(), `convkit-incoming-${userInfo().uid}`),
  );
  const bucket = new S3mini({
    endpoint,
    region,
    accessKeyId,
    secretAccessKey,
    fetch: (url, init) => fetchWithin(init?.method === 'PUT' ? put : request, url, init),
  });

  return {
    receive: (content, maxBytes) => staging.receive(content, maxBytes),
    discard: (file) => staging.discard(file),
    dropReceived: (before) => staging.dropReceived(before),

    async put(id, variant, file) {
      const content = createReadStream(file.path);
      try {
        const body = Readable.toWeb(content) as globalThis.ReadableStream;
        const type = 'application/octet-stream';
        await told(
          bucket.putObject(keyOf(id, variant), body, type, undefined, undefined, file.size),
        );
      } finally {
        content.destroy();
        await staging.discard(file);
      }
    },

    async get(id, variant) {
      const found = await told(bucket.getObjectResponse(keyOf(id, variant)));
      if (!found?.body) return null;
      const content = Readable.fromWeb(found.body as ReadableStream);
      return { size: Number(found.headers.get('content-length')), content };
    },

    async delete(id) {
      for (const variant of variants) await told(bucket.deleteObject(keyOf(id, variant)));
    },

    async list(after) {
      const page = await told(bucket.listObjectsPaged('/', prefix, pageSize, after ?? undefined));
      if (!page) throw storageFault(new Error('The bucket does not exist.'));
      const files = new Map<string, { id: string; storedAt: number }>();
      for (const { Key, LastModified } of page.objects ?? []) {
        const id = ours.exec(Key)?.[1];
        const storedAt = new Date(LastModified).getTime();
        if (id !== undefined) files.set(id, { id, storedAt });
      }
      return { files: [...files.values()], next: page.nextContinuationToken ?? null };
    },
  };
}

function keyOf(id: string, variant: FileVariant): string {
  const key = `${prefix}${id}/${variant}`;
  if (ours.test(key)) return key;
  throw new Error('The id of a file is made by the server, of letters that may stand in a path.');
}

async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const isFull = cause instanceof S3ServiceError && cause.status === 507;
    throw isFull ? new CodedError('storage_full', { cause }) : storageFault(cause);
  }
}

/** Ends a request that is not answered in time; what follows the answer may take as long as it takes. */
async function fetchWithin(
  limitMs: number,
  url: Parameters<typeof fetch>[0],
  init?: RequestInit,
): Promise<Response> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(new Error('S3 did not answer in time.')), limitMs);
  try {
    const streamed =
      init?.body instanceof globalThis.ReadableStream ? ({ duplex: 'half' } as const) : {};
    return await fetch(url, { ...init, ...streamed, signal: ending.signal });
  } finally {
    clearTimeout(timer);
  }
}
