import { sql } from 'drizzle-orm';
import { boolean, integer, pgTable } from 'drizzle-orm/pg-core';
import type {
  AgentRole,
  AgentStatus,
  AuthorType,
  Consent,
  Channel,
  ContactBlock,
  ConversationState,
  EmailDelivery,
  Field,
  Hours,
  MessageFormat,
  MessageKind,
  Preferences,
  SystemEvent,
  WorkspaceSettings,
  Rating,
} from '#kit/domain/index.js';
import type { IdentityClaims } from '../../contact-ports.js';
import type { HostAuth, VisitorAuth } from '../../ports.js';
import { int8, json, text, tsvector, xid8 } from './columns.js';

/**
 * The tables as the code reads them. The truth, with keys, checks and indexes, is
 * `server/migrations`; a test compares the two.
 */

/** Settings are a column: they are read, validated and stored whole, under one version. */
export const workspaces = pgTable('workspaces', {
  id: text('id').notNull(),
  name: text('name').notNull(),
  settings: json('settings').$type<WorkspaceSettings>().notNull(),
  settingsVersion: integer('settings_version').notNull(),
  allowedOrigins: json('allowed_origins').$type<string[]>().notNull(),
  hostAuth: json('host_auth').$type<HostAuth>(),
  createdAt: int8('created_at').notNull(),
  visitorAuth: json('visitor_auth').$type<VisitorAuth>().notNull(),
  groupsVersion: integer('groups_version').notNull().default(1),
  lastRouted: text('last_routed'),
});

export const accounts = pgTable('accounts', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  email: text('email'),
  passwordHash: text('password_hash'),
});

export const agents = pgTable('agents', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  accountId: text('account_id').notNull(),
  name: text('name').notNull(),
  named: boolean('named').notNull(),
  avatarUrl: text('avatar_url'),
  role: text('role').$type<AgentRole>().notNull(),
  status: text('status').$type<AgentStatus>().notNull(),
  statusAt: int8('status_at').notNull(),
  externalId: text('external_id'),
  version: integer('version').notNull(),
  preferences: json('preferences').$type<Partial<Preferences>>().notNull(),
  hours: json('hours').$type<Hours>(),
});

export const groups = pgTable('groups', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  name: text('name').notNull(),
  names: json('names').$type<Record<string, string>>().notNull(),
  private: boolean('private').notNull(),
  version: integer('version').notNull(),
});

export const groupMembers = pgTable('group_members', {
  groupId: text('group_id').notNull(),
  agentId: text('agent_id').notNull(),
});

export const signInLinks = pgTable('sign_in_links', {
  hash: text('hash').notNull(),
  agentId: text('agent_id').notNull(),
  expiresAt: int8('expires_at').notNull(),
});

export const sessions = pgTable('sessions', {
  hash: text('hash').notNull(),
  agentId: text('agent_id').notNull(),
  createdAt: int8('created_at').notNull(),
  expiresAt: int8('expires_at').notNull(),
});

export const contacts = pgTable('contacts', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  name: text('name'),
  email: text('email'),
  phone: text('phone'),
  avatarUrl: text('avatar_url'),
  language: text('language'),
  createdAt: int8('created_at').notNull(),
  version: integer('version').notNull(),
  blocked: text('blocked').$type<ContactBlock>(),
  identity: text('identity'),
  claims: json('claims').$type<IdentityClaims>(),
  mergedInto: text('merged_into'),
  network: text('network'),
  attributes: json('attributes').$type<Field[]>().notNull(),
  notes: text('notes').notNull(),
  tags: json('tags').$type<string[]>().notNull(),
  groupId: text('group_id'),
  consents: json('consents').$type<Consent[]>().notNull(),
  data: json('data').$type<Field[]>().notNull(),
  blockedAt: int8('blocked_at'),
  blockedBy: text('blocked_by'),
  chosenGroup: text('chosen_group'),
  formAnswered: json('form_answered').$type<string[]>(),
});

export const revokedTokens = pgTable('revoked_tokens', {
  id: text('id').notNull(),
  expiresAt: int8('expires_at').notNull(),
});

export const usedIdentityTokens = pgTable('used_identity_tokens', {
  workspaceId: text('workspace_id').notNull(),
  hash: text('hash').notNull(),
  expiresAt: int8('expires_at').notNull(),
});

export const blockedNetworks = pgTable('blocked_networks', {
  workspaceId: text('workspace_id').notNull(),
  network: text('network').notNull(),
  contactId: text('contact_id').notNull(),
  blockedAt: int8('blocked_at').notNull(),
});

export const visits = pgTable('visits', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  contactId: text('contact_id').notNull(),
  startedAt: int8('started_at').notNull(),
  lastSeenAt: int8('last_seen_at').notNull(),
  userAgent: text('user_agent'),
  browser: text('browser'),
  system: text('system'),
  referrer: text('referrer'),
  language: text('language'),
  timeZone: text('time_zone'),
  ip: text('ip'),
  country: text('country'),
  city: text('city'),
});

export const pageViews = pgTable('page_views', {
  id: int8('id').generatedAlwaysAsIdentity(),
  visitId: text('visit_id').notNull(),
  url: text('url').notNull(),
  title: text('title').notNull(),
  at: int8('at').notNull(),
});

