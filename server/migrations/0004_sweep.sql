-- Servers that lost an event look for what changed since they last looked. Numbers of transactions
-- tell it exactly, also of one that took long: whatever was not visible then has a number that was
-- not finished then. Times of day cannot.

alter table conversations add column changed_xid xid8 not null default pg_current_xact_id();

create function conversations_changed() returns trigger language plpgsql as $$
begin
  new.changed_xid := pg_current_xact_id();
  return new;
end
$$;

create trigger conversations_changed before insert or update on conversations
  for each row execute function conversations_changed();

create index conversations_changed on conversations (workspace_id, changed_xid);
