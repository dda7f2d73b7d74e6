-- Times are epoch milliseconds. Ids are compared by code unit, as JavaScript does.

create table workspaces (
  id text collate "C" primary key,
  name text not null,
  settings jsonb not null,
  settings_version integer not null default 1,
  allowed_origins jsonb not null default '[]',
  host_auth jsonb,
  created_at bigint not null
);

create table accounts (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  email text,
  password_hash text,
  constraint accounts_email_key unique (email),
  constraint accounts_email_lower check (email = lower(email))
);

create table agents (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  account_id text collate "C" not null unique references accounts (id),
  name text not null,
  named boolean not null,
  avatar_url text,
  role text not null check (role in ('owner', 'admin', 'agent')),
  status text not null check (status in ('online', 'offline', 'invisible')),
  external_id text collate "C",
  version integer not null default 1,
  constraint agents_external_id_key unique (workspace_id, external_id)
);

create table groups (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  name text not null,
  unique (workspace_id, name)
);

create table group_members (
  group_id text collate "C" not null references groups (id) on delete cascade,
  agent_id text collate "C" not null references agents (id) on delete cascade,
  primary key (group_id, agent_id)
);
create index group_members_agent on group_members (agent_id);

create table sign_in_links (
  hash text collate "C" primary key,
  agent_id text collate "C" not null references agents (id) on delete cascade,
  expires_at bigint not null
);
create index sign_in_links_agent on sign_in_links (agent_id);

create table sessions (
  hash text collate "C" primary key,
  agent_id text collate "C" not null references agents (id) on delete cascade,
  created_at bigint not null,
  expires_at bigint not null
);
create index sessions_agent on sessions (agent_id);

create table contacts (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  name text,
  email text,
  phone text,
  avatar_url text,
  language text,
  created_at bigint not null,
  version integer not null default 1
);
create index contacts_workspace on contacts (workspace_id, created_at);

create table visits (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  contact_id text collate "C" not null references contacts (id) on delete cascade,
  started_at bigint not null,
  last_seen_at bigint not null,
  user_agent text,
  browser text,
  system text,
  referrer text,
  language text,
  time_zone text
);
create index visits_contact on visits (contact_id, started_at, id);

create table page_views (
  id bigint generated always as identity primary key,
  visit_id text collate "C" not null references visits (id) on delete cascade,
  url text not null,
  title text not null,
  at bigint not null
);
create index page_views_visit on page_views (visit_id, at, id);

create table conversations (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  contact_id text collate "C" not null references contacts (id),
  channel text not null,
  state text not null check (state in ('open', 'closed')),
  live boolean not null,
  -- Whether conversation_assignees has a row; the window of Unassigned needs it in its index.
  assigned boolean not null,
  group_id text collate "C" references groups (id) on delete set null,
  last_seq bigint not null,
  last_public_seq bigint not null,
  last_message_id text collate "C",
  active_at bigint not null,
  waiting_since bigint,
  last_contact_position bigint not null,
  created_at bigint not null,
  closed_at bigint,
  version integer not null default 1
);
create unique index conversations_live on conversations (contact_id, channel) where live;
create index conversations_contact on conversations (contact_id);
create index conversations_all on conversations (workspace_id, state, active_at, id);
create index conversations_unassigned on conversations (workspace_id, state, active_at, id)
  where not assigned;
create index conversations_group on conversations (group_id) where group_id is not null;

create table conversation_assignees (
  conversation_id text collate "C" not null references conversations (id) on delete cascade,
  agent_id text collate "C" not null references agents (id) on delete cascade,
  -- The order in which they were given.
  place integer not null,
  primary key (conversation_id, agent_id)
);
create index conversation_assignees_agent on conversation_assignees (agent_id, conversation_id);

-- Open conversations by what is counted: `all`, `unassigned`, or an agent's id.
create table conversation_counts (
  workspace_id text collate "C" not null references workspaces (id) on delete cascade,
  subject text collate "C" not null,
  open bigint not null,
  primary key (workspace_id, subject)
);

create table messages (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  conversation_id text collate "C" not null references conversations (id) on delete cascade,
  client_id text collate "C",
  kind text not null check (kind in ('reply', 'comment', 'system')),
  author_type text not null check (author_type in ('contact', 'agent', 'system')),
  author_id text collate "C",
  author_name text,
  author_avatar_url text,
  text text not null,
  format text not null check (format in ('plain', 'markdown')),
  system jsonb,
  position bigint not null,
  seq bigint not null,
  public_position bigint,
  public_seq bigint,
  created_at bigint not null,
  edited_at bigint,
  deleted_at bigint,
  constraint messages_position_key unique (conversation_id, position),
  constraint messages_seq_key unique (conversation_id, seq),
  constraint messages_public_together check ((public_position is null) = (public_seq is null)),
  constraint messages_comment_private check (kind <> 'comment' or public_seq is null)
);
create unique index messages_client_id on messages (author_type, author_id, client_id)
  where client_id is not null;
create unique index messages_public_position on messages (conversation_id, public_position)
  where public_position is not null;
create unique index messages_public_seq on messages (conversation_id, public_seq)
  where public_seq is not null;

-- Deferred: a use-case may write the conversation's row before the message's.
alter table conversations add constraint conversations_last_message
  foreign key (last_message_id) references messages (id) on delete set null
  deferrable initially deferred;

create table message_changes (
  conversation_id text collate "C" not null references conversations (id) on delete cascade,
  seq bigint not null,
  public_seq bigint,
  message_id text collate "C" not null references messages (id) on delete cascade,
  kind text not null check (kind in ('created', 'edited', 'deleted')),
  at bigint not null,
  primary key (conversation_id, seq)
);
create unique index message_changes_public_seq on message_changes (conversation_id, public_seq)
  where public_seq is not null;
create index message_changes_message on message_changes (message_id);

-- `party` is `contact` or an agent's id; positions are agents' numbers.
create table marks (
  conversation_id text collate "C" not null references conversations (id) on delete cascade,
  party text collate "C" not null,
  delivered bigint not null,
  read bigint not null,
  primary key (conversation_id, party)
);

create table attachments (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  message_id text collate "C" not null references messages (id) on delete cascade,
  place integer not null,
  name text not null,
  size bigint not null,
  media_type text not null,
  unique (message_id, place)
);

create table saved_replies (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  shortcut text not null,
  text text not null,
  created_by text collate "C" references agents (id) on delete set null,
  created_at bigint not null,
  updated_at bigint not null,
  unique (workspace_id, shortcut)
);

create table templates (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  name text not null,
  subject text not null,
  body text not null,
  created_at bigint not null,
  updated_at bigint not null,
  unique (workspace_id, name)
);

create table audit (
  id text collate "C" primary key,
  workspace_id text collate "C" not null references workspaces (id),
  actor_type text not null check (actor_type in ('agent', 'system', 'contact')),
  actor_id text collate "C",
  action text not null,
  target_id text collate "C",
  details jsonb not null,
  at bigint not null
);
create index audit_workspace on audit (workspace_id, at, id);
