alter table contacts
  -- What an agent closed to the contact.
  add column blocked text check (blocked in ('contact', 'address')),
  -- Who the host says it is: `id:` and its id, or `secret:` and the hash of a bare visitor id.
  add column identity text collate "C",
  -- Name and email as the host claimed them last.
  add column claims jsonb,
  -- Who it turned out to be; its conversations are there now.
  add column merged_into text collate "C" references contacts (id) on delete cascade,
  -- The network that it came from last, hashed with a key.
  add column network text collate "C";
create unique index contacts_identity on contacts (workspace_id, identity)
  where identity is not null;
create index contacts_merged_into on contacts (merged_into) where merged_into is not null;

-- How hosts sign who their visitors are.
alter table workspaces add column visitor_auth jsonb not null
  default '{"secrets": [], "acceptBrevoVisitorIds": false}';

-- Kept until the last token of that id has expired.
create table revoked_tokens (
  id text collate "C" primary key,
  expires_at bigint not null
);
create index revoked_tokens_expiry on revoked_tokens (expires_at);

-- Hashes of the `jti` of identity tokens that were used, kept until they expire.
create table used_identity_tokens (
  workspace_id text collate "C" not null references workspaces (id) on delete cascade,
  hash text collate "C" not null,
  expires_at bigint not null,
  primary key (workspace_id, hash)
);
create index used_identity_tokens_expiry on used_identity_tokens (expires_at);

-- Networks that are closed to visitors, by the contact that they were closed for.
create table blocked_networks (
  workspace_id text collate "C" not null references workspaces (id) on delete cascade,
  network text collate "C" not null,
  contact_id text collate "C" not null references contacts (id) on delete cascade,
  blocked_at bigint not null,
  primary key (workspace_id, network, contact_id)
);
create index blocked_networks_contact on blocked_networks (contact_id);
