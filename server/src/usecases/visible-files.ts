import type { FoundAttachment, Uploader } from '../file-ports.js';
import type { Repositories } from '../ports.js';

/**
 * The files among `ids` that somebody may see now. Agents see those of their workspace, visitors
 * those of replies in their live conversation and never a comment's; what no message names yet is
 * seen by its uploader alone. A blocked contact sees none.
 */
export async function visibleFiles(
  storage: Pick<Repositories, 'attachments' | 'agents' | 'contacts'>,
  viewer: Uploader,
  ids: string[],
): Promise<FoundAttachment[]> {
  const workspaceId = await workspaceOf(storage, viewer);
  if (workspaceId === null) return [];
  const found = await storage.attachments.find(ids);
  return found.filter((file) => file.workspaceId === workspaceId && isVisible(file, viewer));
}

function isVisible({ shown, uploader }: FoundAttachment, viewer: Uploader): boolean {
  if (shown === null) return uploader.type === viewer.type && uploader.id === viewer.id;
  if (viewer.type === 'agent') return true;
  return shown.public && shown.live && shown.contactId === viewer.id;
}

async function workspaceOf(
  { agents, contacts }: Pick<Repositories, 'agents' | 'contacts'>,
  { type, id }: Uploader,
): Promise<string | null> {
  if (type === 'agent') return (await agents.get(id))?.workspaceId ?? null;
  const contact = await contacts.get(id);
  return contact?.blocked === null ? contact.workspaceId : null;
}
