-- Other words for what is out: one row per wish, whether the channel takes them, a person writes them there, or the post is
-- taken down and sent anew; and what somebody has seen and left as it is.
create table corrections (
  id text not null primary key,
  delivery_id text not null references deliveries (id),
  way text not null,                -- in_place, by_hand, anew, left
  state text not null,
  payload text not null,            -- the frozen Post with the new words, JSON
  payload_sha256 text not null,
  before_sha256 text not null,      -- of what stood there when it was wished for
  told text not null,               -- the title and deadline it was written for, JSON
  by_actor text not null,
  created_at bigint not null,
  next_at bigint,                   -- null = nothing to do
  lease_until bigint,
  fence integer not null default 0,
  tries integer not null default 0,
  unsure_since bigint,              -- the first call whose outcome is not known
  error_kind text,
  error_words text,                 -- the peer's own words, or a note
  settled_at bigint,
  settled_by text,
  check (state <> 'sending' or unsure_since is not null)
);
create index corrections_delivery on corrections (delivery_id, created_at);
create index corrections_due on corrections (next_at) where next_at is not null;
-- one at a time
create unique index corrections_open on corrections (delivery_id) where state in ('waits', 'ready', 'sending', 'by_hand');

-- The write fence of a correction: nothing that asks for approval passes it without one of exactly these bytes.
create function corrections_unapproved() returns trigger language plpgsql as $$ begin
  if
    exists (select 1 from approval_demands d where d.delivery_id = new.delivery_id)
    and not exists (select 1 from approvals a
      where a.delivery_id = new.delivery_id and a.verdict = 'approved' and a.payload_sha256 = new.payload_sha256)
  then raise exception 'a correction without its approval is not made'; end if;
  return new;
end $$;
create trigger corrections_unapproved before update on corrections for each row
  when (new.state in ('sending', 'by_hand') and old.state not in ('sending', 'by_hand'))
  execute function corrections_unapproved();
-- What was settled stays.
create function corrections_settled() returns trigger language plpgsql as $$
  begin raise exception 'a correction that is settled stays so'; end $$;
create trigger corrections_settled before update on corrections for each row
  when (old.state in ('done', 'refused', 'gone', 'dropped', 'left') and new.state <> old.state)
  execute function corrections_settled();
