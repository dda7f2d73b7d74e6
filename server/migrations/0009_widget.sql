-- What a contact thinks of a conversation, and whom they asked for before there was one.
alter table conversations add column rating json;
alter table contacts add column chosen_group text;
