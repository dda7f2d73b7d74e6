import { defaultSettings } from '#kit/domain/settings.js';
import { limits } from '#kit/protocol/limits.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AccountRecord, AgentRecord, WorkspaceRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { cleanEmail, cleanLine } from './clean-text.js';
import { defaultWorkspace } from './default-workspace.js';

export interface NewWorkspace {
  workspace: WorkspaceRecord;
  owner: AgentRecord;
}

/** A workspace and its owner. Rejects with `invalid_payload`, `invalid_email`, `email_taken`. */
export async function createWorkspace(
  ports: Ports,
  input: { name: string; ownerEmail?: string },
): Promise<NewWorkspace> {
  const name = cleanLine(input.name);
  if (name === null || name.length > limits.nameLength) throw new CodedError('invalid_payload');
  const email = input.ownerEmail === undefined ? null : cleanEmail(input.ownerEmail);
  const { workspace, owner, account } = newWorkspace(ports, name, email);
  await act(ports, async ({ workspaces, agents }) => {
    if (email !== null && (await agents.byEmail(email))) throw new CodedError('email_taken');
    await workspaces.create(workspace);
    await agents.create(owner, account);
  });
  return { workspace, owner };
}

/** The oldest workspace; the first start of all makes it, and servers that start together one. */
export async function firstWorkspace(ports: Ports, name: string): Promise<WorkspaceRecord> {
  const oldest = await defaultWorkspace(ports);
  if (oldest) return oldest;
  return act(ports, async ({ workspaces, agents }) => {
    await workspaces.lockFirst();
    const [made] = await workspaces.list();
    if (made) return made;
    const { workspace, owner, account } = newWorkspace(ports, name, null);
    await workspaces.create(workspace);
    await agents.create(owner, account);
    return workspace;
  });
}

function newWorkspace(
  { ids, clock }: Pick<Ports, 'ids' | 'clock'>,
  name: string,
  email: string | null,
): NewWorkspace & { account: AccountRecord } {
  const workspace: WorkspaceRecord = {
    id: ids.next('ws'),
    name,
    settings: defaultSettings,
    settingsVersion: 1,
    allowedOrigins: [],
    hostAuth: null,
    visitorAuth: { secrets: [], acceptBrevoVisitorIds: false },
    createdAt: clock.now(),
  };
  const account: AccountRecord = {
    id: ids.next('ac'),
    workspaceId: workspace.id,
    email,
    passwordHash: null,
  };
  const owner: AgentRecord = {
    id: ids.next('ag'),
    workspaceId: workspace.id,
    accountId: account.id,
    name: 'Owner',
    named: false,
    avatarUrl: null,
    role: 'owner',
    status: 'online',
    statusAt: 0,
    externalId: null,
    version: 1,
    preferences: {},
    hours: null,
  };
  return { workspace, owner, account };
}
