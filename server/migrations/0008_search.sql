-- Lists show live conversations only: earlier ones are found with their contact, and by searching.
drop index conversations_all;
create index conversations_all on conversations (workspace_id, state, active_at, id) where live;
drop index conversations_unassigned;
create index conversations_unassigned on conversations (workspace_id, state, active_at, id)
  where live and not assigned;
create index conversations_earlier on conversations (contact_id, created_at, id)
  where not live and deleted_at is null;
create index conversations_earlier_active on conversations (workspace_id, active_at, id)
  where not live and deleted_at is null;

-- Those that were counted although they had become earlier ones are counted no more.
delete from conversation_counts;
insert into conversation_counts (workspace_id, subject, open)
  select c.workspace_id, s.subject, count(*)
  from conversations c
  cross join lateral (
    select 'all' as subject
    union all select 'unassigned' where not c.assigned
    union all select a.agent_id from conversation_assignees a where a.conversation_id = c.id
  ) s
  where c.live and c.state = 'open'
  group by c.workspace_id, s.subject;

-- Conversations that were deleted and whose content is still to be taken away.
drop index conversations_deleted;
create table removals (
  conversation_id text collate "C" primary key references conversations (id) on delete cascade,
  deleted_at bigint not null
);
create index removals_oldest on removals (deleted_at);

-- With each message that is taken away it had all conversations looked through.
alter table conversations drop constraint conversations_last_message;

-- Words by which messages and contacts are found, made by the server from what they say. All of it
-- can be made again: a backup holds none of it.
create table message_words (
  message_id text collate "C" primary key references messages (id) on delete cascade,
  conversation_id text collate "C" not null,
  words tsvector not null
);
create index message_words_words on message_words using gin (words);
create index message_words_conversation on message_words (conversation_id);

create table contact_words (
  contact_id text collate "C" primary key references contacts (id) on delete cascade,
  -- Of the contact, when its words were taken.
  version integer not null,
  words tsvector not null
);
create index contact_words_words on contact_words using gin (words);

-- How far the messages of each conversation have been taken in.
create table search_progress (
  conversation_id text collate "C" primary key references conversations (id) on delete cascade,
  seq bigint not null
);

-- The moment before which everything has been taken in.
create table search_sweeps (
  name text collate "C" primary key,
  moment xid8 not null
);
