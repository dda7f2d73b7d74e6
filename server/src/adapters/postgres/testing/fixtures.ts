import { noDetails } from '#kit/domain/contact.js';
import { randomUUID } from 'node:crypto';
import { defaultSettings, isPublic } from '#kit/domain/index.js';
import type { Attachment, Contact } from '#kit/domain/index.js';
import type { AttachmentRecord } from '../../../file-ports.js';
import type {
  AccountRecord,
  AgentRecord,
  ConversationRecord,
  MessageRecord,
  Repositories,
  Storage,
  WorkspaceRecord,
} from '../../../ports.js';

/** An id that nobody else has; ids of one prefix sort in no order. */
export function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}

export function aWorkspace(patch: Partial<WorkspaceRecord> = {}): WorkspaceRecord {
  return {
    id: newId('ws'),
    name: 'Shop',
    settings: defaultSettings,
    settingsVersion: 1,
    allowedOrigins: [],
    hostAuth: null,
    visitorAuth: { secrets: [], acceptBrevoVisitorIds: false },
    createdAt: 1_000,
    ...patch,
  };
}

export function anAgent(
  workspaceId: string,
  patch: Partial<AgentRecord> = {},
  account: Partial<AccountRecord> = {},
): [AgentRecord, AccountRecord] {
  const accountId = newId('ac');
  return [
    {
      id: newId('ag'),
      workspaceId,
      accountId,
      name: 'Ann',
      named: true,
      avatarUrl: null,
      role: 'agent',
      status: 'online',
      statusAt: 0,
      externalId: null,
      version: 1,
      preferences: {},
      hours: null,
      ...patch,
    },
    { id: accountId, workspaceId, email: null, passwordHash: null, ...account },
  ];
}

export function aContact(
  workspaceId: string,
  patch: Partial<Contact> = {},
): Contact & { workspaceId: string } {
  return {
    id: newId('ct'),
    workspaceId,
    name: null,
    email: null,
    phone: null,
    avatarUrl: null,
    language: null,
    createdAt: 1_000,
    blocked: null,
    version: 1,
    ...noDetails(),
    ...patch,
  };
}

export function aConversation(
  { workspaceId, contactId }: Pick<ConversationRecord, 'workspaceId' | 'contactId'>,
  patch: Partial<ConversationRecord> = {},
): ConversationRecord {
  return {
    id: newId('cv'),
    workspaceId,
    contactId,
    channel: 'chat',
    state: 'open',
    live: true,
    assigneeIds: [],
    groupId: null,
    lastSeq: 0,
    lastPublicSeq: 0,
    lastMessageId: null,
    activeAt: 1_000,
    waitingSince: null,
    lastContactPosition: 0,
    createdAt: 1_000,
    closedAt: null,
    subject: null,
    rating: null,
    mentions: {},
    deletedAt: null,
    version: 1,
    ...patch,
  };
}

/** A workspace with two agents and a contact who has an open conversation. */
export interface Scene {
  workspaceId: string;
  agentIds: [string, string];
  contactId: string;
  conversationId: string;
}

export async function aScene(storage: Storage): Promise<Scene> {
  const workspace = aWorkspace();
  const { id: workspaceId } = workspace;
  await storage.workspaces.create(workspace);
  const first = anAgent(workspaceId);
  const second = anAgent(workspaceId, { name: 'Bo' });
  await storage.agents.create(...first);
  await storage.agents.create(...second);
  const contact = aContact(workspaceId);
  await storage.contacts.create(contact);
  const conversation = aConversation({ workspaceId, contactId: contact.id });
  await storage.conversations.create(conversation);
  return {
    workspaceId,
    agentIds: [first[0].id, second[0].id],
    contactId: contact.id,
    conversationId: conversation.id,
  };
}

/** A conversation of a contact of its own. */
export async function addConversation(
  storage: Storage,
  workspaceId: string,
  patch: Partial<ConversationRecord> = {},
): Promise<ConversationRecord> {
  const contact = aContact(workspaceId);
  await storage.contacts.create(contact);
  const conversation = aConversation({ workspaceId, contactId: contact.id }, patch);
  await storage.conversations.create(conversation);
  return conversation;
}

