import { publicGroups, type WidgetSettings } from '#kit/domain/settings.js';
import type { WorkspaceRecord } from '../ports.js';
import type { Ports } from './act.js';

/** What the widgets of a workspace obey. */
export async function widgetSettings(
  { storage }: Pick<Ports, 'storage'>,
  { id, name, settings, settingsVersion }: WorkspaceRecord,
): Promise<WidgetSettings> {
  const { greeting, tracking, look, texts, form, targeted, askRating, askGroup } = settings;
  return {
    workspaceName: name,
    greeting,
    tracking,
    look,
    texts,
    form,
    // What is not on yet is nobody's to read.
    targeted: targeted.filter(({ active }) => active),
    askRating,
    groups: askGroup ? publicGroups((await storage.groups.list(id)).groups) : [],
    version: settingsVersion,
  };
}
