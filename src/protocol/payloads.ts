import { Type, type Static } from 'typebox';
import { limits } from './limits.js';
import {
  AgentSchema,
  AgentStatus,
  AvailabilitySchema,
  ClientId,
  ContactSchema,
  ConversationSchema,
  EmailTemplateSchema,
  SavedReplySchema,
  VisitorContactSchema,
  Count,
  CountsSchema,
  GroupSchema,
  Id,
  MarkSchema,
  MeSchema,
  MessageSchema,
  MessageText,
  Time,
  ViewSchema,
  VisitorConversationSchema,
  VisitSchema,
  AttachmentIds,
  FieldKey,
  FieldValue,
  PageLimit,
  nullable,
  object,
  Score,
} from './schemas.js';
import { WidgetSettingsSchema } from './widget-schemas.js';

export * from './team-payloads.js';

/** Payloads of joins, pushes and replies over channels. */

export const Since = object({ conversationId: Id, seq: Count });
export type Since = Static<typeof Since>;

/**
 * Some messages of one conversation. After a cursor: each message changed after it, once, in its
 * latest form, sorted by `seq`. Otherwise sorted by `position`.
 */
export const MessagePage = object({
  conversationId: Id,
  messages: Type.Array(MessageSchema),
  more: Type.Boolean({
    description: 'Another page follows in the same direction: newer changes, or older messages.',
  }),
  reset: Type.Boolean({
    description: 'The page is the last one of the thread; forget what was known before.',
  }),
  seq: Type.Integer({
    minimum: 0,
    description: 'Cursor: all changes up to it are known now. 0 in a page of older messages.',
  }),
});
export type MessagePage = Static<typeof MessagePage>;

export const Empty = object({});

export const VisitorJoin = object({ since: Type.Optional(Since) });
export type VisitorJoin = Static<typeof VisitorJoin>;

export const VisitorJoined = object({
  contact: VisitorContactSchema,
  conversation: nullable(VisitorConversationSchema),
  messages: nullable(MessagePage),
  settings: WidgetSettingsSchema,
  availability: AvailabilitySchema,
  serverTime: Time,
});
export type VisitorJoined = Static<typeof VisitorJoined>;

export const InboxJoin = object({
  view: Type.Optional(ViewSchema),
  limit: Type.Optional(PageLimit),
});
export type InboxJoin = Static<typeof InboxJoin>;

export const ConversationWindow = object({
  conversations: Type.Array(ConversationSchema),
  more: Type.Boolean({ description: 'More follow after the last one.' }),
});
export type ConversationWindow = Static<typeof ConversationWindow>;

/** Whether emails can be sent, and as whom. */
export const MailSchema = object({
  configured: Type.Boolean({ description: 'False: the server has no SMTP_URL.' }),
  from: nullable(Type.String()),
  replyTo: nullable(Type.String({ description: 'The workspace’s mailbox: answers arrive there.' })),
});
export type Mail = Static<typeof MailSchema>;

export const InboxJoined = object({
  workspace: object({ id: Id, name: Type.String() }),
  me: MeSchema,
  agents: Type.Array(AgentSchema),
  groups: Type.Array(GroupSchema),
  replies: Type.Array(SavedReplySchema),
  templates: Type.Array(EmailTemplateSchema),
  mail: MailSchema,
  counts: CountsSchema,
  window: ConversationWindow,
  missedAfterMs: Count,
  serverTime: Time,
});
export type InboxJoined = Static<typeof InboxJoined>;

export const ConversationJoin = object({ since: Type.Optional(Since) });
export type ConversationJoin = Static<typeof ConversationJoin>;

export const ConversationJoined = object({
  conversation: ConversationSchema,
  contact: ContactSchema,
  visit: nullable(VisitSchema),
  messages: MessagePage,
  serverTime: Time,
});
export type ConversationJoined = Static<typeof ConversationJoined>;

/** Files that the same author uploaded for this conversation; with some, `text` may be empty. */

