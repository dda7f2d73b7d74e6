import { defaultSettings } from '#kit/domain/settings.js';
import { limits } from '#kit/protocol/limits.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentRecord, WorkspaceRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { cleanEmail, cleanLine } from './clean-text.js';

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
  const workspace: WorkspaceRecord = {
    id: ports.ids.next('ws'),
    name,
    settings: defaultSettings,
    settingsVersion: 1,
    allowedOrigins: [],
    hostAuth: null,
    visitorAuth: { secrets: [], acceptBrevoVisitorIds: false },
    createdAt: ports.clock.now(),
  };
  const account = {
    id: ports.ids.next('ac'),
    workspaceId: workspace.id,
    email,
    passwordHash: null,
  };
  const owner: AgentRecord = {
    id: ports.ids.next('ag'),
    workspaceId: workspace.id,
    accountId: account.id,
    name: 'Owner',
    named: false,
    avatarUrl: null,
    role: 'owner',
    status: 'online',
    externalId: null,
    version: 1,
  };
  await act(ports, async ({ workspaces, agents }) => {
    if (email !== null && (await agents.byEmail(email))) throw new CodedError('email_taken');
    await workspaces.create(workspace);
    await agents.create(owner, account);
  });
  return { workspace, owner };
}
