-- Links by which somebody outside the house sees one publication and answers; lent by whoever may approve it.
create table guest_links (
  id text not null primary key,
  publication_id text not null references publications (id),
  token_hash text not null unique,
  name text not null,
  email text not null,
  made_by text not null,            -- whose right it lends
  made_at bigint not null,
  ends_at bigint not null,
  ended_at bigint,                  -- ended by hand
  opened_at bigint
);
create index guest_links_publication on guest_links (publication_id);
