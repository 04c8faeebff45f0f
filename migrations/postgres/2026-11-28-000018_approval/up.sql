-- Who drafts, reviews, approves, publishes and answers, by unit; what is set for a unit holds below it too.
create table approval_rules (
  unit_id text not null primary key references units (id),
  role text not null,               -- who approves
  approver_unit text references units (id), -- where »central« is; none: the unit itself
  four_eyes boolean not null,       -- nobody approves what they wrote
  set_by text not null,
  set_at bigint not null
);
create table responsibilities (
  unit_id text not null references approval_rules (unit_id),
  content text not null,            -- job, story
  reach text not null,              -- own: the unit's accounts; main: those of a unit above
  drafts text not null,             -- nobody, unit, central
  reviews text not null,
  approves text not null,
  publishes text not null,
  answers text not null,
  primary key (unit_id, content, reach)
);

-- A delivery that stands here goes out only with an approval of exactly its bytes.
create table approval_demands (
  delivery_id text not null primary key references deliveries (id),
  unit_id text not null references units (id),
  role text not null,
  four_eyes boolean not null,
  written_by text not null,         -- who wrote the words that wait
  asked_at bigint not null
);

-- What was said of which bytes; never changed, never taken back.
create table approvals (
  id text not null primary key,
  delivery_id text not null references deliveries (id),
  verdict text not null,            -- approved, returned, rejected
  payload_sha256 text not null,
  payload text not null,            -- the bytes themselves: the next version is compared with them
  note text not null,
  by_actor text not null,
  at bigint not null
);
create index approvals_delivery on approvals (delivery_id, at);

create table publication_remarks (
  id text not null primary key,
  publication_id text not null references publications (id),
  text text not null,
  by_actor text not null,
  at bigint not null
);
create index publication_remarks_publication on publication_remarks (publication_id, at);

-- Edges that must not exist: what waits for people is never due, and nothing uncertain comes back to them.
drop trigger deliveries_edges on deliveries;
create trigger deliveries_edges before update on deliveries for each row when (
  old.state = 'publishing' and new.state in ('planned', 'held', 'missed', 'cancelled', 'draft', 'in_review', 'approved')
  or old.state = 'unknown' and new.state in ('planned', 'held', 'missed', 'failed', 'retry_wait')
  or old.state in ('draft', 'in_review', 'approved') and new.state not in ('draft', 'in_review', 'approved', 'planned', 'cancelled')
  or old.state = 'draft' and new.state in ('planned', 'approved')
  or new.state in ('draft', 'in_review', 'approved') and (new.ever_ambiguous or new.next_at is not null)
  or old.state = 'published' and new.state not in ('published', 'removing')
  or old.state = 'removing' and new.state not in ('removing', 'removed')
  or old.state in ('failed', 'missed', 'cancelled', 'removed') and new.state <> old.state
  or old.ever_ambiguous and not new.ever_ambiguous
) execute function deliveries_edges();

-- The write fence itself: nothing that asks for approval passes it without one of exactly these bytes.
create function deliveries_unapproved() returns trigger language plpgsql as $$ begin
  if
    exists (select 1 from approval_demands d where d.delivery_id = new.id)
    and not exists (select 1 from approvals a
      where a.delivery_id = new.id and a.verdict = 'approved' and a.payload_sha256 = new.payload_sha256)
  then raise exception 'a delivery without its approval is not sent'; end if;
  return new;
end $$;
create trigger deliveries_unapproved before update on deliveries for each row
  when (new.state in ('publishing', 'handed') and old.state not in ('publishing', 'handed')) execute function deliveries_unapproved();
create function approvals_stand() returns trigger language plpgsql as $$ begin raise exception 'an approval stands as it was given'; end $$;
create trigger approvals_stand before update or delete on approvals for each row execute function approvals_stand();
