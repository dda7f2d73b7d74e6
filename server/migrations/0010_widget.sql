-- What a contact thinks of a conversation. What they chose and answered before there was one waits
-- with them for the next.
alter table conversations add column rating jsonb;
alter table contacts
  add column chosen_group text collate "C" references groups (id) on delete set null,
  add column form_answered jsonb;
create index contacts_chosen_group on contacts (chosen_group) where chosen_group is not null;