export const conversations = pgTable('conversations', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  contactId: text('contact_id').notNull(),
  channel: text('channel').$type<Channel>().notNull(),
  state: text('state').$type<ConversationState>().notNull(),
  live: boolean('live').notNull(),
  assigned: boolean('assigned').notNull(),
  groupId: text('group_id'),
  lastSeq: int8('last_seq').notNull(),
  lastPublicSeq: int8('last_public_seq').notNull(),
  lastMessageId: text('last_message_id'),
  activeAt: int8('active_at').notNull(),
  waitingSince: int8('waiting_since'),
  lastContactPosition: int8('last_contact_position').notNull(),
  createdAt: int8('created_at').notNull(),
  closedAt: int8('closed_at'),
  version: integer('version').notNull(),
  subject: text('subject'),
  rating: json('rating').$type<Rating>(),
  mentions: json('mentions').$type<Record<string, number>>().notNull(),
  deletedAt: int8('deleted_at'),
  // A trigger sets it with every change.
  changedXid: xid8('changed_xid')
    .notNull()
    .default(sql`pg_current_xact_id()`),
});

export const conversationAssignees = pgTable('conversation_assignees', {
  conversationId: text('conversation_id').notNull(),
  agentId: text('agent_id').notNull(),
  place: integer('place').notNull(),
});

export const conversationCounts = pgTable('conversation_counts', {
  workspaceId: text('workspace_id').notNull(),
  subject: text('subject').notNull(),
  open: int8('open').notNull(),
});

export const messages = pgTable('messages', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  clientId: text('client_id'),
  kind: text('kind').$type<MessageKind>().notNull(),
  authorType: text('author_type').$type<AuthorType>().notNull(),
  authorId: text('author_id'),
  authorName: text('author_name'),
  authorAvatarUrl: text('author_avatar_url'),
  text: text('text').notNull(),
  format: text('format').$type<MessageFormat>().notNull(),
  system: json('system').$type<SystemEvent>(),
  mentions: json('mentions').$type<string[]>().notNull(),
  position: int8('position').notNull(),
  seq: int8('seq').notNull(),
  publicPosition: int8('public_position'),
  publicSeq: int8('public_seq'),
  createdAt: int8('created_at').notNull(),
  editedAt: int8('edited_at'),
  deletedAt: int8('deleted_at'),
});

export const emails = pgTable('emails', {
  messageId: text('message_id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  recipient: text('recipient').notNull(),
  subject: text('subject').notNull(),
  state: text('state').$type<EmailDelivery['state']>().notNull(),
  error: text('error'),
  attempts: integer('attempts').notNull(),
  dueAt: int8('due_at').notNull(),
});

export const messageChanges = pgTable('message_changes', {
  conversationId: text('conversation_id').notNull(),
  seq: int8('seq').notNull(),
  publicSeq: int8('public_seq'),
  messageId: text('message_id').notNull(),
  kind: text('kind').$type<'created' | 'edited' | 'deleted' | 'emailed'>().notNull(),
  at: int8('at').notNull(),
});

export const marks = pgTable('marks', {
  conversationId: text('conversation_id').notNull(),
  party: text('party').notNull(),
  delivered: int8('delivered').notNull(),
  read: int8('read').notNull(),
});

export const attachments = pgTable('attachments', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  conversationId: text('conversation_id'),
  messageId: text('message_id'),
  place: integer('place'),
  uploaderType: text('uploader_type').$type<'contact' | 'agent'>().notNull(),
  uploaderId: text('uploader_id').notNull(),
  name: text('name').notNull(),
  size: int8('size').notNull(),
  mediaType: text('media_type').notNull(),
  imageWidth: integer('image_width'),
  imageHeight: integer('image_height'),
  createdAt: int8('created_at').notNull(),
  deletedAt: int8('deleted_at'),
});

export const jobRuns = pgTable('job_runs', {
  name: text('name').notNull(),
  begunAt: int8('begun_at').notNull(),
});

export const removals = pgTable('removals', {
  conversationId: text('conversation_id').notNull(),
  deletedAt: int8('deleted_at').notNull(),
});

export const messageWords = pgTable('message_words', {
  messageId: text('message_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  words: tsvector('words').notNull(),
});

export const contactWords = pgTable('contact_words', {
  contactId: text('contact_id').notNull(),
  version: integer('version').notNull(),
  words: tsvector('words').notNull(),
});

export const searchProgress = pgTable('search_progress', {
  conversationId: text('conversation_id').notNull(),
  seq: int8('seq').notNull(),
});

export const searchSweeps = pgTable('search_sweeps', {
  name: text('name').notNull(),
  moment: xid8('moment').notNull(),
});

export const savedReplies = pgTable('saved_replies', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  shortcut: text('shortcut').notNull(),
  text: text('text').notNull(),
  createdBy: text('created_by'),
  createdAt: int8('created_at').notNull(),
  updatedAt: int8('updated_at').notNull(),
  ownerId: text('owner_id'),
  version: integer('version').notNull(),
});

export const templates = pgTable('templates', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  name: text('name').notNull(),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
  createdAt: int8('created_at').notNull(),
  updatedAt: int8('updated_at').notNull(),
  version: integer('version').notNull(),
});

export const audit = pgTable('audit', {
  id: text('id').notNull(),
  workspaceId: text('workspace_id').notNull(),
  actorType: text('actor_type').$type<'agent' | 'system' | 'contact'>().notNull(),
  actorId: text('actor_id'),
  action: text('action').notNull(),
  targetId: text('target_id'),
  details: json('details').$type<Record<string, unknown>>().notNull(),
  at: int8('at').notNull(),
});