export const VisitorMessageSend = object({
  clientId: ClientId,
  text: MessageText,
  attachmentIds: AttachmentIds,
  shown: Type.Optional(
    Type.Array(
      object({
        text: Type.String({ minLength: 1, maxLength: limits.widgetTextLength }),
        targetedId: nullable(Id),
      }),
      {
        maxItems: limits.shown,
        description: 'What the page showed by itself before; agents read it as such.',
      },
    ),
  ),
});
export type VisitorMessageSend = Static<typeof VisitorMessageSend>;

export const AgentMessageSend = object({
  clientId: ClientId,
  kind: Type.Enum(['reply', 'comment']),
  text: MessageText,
  attachmentIds: AttachmentIds,
  mentions: Type.Optional(
    Type.Array(Id, {
      maxItems: limits.mentions,
      uniqueItems: true,
      description: 'Agents whom a comment names.',
    }),
  ),
});
export type AgentMessageSend = Static<typeof AgentMessageSend>;

export const MessageEdit = object({ messageId: Id, text: MessageText });
export type MessageEdit = Static<typeof MessageEdit>;

export const MessageDelete = object({ messageId: Id });
export type MessageDelete = Static<typeof MessageDelete>;

export const MessageStored = object({ message: MessageSchema });
export type MessageStored = Static<typeof MessageStored>;

export const MessagesList = object({
  conversationId: Id,
  before: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'A position: the messages before it.',
    }),
  ),
  after: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'A cursor: what changed after it. Wins over before.',
    }),
  ),
  limit: Type.Optional(PageLimit),
});
export type MessagesList = Static<typeof MessagesList>;

export const MarkSet = object({
  conversationId: Id,
  delivered: Type.Optional(Count),
  read: Type.Optional(Count),
});
export type MarkSet = Static<typeof MarkSet>;

export const Marks = object({
  conversationId: Id,
  contactMark: MarkSchema,
  agentMark: MarkSchema,
});
export type Marks = Static<typeof Marks>;

export const VisitorTypingSet = object({ typing: Type.Boolean() });
export type VisitorTypingSet = Static<typeof VisitorTypingSet>;

export const AgentTypingSet = object({
  typing: Type.Boolean(),
  kind: Type.Enum(['reply', 'comment'], {
    description: 'A comment being written is not told to the visitor.',
  }),
});
export type AgentTypingSet = Static<typeof AgentTypingSet>;

export const Typing = object({
  author: object({
    type: Type.Enum(['contact', 'agent']),
    id: Id,
    name: nullable(Type.String()),
    avatarUrl: nullable(Type.String()),
  }),
  typing: Type.Boolean(),
  ttlMs: Count,
});
export type Typing = Static<typeof Typing>;

export const PageViewPush = object({
  url: Type.String({ maxLength: limits.urlLength }),
  title: Type.String({ maxLength: limits.titleLength }),
  referrer: Type.Optional(Type.String({ maxLength: limits.urlLength })),
  language: Type.Optional(Type.String({ maxLength: 35 })),
  timeZone: Type.Optional(Type.String({ maxLength: 60 })),
});
export type PageViewPush = Static<typeof PageViewPush>;

export const FormSubmit = object({
  values: Type.Record(FieldKey, FieldValue, { maxProperties: limits.formFields }),
  consents: Type.Record(FieldKey, Type.Boolean(), { maxProperties: limits.formConsents }),
});
export type FormSubmit = Static<typeof FormSubmit>;

export const VisitorContactReply = object({ contact: VisitorContactSchema });
export type VisitorContactReply = Static<typeof VisitorContactReply>;

export const RatingSet = object({
  score: Score,
  comment: nullable(Type.String({ maxLength: limits.ratingCommentLength })),
});
export type RatingSet = Static<typeof RatingSet>;

export const GroupChoose = object({
  groupId: nullable(Id),
});
export type GroupChoose = Static<typeof GroupChoose>;

