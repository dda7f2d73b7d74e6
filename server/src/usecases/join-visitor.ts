import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorJoin, VisitorJoined } from '#kit/protocol/payloads.js';
import type { VisitorCaller } from '../auth/tokens.js';
import type { Ports } from './act.js';
import { messagesSince } from './list-messages.js';
import { ownContactView } from './views.js';
import { describe } from './visitor-conversation.js';
import { widgetSettings } from './widget-settings.js';

/** What a visitor's widget needs on joining. Rejects with `contact_not_found`, `workspace_not_found`. */
export async function joinVisitor(
  ports: Ports,
  caller: VisitorCaller,
  { since }: VisitorJoin,
): Promise<VisitorJoined> {
  const { storage } = ports;
  const version = ports.stamp();
  const [contact, workspace, live, availability] = await Promise.all([
    storage.contacts.get(caller.contactId),
    storage.workspaces.get(caller.workspaceId),
    storage.conversations.live(caller.contactId, 'chat'),
    ports.availability.of(caller.workspaceId),
  ]);
  if (contact?.workspaceId !== caller.workspaceId) throw new CodedError('contact_not_found');
  if (!workspace) throw new CodedError('workspace_not_found');
  return {
    contact: ownContactView(contact, workspace.settings.form),
    conversation: live && (await describe(ports, live, version)),
    messages: live && (await messagesSince(ports, caller, live, since)),
    settings: await widgetSettings(ports, workspace),
    availability,
    serverTime: ports.clock.now(),
  };
}
