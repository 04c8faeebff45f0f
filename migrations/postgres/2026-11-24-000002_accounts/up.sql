-- Who there is, what they may, and what they did.
create table units (
  id text not null primary key,
  parent_id text references units (id),
  name text not null,
  kind text not null,               -- municipality, department, centre, unit
  created_at bigint not null
);
create index units_parent on units (parent_id);

create table users (
  id text not null primary key,
  name text not null,
  email text not null unique,       -- lower case
  password_hash text,
  language text not null,
  disabled_at bigint,
  created_at bigint not null
);

create table memberships (
  id text not null primary key,
  user_id text not null references users (id),
  unit_id text not null references units (id),
  role text not null,
  posting_id text,                  -- a panel seat: this posting only
  valid_from bigint not null,
  valid_to bigint,
  created_at bigint not null
);
create index memberships_user on memberships (user_id);

create table sessions (
  token_hash text not null primary key,
  user_id text not null references users (id),
  csrf text not null,
  created_at bigint not null,
  seen_at bigint not null,
  ends_at bigint not null,
  flash text
);
create index sessions_user on sessions (user_id);

create table api_tokens (
  id text not null primary key,
  name text not null,
  token_hash text not null unique,
  unit_id text not null references units (id),
  role text not null,
  created_at bigint not null,
  used_at bigint,
  revoked_at bigint
);

create table idempotency_keys (
  token_id text not null references api_tokens (id),
  key text not null,
  request_hash text not null,
  status integer,                   -- null while the first call is still running
  body text,
  created_at bigint not null,
  primary key (token_id, key)
);

-- Append-only; ids and verbs, never a name or a text (D-05). Chained by hash.
create table audit_events (
  seq bigint generated always as identity primary key,
  at bigint not null,
  actor text not null,              -- user:…, token:…, applicant:…, system
  verb text not null,
  object text not null,             -- application:…, attachment:…, posting:…
  posting_id text,
  detail text,
  prev_hash text not null,
  hash text not null
);
create index audit_object on audit_events (object);
create function audit_append_only() returns trigger language plpgsql as $$ begin raise exception 'the audit log is append-only'; end $$;
create trigger audit_no_change before update or delete on audit_events for each row execute function audit_append_only();
