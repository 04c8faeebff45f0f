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
  looks integer not null default 0, -- since the last send, that saw nothing
  cancel_wanted boolean not null default false, -- while it was being sent: cancel if it did not leave
  created_at bigint not null,
  updated_at bigint not null,
  unique (publication_id, account_id, occurrence),
  -- R7: published means evidence and no error
  check (state <> 'published' or (remote_id is not null and error_kind is null)),
  -- a no after an uncertain try proves nothing (d.1 rule 5)
  check (state not in ('planned', 'held', 'failed', 'missed') or ever_ambiguous = false),
  check (state <> 'publishing' or fenced_at is not null)
);
create index deliveries_due on deliveries (next_at) where next_at is not null;
create index deliveries_account on deliveries (account_id, fenced_at);

create table attempts (
  id text not null primary key,
  delivery_id text not null references deliveries (id),
  fence integer not null,
  phase text not null,              -- prepare, send, find, withdraw, person
  started_at bigint not null,
  ended_at bigint,
  outcome text,                     -- accepted, rejected, ambiguous, absent, …; null = we never came back
  status integer,
  error_kind text,
  evidence text not null default '{}'
);
create index attempts_delivery on attempts (delivery_id, started_at);

-- Edges that must not exist, whatever the code believes (publishing.md d.3).
create trigger deliveries_edges before update on deliveries when
  old.state = 'publishing' and new.state in ('planned', 'held', 'missed', 'cancelled')
  or old.state = 'unknown' and new.state in ('planned', 'held', 'missed', 'failed', 'retry_wait')
  or old.state = 'published' and new.state not in ('published', 'removing')
  or old.state = 'removing' and new.state not in ('removing', 'removed')
  or old.state in ('failed', 'missed', 'cancelled', 'removed') and new.state <> old.state
  or old.ever_ambiguous and not new.ever_ambiguous
begin select raise(abort, 'a delivery may not go that way'); end;

-- R15: the time of what is over is history.
create trigger deliveries_history before update on deliveries when
  old.state in ('published', 'failed', 'missed', 'cancelled', 'removing', 'removed')
  and (new.due_at <> old.due_at or new.latest_at <> old.latest_at or new.due_wall <> old.due_wall or new.due_zone <> old.due_zone)
begin select raise(abort, 'the time of a delivery that is over stays'); end;

-- What came of an attempt is written once.
create trigger attempts_once before update on attempts when old.outcome is not null
begin select raise(abort, 'an attempt''s outcome is written once'); end;
