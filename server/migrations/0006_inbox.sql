-- What an agent chose of the preferences; what is missing is as the program says.
alter table agents
  add column preferences jsonb not null default '{}',
  add column hours jsonb;

alter table groups
  -- What visitors read, by language.
  add column names jsonb not null default '{}',
  add column private boolean not null default false,
  add column version integer not null default 1;

alter table workspaces
  -- Rises with every change of a group.
  add column groups_version integer not null default 1,
  -- Whom routing gave the last conversation.
  add column last_routed text collate "C";

alter table contacts
  add column attributes jsonb not null default '[]',
  add column notes text not null default '',
  add column tags jsonb not null default '[]',
  add column group_id text collate "C" references groups (id) on delete set null,
  add column consents jsonb not null default '[]',
  -- What the page told.
  add column data jsonb not null default '[]',
  add column blocked_at bigint,
  -- The agent's name at that time.
  add column blocked_by text;
update contacts c set blocked_at = coalesce(
  (select max(n.blocked_at) from blocked_networks n where n.contact_id = c.id), c.created_at
) where blocked is not null;
create index contacts_blocked on contacts (workspace_id, blocked_at, id) where blocked is not null;
create index contacts_group on contacts (group_id) where group_id is not null;
create index contacts_email on contacts (workspace_id, lower(email)) where email is not null;

alter table visits
  add column ip text,
  add column country text,
  add column city text;

alter table conversations
  -- Of an email.
  add column subject text,
  -- By agent id, the number of the last comment that names them.
  add column mentions jsonb not null default '{}',
  -- Its content is taken away by a job.
  add column deleted_at bigint;
create index conversations_deleted on conversations (deleted_at) where deleted_at is not null;

alter table messages add column mentions jsonb not null default '[]';

alter table saved_replies
  -- Whose own it is; null where every agent has it.
  add column owner_id text collate "C" references agents (id) on delete cascade,
  add column version integer not null default 1,
  drop constraint saved_replies_workspace_id_shortcut_key;
create unique index saved_replies_shortcut
  on saved_replies (workspace_id, shortcut, coalesce(owner_id, ''));

alter table templates add column version integer not null default 1;
