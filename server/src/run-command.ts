import { CodedError } from '#kit/protocol/errors.js';
import type { Command } from './commands.js';
import type { WorkspaceRecord } from './ports.js';
import type { Ports } from './usecases/act.js';
import { createAgent } from './usecases/create-agent.js';
import { createSignInLink } from './usecases/create-sign-in-link.js';
import { createWorkspace } from './usecases/create-workspace.js';
import { defaultWorkspace } from './usecases/default-workspace.js';
import { findAgent } from './usecases/find-agent.js';
import { removeAgent } from './usecases/remove-agent.js';
import { setRole } from './usecases/set-role.js';
import { updateSetting } from './usecases/update-settings.js';

/** Does it and gives the lines to print. Rejects with a `CodedError`. */
export async function runCommand(
  ports: Ports,
  command: Command,
  baseUrl: string,
): Promise<string[]> {
  switch (command.name) {
    case 'create-workspace': {
      const { workspaceName: name, ownerEmail } = command;
      const made = await createWorkspace(ports, {
        name,
        ...(ownerEmail === null ? {} : { ownerEmail }),
      });
      const code = await createSignInLink(ports, made.owner.id);
      return [`Workspace: ${made.workspace.id}`, signInLine(baseUrl, code)];
    }
    case 'create-agent': {
      const { workspaceId, email, role, agentName } = command;
      const agent = await createAgent(ports, { workspaceId, email, role, name: agentName });
      const code = await createSignInLink(ports, agent.id);
      return [`Agent: ${agent.id}`, signInLine(baseUrl, code)];
    }
    case 'migrate':
      // Whoever opens the storage brings it to this version first.
      return [migratedLine(ports.storage.archive.schemaVersion)];
    case 'set-role': {
      const { id, name } = await findAgent(ports, command.agent);
      await setRole(ports, id, command.role);
      return [`${id}: ${name} is ${command.role} now.`];
    }
    case 'remove-agent': {
      const { id, name } = await findAgent(ports, command.agent);
      await removeAgent(ports, id);
      return [`${id}: ${name} is removed.`];
    }
    case 'sign-in-link': {
      if (command.agent !== undefined) {
        const agent = await findAgent(ports, command.agent);
        const named = command.workspaceId;
        if (named !== null && named !== agent.workspaceId) throw new CodedError('agent_not_found');
        return [signInLine(baseUrl, await createSignInLink(ports, agent.id))];
      }
      const { id } = await workspaceOf(ports, command.workspaceId);
      const owner = (await ports.storage.agents.list(id)).find(({ role }) => role === 'owner');
      if (!owner) throw new CodedError('agent_not_found');
      return [signInLine(baseUrl, await createSignInLink(ports, owner.id))];
    }
    case 'settings-set': {
      const { setting, value } = command;
      const { id } = await workspaceOf(ports, command.workspaceId);
      await updateSetting(ports, id, setting, settingFromText(setting, value));
      return [`${id}: ${setting} is set.`];
    }
  }
}

export function migratedLine(version: number): string {
  return `The database is at version ${version}.`;
}

export function signInLine(baseUrl: string, code: string): string {
  // The code stands in the fragment: browsers send it to no server, so no proxy can log it.
  return `Sign in: ${baseUrl}/inbox#code=${code}`;
}

async function workspaceOf(ports: Ports, id: string | null): Promise<WorkspaceRecord> {
  const workspace =
    id === null ? await defaultWorkspace(ports) : await ports.storage.workspaces.get(id);
  if (!workspace) throw new CodedError('workspace_not_found');
  return workspace;
}

/** Numbers, lists and objects are JSON; texts are as they are; origins may have commas between. */
function settingFromText(setting: string, text: string): unknown {
  if (setting === 'name') return text;
  if (setting === 'allowedOrigins' && !text.startsWith('[')) {
    return text.split(',').flatMap((origin) => origin.trim() || []);
  }
  if (setting === 'greeting') return text === 'null' ? null : text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
