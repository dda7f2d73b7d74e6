import type { Group } from '#kit/domain/agent.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { GroupSave } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { cleanLine } from './clean-text.js';
import { requireRole } from './require-role.js';
import { tellGroups } from './tell-groups.js';

/**
 * Makes a group, or changes one (S4.6). Rejects with `forbidden`, `group_not_found`,
 * `agent_not_found`, `limit_reached`, and `invalid_payload` where the name is blank or another
 * group's, or a language is none.
 */
export async function saveGroup(
  ports: Ports,
  caller: AgentCaller,
  input: GroupSave,
): Promise<Group> {
  const name = cleanLine(input.name);
  if (name === null) throw new CodedError('invalid_payload');
  const names = cleanNames(input.names);
  const { workspaceId } = caller;
  return act(ports, async (repositories, emit) => {
    await requireRole(repositories, caller, 'group.save');
    const { groups } = repositories;
    if (input.id !== undefined && !(await groups.lock(workspaceId, input.id))) {
      throw new CodedError('group_not_found');
    }
    const group = await groups.save({
      id: input.id ?? ports.ids.next('gr'),
      workspaceId,
      name,
      names,
      private: input.private,
      memberIds: input.memberIds,
    });
    // Counted after the saving, before which others' savings are over.
    if (input.id === undefined && (await groups.list(workspaceId)).groups.length > limits.groups) {
      throw new CodedError('limit_reached');
    }
    const action = input.id === undefined ? 'group.create' : 'group.update';
    const details = { private: group.private, memberIds: group.memberIds };
    await audit(ports, repositories, caller, action, group.id, details);
    await tellGroups(repositories, emit, workspaceId);
    return group;
  });
}

/** By language as standards write it; blank ones are left out. */
function cleanNames(names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([tag, name]) => {
      const clean = cleanLine(name);
      return clean === null ? [] : [[languageOf(tag), clean]];
    }),
  );
}

function languageOf(tag: string): string {
  try {
    const [language] = Intl.getCanonicalLocales(tag);
    if (language !== undefined) return language;
  } catch {
    // Not a language.
  }
  throw new CodedError('invalid_payload');
}