/** A file that a contact uploaded and no message names yet. */
export function anAttachment(
  { workspaceId, contactId }: Pick<Scene, 'workspaceId' | 'contactId'>,
  patch: Partial<AttachmentRecord> = {},
): AttachmentRecord {
  return {
    id: newId('at'),
    workspaceId,
    conversationId: null,
    messageId: null,
    uploader: { type: 'contact', id: contactId },
    name: 'a.txt',
    size: 1,
    mediaType: 'text/plain',
    image: null,
    createdAt: 1_000,
    ...patch,
  };
}

/** Stores such a file and gives it as messages show it. */
export async function upload(
  storage: Storage,
  scene: Pick<Scene, 'workspaceId' | 'contactId'>,
  patch: Partial<AttachmentRecord> = {},
): Promise<Attachment> {
  const record = anAttachment(scene, patch);
  await storage.attachments.create(record);
  const { id, name, size, mediaType, image } = record;
  return { id, name, size, mediaType, image };
}

export type Draft = Partial<
  Pick<
    MessageRecord,
    'id' | 'clientId' | 'kind' | 'author' | 'text' | 'format' | 'system' | 'attachments'
  >
>;

/** Stores a message as the use-cases do: numbers are taken under the conversation's lock. */
export async function sendIn(
  repositories: Repositories,
  conversationId: string,
  draft: Draft = {},
): Promise<MessageRecord> {
  const conversation = await locked(repositories, conversationId);
  const kind = draft.kind ?? 'reply';
  const seq = conversation.lastSeq + 1;
  const shown = isPublic({ kind, system: draft.system ?? null });
  const publicSeq = shown ? conversation.lastPublicSeq + 1 : null;
  const message: MessageRecord = {
    id: newId('ms'),
    conversationId,
    workspaceId: conversation.workspaceId,
    clientId: newId('client'),
    kind,
    author: { type: 'contact', id: conversation.contactId, name: null, avatarUrl: null },
    text: 'Hello',
    format: 'plain',
    system: null,
    attachments: [],
    mentions: [],
    email: null,
    position: seq,
    seq,
    publicPosition: publicSeq,
    publicSeq,
    createdAt: 1_000 + seq,
    editedAt: null,
    deletedAt: null,
    ...draft,
  };
  await repositories.messages.insert(message);
  await repositories.conversations.update(conversationId, {
    lastSeq: seq,
    lastPublicSeq: publicSeq ?? conversation.lastPublicSeq,
    lastMessageId: kind === 'system' ? conversation.lastMessageId : message.id,
    activeAt: message.createdAt,
  });
  return message;
}

export function send(storage: Storage, conversationId: string, draft: Draft = {}) {
  return storage.transaction((repositories) => sendIn(repositories, conversationId, draft));
}

/** Edits or deletes a message as the use-cases do. */
export function change(
  storage: Storage,
  { id, conversationId }: Pick<MessageRecord, 'id' | 'conversationId'>,
  kind: 'edited' | 'deleted',
): Promise<void> {
  return storage.transaction(async (repositories) => {
    const conversation = await locked(repositories, conversationId);
    const message = await repositories.messages.get(id);
    if (!message) throw new Error(`no message ${id}`);
    const seq = conversation.lastSeq + 1;
    const publicSeq = message.publicSeq === null ? null : conversation.lastPublicSeq + 1;
    const at = 5_000 + seq;
    await repositories.messages.change(
      {
        id,
        text: kind === 'edited' ? `${message.text}!` : '',
        mentions: kind === 'edited' ? message.mentions : [],
        seq,
        publicSeq,
        editedAt: kind === 'edited' ? at : message.editedAt,
        deletedAt: kind === 'deleted' ? at : null,
      },
      kind,
    );
    await repositories.conversations.update(conversationId, {
      lastSeq: seq,
      lastPublicSeq: publicSeq ?? conversation.lastPublicSeq,
    });
  });
}

async function locked(
  { conversations }: Repositories,
  conversationId: string,
): Promise<ConversationRecord> {
  const conversation = await conversations.lock(conversationId);
  if (!conversation) throw new Error(`no conversation ${conversationId}`);
  return conversation;
}
