import type { AgentRecord } from './ports.js';

/** A place in the history of the database: what was committed later lies behind it. */
export type Moment = string;

export interface ChangedConversation {
  id: string;
  workspaceId: string;
  contactId: string;
  /** Whether visitors are shown it: an earlier one, or one by email, is not. */
  live: boolean;
  deleted: boolean;
  lastSeq: number;
  lastPublicSeq: number;
  version: number;
}

/** What changed lately, for servers that may have missed an event. */
export interface Changes {
  /** Everything that is visible now was committed before it. */
  now(): Promise<Moment>;
  /** All that were committed since, and perhaps a few before it. */
  conversations(workspaceIds: string[], since: Moment): Promise<ChangedConversation[]>;
  /** Versions of settings, by workspace. */
  settings(workspaceIds: string[]): Promise<Map<string, number>>;
  /** Versions of what groups there are, by workspace. */
  groups(workspaceIds: string[]): Promise<Map<string, number>>;
  agents(workspaceIds: string[]): Promise<AgentRecord[]>;
}
