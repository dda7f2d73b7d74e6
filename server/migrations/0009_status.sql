-- When the agent chose the status: hours that ended before are over.
alter table agents add column status_at bigint not null default 0;
