-- Replies that go by email, and where each of them is on its way.
create table emails (
  message_id text collate "C" primary key references messages (id) on delete cascade,
  workspace_id text collate "C" not null references workspaces (id) on delete cascade,
  recipient text not null,
  subject text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed')),
  error text,
  attempts integer not null default 0,
  -- When it is due, or until when a server has it in hand.
  due_at bigint not null
);
create index emails_due on emails (due_at) where state in ('queued', 'sending');

-- A reply that is on its way changes its state: agents are told by a number of its own.
alter table message_changes
  drop constraint message_changes_kind_check,
  add constraint message_changes_kind_check
    check (kind in ('created', 'edited', 'deleted', 'emailed'));

-- Two templates may have one name.
alter table templates drop constraint templates_workspace_id_name_key;
