import type {
  AgentTokenReply,
  ProfilePatch,
  PublicConfig,
  SignedIn,
  VisitorTokenReply,
  VisitorTokenRequest,
} from '../protocol/index.js';

/**
 * What a visitor needs over HTTP beside the channels, under `/v1` of the server. Every method
 * rejects with a `CodedError`; `connection_lost` and `timeout` where the network is to blame.
 */
export interface VisitorApi {
  config(workspaceId: string, options?: { signal?: AbortSignal }): Promise<PublicConfig>;
  visitorToken(
    request: VisitorTokenRequest,
    options?: { signal?: AbortSignal },
  ): Promise<VisitorTokenReply>;
}

/** The same for agents, who sign in besides. */
export interface ServerApi extends VisitorApi {
  /** With the session cookie, or with a token signed by the host application. */
  agentToken(options?: { hostToken?: string; signal?: AbortSignal }): Promise<AgentTokenReply>;
  signIn(email: string, password: string): Promise<SignedIn>;
  signInWithLink(code: string): Promise<SignedIn>;
  signOut(): Promise<void>;
  /** Whose session this browser has; `unauthorized` without one. */
  session(options?: { signal?: AbortSignal }): Promise<SignedIn>;
  updateProfile(patch: ProfilePatch): Promise<SignedIn>;
}
