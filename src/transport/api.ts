import type {
  AgentTokenReply,
  FileUploaded,
  ProfilePatch,
  PublicConfig,
  SignedIn,
  VisitorSignOutRequest,
  VisitorTokenReply,
  VisitorTokenRequest,
} from '../protocol/index.js';

/** A file as a browser hands it over; its content is nobody's business here. */
export interface LocalFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** As the browser guesses it from the name; may be empty. */
  readonly type: string;
}

export interface FileUpload {
  file: LocalFile;
  /** A channel token. */
  token: string;
  /** Where an agent will send it. */
  conversationId?: string | undefined;
  /** How much of it is there, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

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
  /** Revokes the token of a browser. */
  visitorSignOut(request: VisitorSignOutRequest): Promise<void>;
  /** Sends one file, which belongs to nothing until a message names it. */
  upload(upload: FileUpload): Promise<FileUploaded>;
  /** Address of a path on the server, such as those of `files:sign`. */
  address(path: string): string;
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
