import { Type, type Static } from 'typebox';
import { limits } from './limits.js';
import {
  AttachmentIds,
  FieldKey,
  FieldValue,
  PageLimit,
  ClientId,
  ContactSchema,
  ConversationSchema,
  EmailTemplateSchema,
  HoursSchema,
  PreferencesSchema,
  SavedReplySchema,
  Count,
  GroupSchema,
  Id,
  MessageText,
  Time,
  nullable,
  object,
} from './schemas.js';

/** Payloads of what an agent does beyond one thread: search, many at once, emails, and the team. */

/** Each word must be found, the last one as the beginning of one. */
export const ConversationsSearch = object({
  query: Type.String({ minLength: 1, maxLength: limits.queryLength }),
  after: Type.Optional(object({ activeAt: Time, id: Id })),
  limit: Type.Optional(PageLimit),
});
export type ConversationsSearch = Static<typeof ConversationsSearch>;

export const SearchMatch = object({
  field: Type.Enum(['name', 'email', 'message']),
  messageId: nullable(Id),
  excerpt: Type.String({ description: 'What is around the words that were found.' }),
  ranges: Type.Array(Type.Tuple([Count, Count]), {
    description: 'Where they stand in it, in UTF-16 units.',
  }),
});
export type SearchMatch = Static<typeof SearchMatch>;

export const SearchWindow = object({
  results: Type.Array(
    object({ conversation: ConversationSchema, matches: Type.Array(SearchMatch) }),
  ),
  more: Type.Boolean(),
});
export type SearchWindow = Static<typeof SearchWindow>;

export const ConversationsBulk = object({
  ids: Type.Array(Id, { minItems: 1, maxItems: limits.bulk, uniqueItems: true }),
});
export type ConversationsBulk = Static<typeof ConversationsBulk>;

/** What was done; the others are gone, or not this workspace's. */
export const BulkDone = object({ ids: Type.Array(Id) });
export type BulkDone = Static<typeof BulkDone>;

/** An email to somebody: a contact, or an address whose contact is found or made. */
export const ConversationStart = object({
  clientId: ClientId,
  to: Type.Union([
    object({ contactId: Id }),
    object({
      email: Type.String({ maxLength: limits.emailLength }),
      name: Type.Optional(Type.String({ maxLength: limits.nameLength })),
    }),
  ]),
  subject: Type.String({ minLength: 1, maxLength: limits.subjectLength }),
  text: MessageText,
  attachmentIds: AttachmentIds,
});
export type ConversationStart = Static<typeof ConversationStart>;

export const ConversationAssignGroup = object({ groupId: nullable(Id) });
export type ConversationAssignGroup = Static<typeof ConversationAssignGroup>;

export const ConversationRemoved = object({ conversationId: Id });
export type ConversationRemoved = Static<typeof ConversationRemoved>;

/** The contact's earlier conversations, newest first. */
export const ContactEarlier = object({
  before: Type.Optional(object({ createdAt: Time, id: Id })),
  limit: Type.Optional(PageLimit),
});
export type ContactEarlier = Static<typeof ContactEarlier>;

export const ContactsFind = object({
  query: Type.String({ minLength: 1, maxLength: limits.queryLength }),
});
export type ContactsFind = Static<typeof ContactsFind>;

export const ContactsFound = object({
  contacts: Type.Array(
    object({
      id: Id,
      name: nullable(Type.String()),
      email: nullable(Type.String()),
      avatarUrl: nullable(Type.String()),
    }),
    { maxItems: 20 },
  ),
});
export type ContactsFound = Static<typeof ContactsFound>;

/** Contacts that may not write (S3.17), the latest first. */
export const ContactsBlocked = object({
  before: Type.Optional(object({ blockedAt: Time, id: Id })),
  limit: Type.Optional(PageLimit),
});
export type ContactsBlocked = Static<typeof ContactsBlocked>;

export const BlockedContacts = object({
  contacts: Type.Array(
    object({ contact: ContactSchema, blockedAt: Time, byName: nullable(Type.String()) }),
  ),
  more: Type.Boolean(),
});
export type BlockedContacts = Static<typeof BlockedContacts>;

export const ContactLift = object({ contactId: Id });
export type ContactLift = Static<typeof ContactLift>;

/** What the page knows of its visitor: `set` replaces all, `update` the named ones; null takes away. */
export const ContactData = object({
  how: Type.Enum(['set', 'update']),
  data: Type.Array(object({ key: FieldKey, value: nullable(FieldValue) }), {
    maxItems: limits.fields,
  }),
});
export type ContactData = Static<typeof ContactData>;

export const AgentPreferences = Type.Partial(PreferencesSchema, { additionalProperties: false });
export type AgentPreferences = Static<typeof AgentPreferences>;

export const AgentHours = object({ hours: nullable(HoursSchema) });
export type AgentHours = Static<typeof AgentHours>;

/** Without `id` a new one. */
export const GroupSave = object({
  id: Type.Optional(Id),
  name: Type.String({ minLength: 1, maxLength: limits.nameLength }),
  names: Type.Record(
    Type.String({ maxLength: 35 }),
    Type.String({ maxLength: limits.nameLength }),
    {
      maxProperties: 60,
    },
  ),
  private: Type.Boolean(),
  memberIds: Type.Array(Id, { maxItems: 1_000, uniqueItems: true }),
});
export type GroupSave = Static<typeof GroupSave>;

export const GroupReply = object({ group: GroupSchema });
export type GroupReply = Static<typeof GroupReply>;

export const ById = object({ id: Id });
export type ById = Static<typeof ById>;

const versioned = {
  version: Type.Integer({ minimum: 0, description: 'Rises with every change.' }),
};
export const GroupsChanged = object({ groups: Type.Array(GroupSchema), ...versioned });
export type GroupsChanged = Static<typeof GroupsChanged>;

/** Without `id` a new one. */
export const ReplySave = object({
  id: Type.Optional(Id),
  shortcut: Type.String({ minLength: 1, maxLength: limits.shortcutLength }),
  text: Type.String({ minLength: 1, maxLength: limits.messageLength }),
  shared: Type.Boolean({ description: 'False: the agent’s own.' }),
});
export type ReplySave = Static<typeof ReplySave>;

export const ReplySaved = object({ reply: SavedReplySchema });
export type ReplySaved = Static<typeof ReplySaved>;

/** One saved reply as it is now, or its end. An agent hears of shared ones and their own. */
export const RepliesChanged = object({
  saved: Type.Optional(SavedReplySchema),
  deletedId: Type.Optional(Id),
});
export type RepliesChanged = Static<typeof RepliesChanged>;

/** Without `id` a new one. */
export const TemplateSave = object({
  id: Type.Optional(Id),
  name: Type.String({ minLength: 1, maxLength: limits.nameLength }),
  subject: Type.String({ maxLength: limits.subjectLength }),
  body: Type.String({ maxLength: limits.messageLength }),
});
export type TemplateSave = Static<typeof TemplateSave>;

export const TemplateSaved = object({ template: EmailTemplateSchema });
export type TemplateSaved = Static<typeof TemplateSaved>;

export const TemplatesChanged = object({
  saved: Type.Optional(EmailTemplateSchema),
  deletedId: Type.Optional(Id),
});
export type TemplatesChanged = Static<typeof TemplatesChanged>;
