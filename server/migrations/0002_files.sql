-- A file is uploaded first and belongs to nothing until a message names it.

alter table attachments
  alter column message_id drop not null,
  alter column place drop not null,
  -- Where an agent may send it; for a visitor's, set with the message.
  add column conversation_id text collate "C" references conversations (id) on delete cascade,
  add column uploader_type text,
  add column uploader_id text collate "C",
  -- Pixels of a picture that can be shown; it then has a thumbnail.
  add column image_width integer,
  add column image_height integer,
  add column created_at bigint,
  -- Nobody is shown it any more; the sweep takes its bytes, then the row.
  add column deleted_at bigint;

update attachments a
  set conversation_id = m.conversation_id, uploader_type = m.author_type,
    uploader_id = m.author_id, created_at = m.created_at, deleted_at = m.deleted_at
  from messages m where m.id = a.message_id;

alter table attachments
  alter column uploader_type set not null,
  alter column uploader_id set not null,
  alter column created_at set not null,
  add constraint attachments_uploader_type check (uploader_type in ('contact', 'agent')),
  add constraint attachments_placed check ((message_id is null) = (place is null)),
  add constraint attachments_in_conversation
    check (message_id is null or conversation_id is not null),
  add constraint attachments_image check ((image_width is null) = (image_height is null));

create index attachments_waiting on attachments (uploader_type, uploader_id)
  where message_id is null and deleted_at is null;
create index attachments_orphaned on attachments (created_at)
  where message_id is null and deleted_at is null;
create index attachments_deleted on attachments (deleted_at) where deleted_at is not null;
create index attachments_conversation on attachments (conversation_id);

-- When a job that one server does for all was last begun.
create table job_runs (
  name text collate "C" primary key,
  begun_at bigint not null
);
