import { Type } from 'typebox';
import type {
  Agent,
  Attachment,
  Availability,
  Contact,
  Conversation,
  Counts,
  EmailDelivery,
  EmailTemplate,
  Group,
  Hours,
  Me,
  Message,
  Preferences,
  Rating,
  SavedReply,
  View,
  Visit,
  VisitorContact,
  VisitorConversation,
} from '../domain/index.js';
import { limits } from './limits.js';
import { Count, Id, Version, maximum, nullable, object, same } from './schema-kit.js';

/** Schemas of what the domain defines. Each is checked against its domain type at compile time. */

export const ClientId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  description: 'UUIDv7 made by the client, unique per author.',
});
export const Time = Type.Integer({ minimum: 0, maximum, description: 'Epoch milliseconds.' });
/** Wider than the rule, so that a message that is a little too long is told so by its own code. */
export const MessageText = Type.String({
  maxLength: 2 * limits.messageLength,
  description: `At most ${limits.messageLength} UTF-16 units are taken.`,
});
export const AgentStatus = Type.Enum(['online', 'offline', 'invisible']);
const Name = Type.String({ maxLength: limits.nameLength });

const PublicAgent = object({ id: Id, name: Name, avatarUrl: nullable(Type.String()) });

const agentFields = {
  id: Id,
  name: Name,
  avatarUrl: nullable(Type.String()),
  role: Type.Enum(['owner', 'admin', 'agent']),
  status: AgentStatus,
  availableSince: nullable(Time),
  version: Version,
};

export const AgentSchema = same<Agent>()(object(agentFields));

const ScopeOrNone = Type.Enum(['mine', 'unassigned', 'all', 'none']);

export const PreferencesSchema = same<Preferences>()(
  object({
    enterSends: Type.Boolean(),
    shortcuts: Type.Boolean(),
    sound: ScopeOrNone,
    desktop: ScopeOrNone,
    badge: ScopeOrNone,
  }),
);

const Minute = Type.Integer({ minimum: 0, maximum: 1_440 });

export const HoursSchema = same<Hours>()(
  object({
    timeZone: Type.String({ maxLength: 60, description: 'IANA name.' }),
    week: Type.Array(Type.Array(Type.Tuple([Minute, Minute]), { maxItems: 10 }), {
      minItems: 7,
      maxItems: 7,
      description: 'Monday first; from and to in minutes after midnight.',
    }),
    goOffline: Type.Boolean(),
  }),
);

export const MeSchema = same<Me>()(
  object({
    ...agentFields,
    email: nullable(Type.String()),
    hasPassword: Type.Boolean(),
    named: Type.Boolean(),
    preferences: PreferencesSchema,
    hours: nullable(HoursSchema),
  }),
);

export const GroupSchema = same<Group>()(
  object({
    id: Id,
    name: Name,
    names: Type.Record(Type.String(), Name),
    private: Type.Boolean(),
    memberIds: Type.Array(Id),
    version: Version,
  }),
);

export const SavedReplySchema = same<SavedReply>()(
  object({
    id: Id,
    shortcut: Type.String(),
    text: Type.String(),
    ownerId: nullable(Id),
    version: Version,
  }),
);

export const EmailTemplateSchema = same<EmailTemplate>()(
  object({
    id: Id,
    name: Name,
    subject: Type.String(),
    body: Type.String(),
    version: Version,
  }),
);

const contactFields = {
  id: Id,
  name: nullable(Type.String()),
  email: nullable(Type.String()),
  avatarUrl: nullable(Type.String()),
};

export const Field = object({ key: Type.String(), value: Type.String() });

export const ContactSchema = same<Contact>()(
  object({
    ...contactFields,
    phone: nullable(Type.String()),
    language: nullable(Type.String()),
    createdAt: Time,
    blocked: nullable(Type.Enum(['contact', 'address'])),
    attributes: Type.Array(Field),
    notes: Type.String(),
    tags: Type.Array(Type.String()),
    groupId: nullable(Id),
    consents: Type.Array(object({ name: Type.String(), given: Type.Boolean(), at: Time })),
    data: Type.Array(Field),
    version: Version,
  }),
);

export const VisitorContactSchema = same<VisitorContact>()(
  object({
    ...contactFields,
    phone: nullable(Type.String()),
    language: nullable(Type.String()),
    given: Type.Array(Type.String(), {
      description: 'Questions of the form that are answered.',
    }),
    version: Version,
  }),
);

export const VisitSchema = same<Visit>()(
  object({
    id: Id,
    startedAt: Time,
    lastSeenAt: Time,
    userAgent: nullable(Type.String()),
    browser: nullable(Type.String()),
    system: nullable(Type.String()),
    referrer: nullable(Type.String()),
    language: nullable(Type.String()),
    timeZone: nullable(Type.String()),
    ip: nullable(Type.String()),
    country: nullable(Type.String()),
    city: nullable(Type.String()),
    pages: Type.Array(object({ url: Type.String(), title: Type.String(), at: Time })),
  }),
);

export const Score = Type.Integer({ minimum: 1, maximum: 5 });
const RatingSchema = same<Rating>()(
  object({ score: Score, comment: nullable(Type.String()), at: Time }),
);

const AgentRef = object({ id: Id, name: Name });

