import type { WorkspaceRecord } from '../ports.js';
import type { Ports } from './act.js';

/** The oldest one, which the first start made; null before it. */
export async function defaultWorkspace({
  storage,
}: Pick<Ports, 'storage'>): Promise<WorkspaceRecord | null> {
  const [first, ...others] = await storage.workspaces.list();
  if (!first) return null;
  return others.reduce((a, b) => (b.createdAt < a.createdAt ? b : a), first);
}
