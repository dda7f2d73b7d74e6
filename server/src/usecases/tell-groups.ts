import type { Repositories } from '../ports.js';
import type { Emit } from './act.js';

/**
 * Within the transaction that changed the workspace's groups, and so has its row locked: tells
 * agents, and the widgets whose visitors are asked to choose one (S4.6).
 */
export async function tellGroups(
  { workspaces }: Pick<Repositories, 'workspaces'>,
  emit: Emit,
  workspaceId: string,
): Promise<void> {
  emit({ type: 'groups', workspaceId });
  const workspace = await workspaces.get(workspaceId);
  if (!workspace?.settings.askGroup) return;
  // The groups are part of what widgets are told of the settings, and of its version.
  await workspaces.update(workspaceId, { settings: workspace.settings });
  emit({ type: 'settings', workspaceId });
}
