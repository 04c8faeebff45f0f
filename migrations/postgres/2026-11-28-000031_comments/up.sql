-- What an account itself says under a post of its own once that is out: one row per post that has a first comment, made
-- in the commit that says that the post is out. Nothing in it ever changes how the post stands.
create table comments (
  delivery_id text not null primary key references deliveries (id),
  state text not null,              -- ready, sending, by_hand, done, removing, dropped, removed
  words text not null,              -- as they stand there, with the link
  send_key text not null,           -- made at the first try, the same ever after; empty before
  checkpoint text not null,         -- what preparing has got from the peer, JSON
  remote_id text,                   -- the peer's own name for it
  next_at bigint,                   -- null = nothing to do
  lease_until bigint,
  fence integer not null default 0,
  tries integer not null default 0,
  looks integer not null default 0,
  unsure_since bigint,              -- the first call whose outcome is not known
  error_kind text,
  error_words text,                 -- the peer's own words
  wanted_at bigint not null,        -- since when; anew when a person wants it said again
  settled_at bigint,
  settled_by text,
  check (state <> 'sending' or (unsure_since is not null and send_key <> ''))
);
create index comments_due on comments (next_at) where next_at is not null;
create index comments_by_hand on comments (state) where state in ('by_hand', 'removing');
-- What was settled stays.
create function comments_settled() returns trigger language plpgsql as $$
  begin raise exception 'a comment that is settled stays so'; end $$;
create trigger comments_settled before update on comments for each row
  when (old.state in ('dropped', 'removed') and new.state <> old.state
    or old.state = 'done' and new.state not in ('done', 'removing', 'removed'))
  execute function comments_settled();
-- The engine asks at every round what waits for its account; what is planned for a year must not be read for that.
create index deliveries_state on deliveries (state, account_id, next_at);
