-- What should be out there, one row per account and occurrence, and every attempt at it.
create table publications (
  id text not null primary key,
  posting_id text not null references postings (id),
  round_id text not null references posting_rounds (id),
  posting_version integer not null,
  created_by text not null,
  created_at bigint not null
);
create index publications_posting on publications (posting_id);

create table deliveries (
  id text not null primary key,
  publication_id text not null references publications (id),
  account_id text not null references channel_accounts (id),
  occurrence integer not null,
  state text not null,
  payload text not null,            -- the frozen Post, JSON
  payload_sha256 text not null,
  link_id text not null references links (id),
  due_wall text not null,           -- local wall time
  due_zone text not null,
  due_at bigint not null,
  latest_at bigint not null,        -- after this it is missed, not late
  next_at bigint,                   -- null = nothing to do
  lease_owner text,
  lease_until bigint,
  fence integer not null default 0,
  attempts integer not null default 0,
  ever_ambiguous boolean not null default false,
  send_key text not null,           -- idempotency key or record key, per channel class
  fenced_at bigint,
  checkpoint text not null default '{}',
  remote_id text,
  remote_url text,
  error_kind text,
  error_words text,                 -- the peer's own words, redacted
  takedown boolean not null default false,
  created_at bigint not null,
  updated_at bigint not null,
  unique (publication_id, account_id, occurrence),
  -- R7: published means evidence and no error
  check (state <> 'published' or (remote_id is not null and error_kind is null)),
  check (state <> 'failed' or ever_ambiguous = false)
);
create index deliveries_due on deliveries (next_at) where next_at is not null;
create index deliveries_account on deliveries (account_id);

create table attempts (
  id text not null primary key,
  delivery_id text not null references deliveries (id),
  fence integer not null,
  phase text not null,              -- send, find, withdraw
  started_at bigint not null,
  ended_at bigint,
  outcome text,                     -- accepted, rejected, ambiguous; null = we never came back
  status integer,
  error_kind text,
  evidence text not null default '{}'
);
create index attempts_delivery on attempts (delivery_id, started_at);
