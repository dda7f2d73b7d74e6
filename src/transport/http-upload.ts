import { CodedError, errorFromWire, type FileUploaded } from '../protocol/index.js';
import type { FileUpload } from './api.js';

/** The part of `XMLHttpRequest` that is used: `fetch` does not tell how much was sent. */
export interface UploadRequest {
  readonly status: number;
  readonly responseText: string;
  readonly upload: {
    onprogress: ((event: { loaded: number; total: number }) => void) | null;
  };
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: unknown): void;
  abort(): void;
}

interface Form {
  append(name: string, value: unknown, fileName?: string): void;
}

interface Page {
  XMLHttpRequest: new () => UploadRequest;
  FormData: new () => Form;
}

/** How long nothing may move, in ms. The last byte is followed by a look at the picture. */
const stallMs = 90_000;

/**
 * Sends one file to `POST /v1/files` of `base`. Rejects with a `CodedError`: `connection_lost` when
 * the way there is cut, `timeout` when nothing moves any more; with the signal's reason when it is
 * aborted.
 */
export function uploadFile(
  base: string,
  { file, token, conversationId, onProgress, signal }: FileUpload,
  page: Page = globalThis as unknown as Page,
): Promise<FileUploaded> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new page.XMLHttpRequest();
    const form = new page.FormData();
    // The field comes first: the server reads the file as a stream.
    if (conversationId !== undefined) form.append('conversationId', conversationId);
    form.append('file', file, file.name);

    let timer = setTimeout(stalled, stallMs);
    let reason: unknown = new CodedError('connection_lost');
    const abort = (): void => {
      reason = signal?.reason;
      request.abort();
    };
    function stalled(): void {
      reason = new CodedError('timeout');
      request.abort();
    }
    function end(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
    function fail(): void {
      end();
      reject(reason as Error);
    }

    signal?.addEventListener('abort', abort);
    request.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(timer);
      timer = setTimeout(stalled, stallMs);
      if (total > 0) onProgress?.(loaded / total);
    };
    request.onerror = fail;
    request.onabort = fail;
    request.onload = () => {
      end();
      const reply = readJson(request.responseText);
      if (request.status === 200 && reply) resolve(reply as unknown as FileUploaded);
      else if (reply && 'code' in reply) reject(errorFromWire(reply));
      else reject(new CodedError(request.status === 413 ? 'file_too_large' : 'unavailable'));
    };
    request.open('POST', `${base}/files`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.send(form);
  });
}

function readJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
