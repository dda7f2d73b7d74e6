import { Type, type Static } from 'typebox';
import { limits } from './limits.js';
import {
  AvailabilitySchema,
  Count,
  Id,
  MeSchema,
  Time,
  WidgetSettingsSchema,
  object,
} from './schemas.js';

/** What goes over HTTP under `/v1`. Tokens travel in bodies and headers, never in addresses. */

export const PublicConfig = object({
  workspaceId: Id,
  settings: WidgetSettingsSchema,
  availability: AvailabilitySchema,
});
export type PublicConfig = Static<typeof PublicConfig>;

/** `POST /v1/visitor/token`. Without `visitorToken` a new contact is made: call it when the visitor acts. */
export const VisitorTokenRequest = object({
  workspaceId: Id,
  visitorToken: Type.Optional(Type.String({ maxLength: 4_096 })),
});
export type VisitorTokenRequest = Static<typeof VisitorTokenRequest>;

export const VisitorTokenReply = object({
  contactId: Id,
  visitorToken: Type.String({ description: 'Kept by the browser; names the contact.' }),
  token: Type.String({ description: 'Short-lived channel token.' }),
  expiresAt: Time,
});
export type VisitorTokenReply = Static<typeof VisitorTokenReply>;

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
