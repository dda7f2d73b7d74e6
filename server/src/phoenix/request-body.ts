import type { IncomingMessage } from 'node:http';

/** The body as text, or why there is none. */
export type Body = { readonly text: string } | { readonly failed: 'size' | 'time' | 'aborted' };

/** Reads at most `maxBytes` within `timeoutMs`. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  timeoutMs: number,
): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (body: Body): void => {
      clearTimeout(timer);
      request.off('data', take);
      request.resume();
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) finish({ failed: 'size' });
      else chunks.push(chunk);
    };
    const timer = setTimeout(() => finish({ failed: 'time' }), timeoutMs);
    request.on('data', take);
    request.once('end', () => finish({ text: Buffer.concat(chunks).toString('utf8') }));
    request.once('error', () => finish({ failed: 'aborted' }));
    request.once('close', () => finish({ failed: 'aborted' }));
  });
}
