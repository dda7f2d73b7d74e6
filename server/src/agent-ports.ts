import type { AgentRole, AgentStatus, Group, Hours, Preferences } from '#kit/domain/index.js';

/** What is stored of agents and their groups. */

/** An agent as stored: `status` is the chosen one; who is connected is not the database's business. */
export interface AgentRecord {
  id: string;
  workspaceId: string;
  accountId: string;
  name: string;
  named: boolean;
  avatarUrl: string | null;
  role: AgentRole;
  status: AgentStatus;
  /** When the agent chose it by hand, epoch ms; 0 when never. */
  statusAt: number;
  /** The `sub` of host-signed tokens; null for agents of the server's own. */
  externalId: string | null;
  version: number;
  /** What the agent chose; the rest is as by default. */
  preferences: Partial<Preferences>;
  hours: Hours | null;
}

/** What signs an agent in. */
export interface AccountRecord {
  id: string;
  workspaceId: string;
  /** Lower case, unique on the server; null until given. */
  email: string | null;
  passwordHash: string | null;
}

export interface Agents {
  create(agent: AgentRecord, account: AccountRecord): Promise<void>;
  get(id: string): Promise<AgentRecord | null>;
  list(workspaceId: string): Promise<AgentRecord[]>;
  byExternalId(workspaceId: string, externalId: string): Promise<AgentRecord | null>;
  account(agentId: string): Promise<AccountRecord | null>;
  /** Email in any case. */
  byEmail(email: string): Promise<{ agent: AgentRecord; account: AccountRecord } | null>;
  /** Raises `version`. */
  update(
    id: string,
    patch: Partial<
      Pick<
        AgentRecord,
        'name' | 'named' | 'avatarUrl' | 'role' | 'status' | 'statusAt' | 'preferences' | 'hours'
      >
    >,
  ): Promise<AgentRecord | null>;
  /** Rejects with `CodedError('email_taken')`. */
  updateAccount(
    agentId: string,
    patch: Partial<Pick<AccountRecord, 'email' | 'passwordHash'>>,
  ): Promise<void>;
  /** Within a transaction: the row, locked until its end: nobody gives them a conversation meanwhile. */
  lock(id: string): Promise<AgentRecord | null>;
  /** Of every workspace, those who go offline by themselves and are not offline. */
  withHours(): Promise<AgentRecord[]>;
  /** With the account, all sign-ins and memberships. Conversations that still name them refuse it. */
  remove(id: string): Promise<void>;
  /** Conversations that they have, by id. */
  assigned(id: string, limit: number): Promise<string[]>;
}

/** Groups of agents; every change raises the workspace's number of them. */
export interface Groups {
  /** By name, and the number of the last change. */
  list(workspaceId: string): Promise<{ groups: Group[]; version: number }>;
  get(workspaceId: string, id: string): Promise<Group | null>;
  /** Within a transaction: nobody gives it anything until its end. False where it is not there. */
  lock(workspaceId: string, id: string): Promise<boolean>;
  /** Makes it, or changes all but its id. Rejects with `agent_not_found`,
   * and with `group_not_found` where the id is another workspace's. */
  save(group: Omit<Group, 'version'> & { workspaceId: string }): Promise<Group>;
  /** Contacts and conversations that had it have none then. */
  delete(workspaceId: string, id: string): Promise<void>;
  /** Conversations that have it, by id. */
  conversations(id: string, limit: number): Promise<string[]>;
  /** Contacts that have it, by id. */
  contacts(id: string, limit: number): Promise<string[]>;
}
