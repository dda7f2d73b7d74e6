import { CodedError, type PublicConfig, type VisitorTokenReply } from '../protocol/index.js';
import type { VisitorApi } from './api.js';
import { createHttpCall, originOf, type HttpApiOptions, type HttpCall } from './http-call.js';

/** The HTTP half of a server as a visitor needs it. */
export function createVisitorApi(options: HttpApiOptions): VisitorApi {
  return visitorApi(createHttpCall(options), options.server);
}

export function visitorApi(call: HttpCall, server: string): VisitorApi {
  const origin = originOf(server);
  return {
    config: (workspaceId, { signal } = {}) =>
      call<PublicConfig>(`/config?workspace=${encodeURIComponent(workspaceId)}`, {
        method: 'GET',
        signal,
      }),
    visitorToken: (request, { signal } = {}) =>
      call<VisitorTokenReply>('/visitor/token', { body: request, signal }),
    visitorSignOut: (body) => call('/visitor/sign-out', { body }),
    async upload(upload) {
      // Few visitors send files: what sends them is fetched by those.
      const { uploadFile } = await import('./http-upload.js').catch((cause: unknown) => {
        throw new CodedError('connection_lost', { cause });
      });
      return uploadFile(`${origin}/v1`, upload);
    },
    address: (path) => origin + path,
  };
}
