import type { AgentRole } from './agent.js';

/**
 * Who may do what (S4.7). What is not named here every agent may do: answer, close, assign, delete a
 * conversation, edit and block a contact, and keep saved replies of their own.
 */
const allowed = {
  /** Change the saved replies that all have, when somebody else made them. */
  'reply.share': ['owner', 'admin'],
  'template.save': ['owner', 'admin', 'agent'],
  'group.save': ['owner', 'admin'],
  'group.delete': ['owner', 'admin'],
  'settings.update': ['owner', 'admin'],
  'agent.invite': ['owner', 'admin'],
  'agent.remove': ['owner', 'admin'],
  'agent.role': ['owner', 'admin'],
} as const satisfies Record<string, readonly AgentRole[]>;

export type RoleAct = keyof typeof allowed;

export const roleActs = Object.keys(allowed) as RoleAct[];

export function may(role: AgentRole, act: RoleAct): boolean {
  const roles: readonly AgentRole[] = allowed[act];
  return roles.includes(role);
}

/**
 * Whether somebody of `role` may make an agent of `before` one of `after`, or remove them where it
 * is null. Only owners touch owners, and a workspace keeps one: `owners` is how many it has.
 */
export function mayChangeRole(
  role: AgentRole,
  before: AgentRole,
  after: AgentRole | null,
  owners: number,
): boolean {
  if (!may(role, after === null ? 'agent.remove' : 'agent.role')) return false;
  if (role !== 'owner' && (before === 'owner' || after === 'owner')) return false;
  return before !== 'owner' || after === 'owner' || owners > 1;
}
