import type { AgentTokenReply, ProfilePatch, SignedIn } from '../protocol/index.js';
import type { ServerApi } from './api.js';
import { createHttpCall, type HttpApiOptions } from './http-call.js';
import { visitorApi } from './http-visitor-api.js';

export type { Fetch, HttpApiOptions } from './http-call.js';

/** The HTTP half of a server: config, tokens and sign-in. */
export function createHttpApi(options: HttpApiOptions): ServerApi {
  const call = createHttpCall(options);
  return {
    ...visitorApi(call, options.server),
    agentToken: ({ hostToken, signal } = {}) =>
      call<AgentTokenReply>('/agent/token', {
        hostToken,
        session: hostToken === undefined,
        signal,
      }),
    signIn: (email, password) =>
      call<SignedIn>('/agent/sign-in', { body: { email, password }, session: true }),
    signInWithLink: (code) =>
      call<SignedIn>('/agent/sign-in-link', { body: { code }, session: true }),
    async signOut() {
      await call('/agent/sign-out', { session: true });
    },
    session: ({ signal } = {}) =>
      call<SignedIn>('/agent/session', { method: 'GET', session: true, signal }),
    updateProfile: (patch: ProfilePatch) =>
      call<SignedIn>('/agent/profile', { method: 'PATCH', body: patch, session: true }),
  };
}
