import { Type, type Static } from 'typebox';
import { limits } from './limits.js';
import { ContactData } from './payloads.js';
import {
  AttachmentSchema,
  AvailabilitySchema,
  Count,
  Field,
  Id,
  MeSchema,
  Time,
  object,
} from './schemas.js';
import { WidgetSettingsSchema } from './widget-schemas.js';

/** What goes over HTTP under `/v1`. Tokens travel in bodies and headers, never in addresses. */

export const PublicConfig = object({
  workspaceId: Id,
  settings: WidgetSettingsSchema,
  availability: AvailabilitySchema,
  country: Type.Union([
    Type.String({ description: 'ISO 3166 code, where the server can tell it from the address.' }),
    Type.Null(),
  ]),
});
export type PublicConfig = Static<typeof PublicConfig>;

/**
 * `PUT /v1/contacts/:id/data` replaces all that is known of a contact besides, `PATCH` the named ones
 * (null takes one away); `/v1/contacts/by-identity/:externalId/data` names it by the id that the host
 * signs. `Authorization: Bearer <an agent's channel token>`.
 */
export const ContactDataRequest = object({ data: ContactData.properties.data });
export type ContactDataRequest = Static<typeof ContactDataRequest>;

export const ContactDataReply = object({
  contactId: Id,
  data: Type.Array(Field),
  version: Count,
});
export type ContactDataReply = Static<typeof ContactDataReply>;

const VisitorToken = Type.String({ minLength: 1, maxLength: 4_096 });

/**
 * Who the host says its visitor is: a JWT (HS256, claims `sub`, `exp`, single-use `jti`, and of
 * name and email what is known), an HMAC of `<id>.<expiresAt>` with SHA-256 in hex, or a bare id of
 * at least 20 characters where the workspace accepts those.
 */
export const VisitorIdentity = Type.Union([
  object({ token: Type.String({ minLength: 1, maxLength: 4_096 }) }),
  object({
    id: Type.String({ minLength: 1, maxLength: 200 }),
    expiresAt: Type.Integer({ minimum: 0, description: 'Epoch seconds.' }),
    signature: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  }),
  object({ visitorId: Type.String({ minLength: 20, maxLength: 200 }) }),
]);
export type VisitorIdentity = Static<typeof VisitorIdentity>;

/** `POST /v1/visitor/sign-out`: revokes the token of this browser and closes its sockets. */
export const VisitorSignOutRequest = object({ workspaceId: Id, visitorToken: VisitorToken });
export type VisitorSignOutRequest = Static<typeof VisitorSignOutRequest>;

/**
 * `POST /v1/files`, `multipart/form-data` with one part `file` (and before it a field
 * `conversationId` where an agent sends it), `Authorization: Bearer <channel token>`. Belongs to
 * nothing until a message names it; deleted after a day when none did.
 */
export const FileUploaded = object({ attachment: AttachmentSchema });
export type FileUploaded = Static<typeof FileUploaded>;

/** `POST /v1/visitor/token`. Without `visitorToken` a new contact is made: call it when the visitor acts. */
export const VisitorTokenRequest = object({
  workspaceId: Id,
  visitorToken: Type.Optional(VisitorToken),
  identity: Type.Optional(VisitorIdentity),
});
export type VisitorTokenRequest = Static<typeof VisitorTokenRequest>;

export const VisitorTokenReply = object({
  contactId: Id,
  visitorToken: Type.String({ description: 'Kept by the browser; names the contact.' }),
  token: Type.String({ description: 'Short-lived channel token.' }),
  expiresAt: Time,
});
export type VisitorTokenReply = Static<typeof VisitorTokenReply>;

/**
 * `POST /v1/visitor/returning`, as `text/plain` so that no preflight comes before it: the public
 * configuration, and how many messages wait for the visitor whom a token names. Marks nothing.
 */
export const ReturningVisitorRequest = object({ workspaceId: Id, visitorToken: VisitorToken });
export type ReturningVisitorRequest = Static<typeof ReturningVisitorRequest>;

export const ReturningVisitor = object({ ...PublicConfig.properties, unread: Count });
export type ReturningVisitor = Static<typeof ReturningVisitor>;

/** `POST /v1/agent/token`, with the session cookie or `Authorization: Bearer <host-signed token>`. */
export const AgentTokenReply = object({
  agentId: Id,
  workspaceId: Id,
  token: Type.String({ description: 'Short-lived channel token.' }),
  expiresAt: Time,
});
export type AgentTokenReply = Static<typeof AgentTokenReply>;

/** `POST /v1/agent/sign-in`: sets the session cookie. */
export const SignInRequest = object({
  email: Type.String({ maxLength: limits.emailLength }),
  password: Type.String({ maxLength: limits.passwordLength.max }),
});
export type SignInRequest = Static<typeof SignInRequest>;

/** `POST /v1/agent/sign-in-link`: trades the one-time code for the session cookie. */
export const SignInLinkRequest = object({ code: Type.String({ maxLength: 200 }) });
export type SignInLinkRequest = Static<typeof SignInLinkRequest>;

export const SignedIn = object({ workspaceId: Id, me: MeSchema });
export type SignedIn = Static<typeof SignedIn>;

/** `PATCH /v1/agent/profile`: what is missing stays. */
export const ProfilePatch = object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: limits.nameLength })),
  email: Type.Optional(Type.String({ minLength: 3, maxLength: limits.emailLength })),
  password: Type.Optional(
    Type.String({ minLength: limits.passwordLength.min, maxLength: limits.passwordLength.max }),
  ),
});
export type ProfilePatch = Static<typeof ProfilePatch>;

export const ErrorReply = object({
  code: Type.String(),
  message: Type.String(),
  reason: Type.String(),
  retryAfterMs: Type.Optional(Count),
});
