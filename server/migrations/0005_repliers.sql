-- Who replied is asked with every change that a visitor may see: it must not cost more the longer the
-- conversation is.
create index messages_repliers on messages (conversation_id, author_id, position)
  where kind = 'reply' and author_type = 'agent';
