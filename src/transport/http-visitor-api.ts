import type { PublicConfig, VisitorTokenReply } from '../protocol/index.js';
import type { VisitorApi } from './api.js';
import { createHttpCall, type HttpApiOptions, type HttpCall } from './http-call.js';

/** The HTTP half of a server as a visitor needs it. */
export function createVisitorApi(options: HttpApiOptions): VisitorApi {
  return visitorApi(createHttpCall(options));
}

export function visitorApi(call: HttpCall): VisitorApi {
  return {
    config: (workspaceId, { signal } = {}) =>
      call<PublicConfig>(`/config?workspace=${encodeURIComponent(workspaceId)}`, {
        method: 'GET',
        signal,
      }),
    visitorToken: (request, { signal } = {}) =>
      call<VisitorTokenReply>('/visitor/token', { body: request, signal }),
  };
}
