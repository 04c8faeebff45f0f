-- Connected accounts. Tokens are sealed; the key is never in here.
create table channel_accounts (
  id text not null primary key,
  channel text not null,            -- bluesky, mastodon
  remote_id text not null,          -- did:plc:…, or account id @ host
  handle text not null,
  display_name text not null,
  base_url text not null,
  unit_id text not null references units (id),
  state text not null,              -- connected, needs_reconnect, disconnected
  practice boolean not null default false, -- a practice world, not a public one
  ability text not null,            -- JSON: limits read from the peer
  granted text not null default '', -- scopes the peer gave, separated by spaces
  problem text,                     -- message key, when not connected
  problem_words text,               -- the peer's own words
  problem_at bigint,                -- since when
  checked_at bigint,                -- when the peer last answered as it should
  connected_by text not null,
  connected_at bigint not null,
  updated_at bigint not null,
  unique (channel, remote_id)
);

create table account_tokens (
  account_id text not null primary key references channel_accounts (id) on delete cascade,
  sealed text not null,
  version integer not null default 1,
  lease_until bigint,
  refreshed_at bigint not null,
  expires_at bigint
);

create table oauth_apps (
  channel text not null,
  host text not null,
  redirect_uri text not null,
  client_id text not null,
  sealed_secret text not null,
  created_at bigint not null,
  primary key (channel, host, redirect_uri)
);

create table oauth_flows (
  state_hash text not null primary key,
  session_hash text not null,       -- the flow belongs to the browser that began it
  channel text not null,
  host text not null,
  base_url text not null,
  unit_id text not null references units (id),
  account_id text,                  -- the account to be renewed, when that is what it is for
  sealed_way text not null,         -- PKCE verifier and the address to log in at
  sealed_grant text,                -- what came back, until somebody says yes to it
  found text,                       -- JSON: whose account it is
  practice boolean not null default false,
  created_at bigint not null,
  ends_at bigint not null
);