const SystemEvent = Type.Union([
  object({ type: Type.Literal('joined'), agentId: Id, agentName: Name }),
  object({
    type: Type.Literal('assigned'),
    byId: nullable(Id),
    assignees: Type.Array(AgentRef),
  }),
  object({
    type: Type.Literal('grouped'),
    byId: nullable(Id),
    byName: nullable(Name),
    groupId: nullable(Id),
    groupName: nullable(Name),
  }),
  object({ type: Type.Literal('closed'), byId: nullable(Id), byName: nullable(Name) }),
  object({ type: Type.Literal('reopened'), byId: nullable(Id), byName: nullable(Name) }),
  object({
    type: Type.Literal('blocked'),
    byId: nullable(Id),
    byName: nullable(Name),
    address: Type.Boolean(),
  }),
  object({ type: Type.Literal('unblocked'), byId: nullable(Id), byName: nullable(Name) }),
  object({ type: Type.Literal('shown'), text: Type.String(), targetedId: nullable(Id) }),
  object({ type: Type.Literal('form'), given: Type.Array(Type.String()) }),
  object({ type: Type.Literal('rated'), score: Score, comment: nullable(Type.String()) }),
  object({ type: Type.Literal('restarted') }),
]);

const AuthorTypeSchema = Type.Enum(['contact', 'agent', 'system']);
const MessageKindSchema = Type.Enum(['reply', 'comment', 'system']);

export const AttachmentSchema = same<Attachment>()(
  object({
    id: Id,
    name: Type.String(),
    size: Count,
    mediaType: Type.String(),
    image: nullable(object({ width: Count, height: Count })),
  }),
);

export const EmailDeliverySchema = same<EmailDelivery>()(
  object({
    to: Type.String(),
    subject: Type.String(),
    state: Type.Enum(['queued', 'sending', 'sent', 'failed']),
    error: nullable(Type.String()),
  }),
);

export const MessageSchema = same<Message>()(
  object({
    id: Id,
    conversationId: Id,
    clientId: nullable(Type.String()),
    kind: MessageKindSchema,
    author: object({
      type: AuthorTypeSchema,
      id: nullable(Id),
      name: nullable(Type.String()),
      avatarUrl: nullable(Type.String()),
    }),
    text: Type.String(),
    format: Type.Enum(['plain', 'markdown']),
    system: nullable(SystemEvent),
    attachments: Type.Array(AttachmentSchema),
    mentions: Type.Array(Id),
    email: nullable(EmailDeliverySchema),
    position: Type.Integer({ minimum: 1, description: 'Number of its creation; never moves.' }),
    seq: Type.Integer({ minimum: 1, description: 'Number of its latest change; dense.' }),
    createdAt: Time,
    editedAt: nullable(Time),
    deletedAt: nullable(Time),
  }),
);

export const MarkSchema = object({ delivered: Count, read: Count });

export const ConversationSchema = same<Conversation>()(
  object({
    id: Id,
    contact: object(contactFields),
    channel: Type.Union([
      Type.Literal('chat'),
      Type.Literal('email'),
      Type.TemplateLiteral('social:${string}'),
    ]),
    state: Type.Enum(['open', 'closed']),
    assigneeIds: Type.Array(Id),
    groupId: nullable(Id),
    lastMessage: nullable(
      object({
        id: Id,
        kind: MessageKindSchema,
        authorType: AuthorTypeSchema,
        authorId: nullable(Id),
        authorName: nullable(Type.String()),
        excerpt: Type.String(),
        createdAt: Time,
      }),
    ),
    activeAt: Time,
    waitingSince: nullable(Time),
    lastContactPosition: Count,
    reads: Type.Record(Type.String(), Count),
    mentions: Type.Record(Type.String(), Count),
    contactMark: MarkSchema,
    live: Type.Boolean(),
    subject: nullable(Type.String()),
    rating: nullable(RatingSchema),
    createdAt: Time,
    version: Version,
  }),
);

export const VisitorConversationSchema = same<VisitorConversation>()(
  object({
    id: Id,
    state: Type.Enum(['open', 'closed']),
    participants: Type.Array(PublicAgent),
    contactMark: MarkSchema,
    agentMark: MarkSchema,
    rating: nullable(RatingSchema),
    version: Version,
  }),
);

export const ViewSchema = same<View>()(
  object({
    name: Type.Enum(['mine', 'unassigned', 'all']),
    state: Type.Enum(['open', 'closed']),
    channel: Type.Enum(['all', 'email', 'chat', 'social']),
    order: Type.Enum(['newest', 'oldest']),
  }),
);

export const CountsSchema = same<Counts>()(
  object({ unassigned: Count, all: Count, byAgent: Type.Record(Type.String(), Count) }),
);

export const AvailabilitySchema = same<Availability>()(
  object({
    mode: Type.Enum(['live', 'messenger', 'hidden']),
    agents: Type.Array(PublicAgent, { maxItems: 3 }),
    version: Version,
  }),
);

export { Count, Id, PublicAgent as PublicAgentSchema, nullable, object };

export const PageLimit = Type.Integer({ minimum: 1, maximum: limits.maxPageSize });

export const AttachmentIds = Type.Optional(
  // More than a message holds are refused by their own code.
  Type.Array(Id, { maxItems: 50, uniqueItems: true }),
);

export const FieldKey = Type.String({ minLength: 1, maxLength: limits.fieldKeyLength });
export const FieldValue = Type.String({ maxLength: limits.fieldValueLength });
