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