export const ConversationsList = object({
  view: ViewSchema,
  after: Type.Optional(object({ activeAt: Time, id: Id })),
  limit: Type.Optional(PageLimit),
});
export type ConversationsList = Static<typeof ConversationsList>;

export const AgentStatusSet = object({ status: AgentStatus });
export type AgentStatusSet = Static<typeof AgentStatusSet>;

export const MeReply = object({ me: MeSchema });
export type MeReply = Static<typeof MeReply>;

export const ConversationAssign = object({
  assigneeIds: Type.Array(Id, { maxItems: limits.assignees, uniqueItems: true }),
});
export type ConversationAssign = Static<typeof ConversationAssign>;

export const ConversationReply = object({ conversation: ConversationSchema });
export type ConversationReply = Static<typeof ConversationReply>;

export const VisitorConversationChanged = object({
  conversation: nullable(VisitorConversationSchema),
});
export type VisitorConversationChanged = Static<typeof VisitorConversationChanged>;

const Tags = Type.Array(Type.String({ minLength: 1, maxLength: limits.tagLength }), {
  maxItems: limits.tags,
});

export const ContactUpdate = object({
  name: Type.Optional(nullable(Type.String({ maxLength: limits.nameLength }))),
  email: Type.Optional(nullable(Type.String({ maxLength: limits.emailLength }))),
  phone: Type.Optional(nullable(Type.String({ maxLength: limits.phoneLength }))),
  language: Type.Optional(nullable(Type.String({ maxLength: 35 }))),
  notes: Type.Optional(Type.String({ maxLength: limits.notesLength })),
  groupId: Type.Optional(nullable(Id)),
  attributes: Type.Optional(
    Type.Record(FieldKey, nullable(FieldValue), {
      maxProperties: limits.fields,
      description: 'One attribute each; null takes it away.',
    }),
  ),
  addTags: Type.Optional(Tags),
  removeTags: Type.Optional(Tags),
  consents: Type.Optional(Type.Record(FieldKey, Type.Boolean(), { maxProperties: 20 })),
});
export type ContactUpdate = Static<typeof ContactUpdate>;

export const ContactBlocking = object({
  address: Type.Boolean({
    description: 'Also nobody else from the address that the contact came from last.',
  }),
});
export type ContactBlocking = Static<typeof ContactBlocking>;

export const FilesSign = object({
  ids: Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }),
});
export type FilesSign = Static<typeof FilesSign>;

/** Addresses to fetch files from. One that the caller may not see, or that is gone, is left out. */
export const FilesSigned = object({
  files: Type.Array(
    object({
      id: Id,
      url: Type.String({ description: 'Path on the server, with its signature.' }),
      thumbnailUrl: nullable(Type.String({ description: 'A small picture of it.' })),
      expiresAt: Time,
    }),
  ),
});
export type FilesSigned = Static<typeof FilesSigned>;

export const ContactReply = object({ contact: ContactSchema });
export type ContactReply = Static<typeof ContactReply>;

export const VisitChanged = object({ visit: VisitSchema });
export type VisitChanged = Static<typeof VisitChanged>;

export const AgentChanged = object({ agent: AgentSchema });
export type AgentChanged = Static<typeof AgentChanged>;

export const AgentRemoved = object({ agentId: Id });
export type AgentRemoved = Static<typeof AgentRemoved>;

export const AvailabilityChanged = object({ availability: AvailabilitySchema });
export type AvailabilityChanged = Static<typeof AvailabilityChanged>;

export const SettingsChanged = object({ settings: WidgetSettingsSchema });
export type SettingsChanged = Static<typeof SettingsChanged>;

export const InboxSettingsChanged = object({
  workspace: object({ id: Id, name: Type.String() }),
  missedAfterMs: Count,
  version: Type.Integer({ minimum: 0, description: 'Rises with every change.' }),
});
export type InboxSettingsChanged = Static<typeof InboxSettingsChanged>;

export type CountsChanged = Static<typeof CountsSchema>;
