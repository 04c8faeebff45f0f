-- To whom a unit speaks, in what tone and where first; what is set for a unit holds below it until a unit there has its own.
create table strategies (
  id text not null primary key,
  unit_id text not null unique references units (id),
  purpose text not null,
  tone_do text not null,
  tone_dont text not null,
  version integer not null,
  changed_by text not null,
  changed_at bigint not null,
  lifted_at bigint                  -- since then the one above holds again
);
create table audiences (
  id text not null primary key,
  strategy_id text not null references strategies (id),
  position integer not null,
  name text not null,
  note text not null,               -- what is known of them
  removed_at bigint                 -- no longer offered; what was written for them still says so
);
create index audiences_strategy on audiences (strategy_id, position);
create table audience_channels (
  audience_id text not null references audiences (id),
  position integer not null,        -- 0 comes first
  channel text not null,            -- the word it is counted under: a kind, or a place's own name
  why text not null,
  primary key (audience_id, position)
);

-- For whom it was written.
alter table publications add column audience_id text references audiences (id);
alter table series add column audience_id text references audiences (id);
alter table evergreens add column audience_id text references audiences (id);

-- What whoever judged it said they had looked at, words with a space between.
alter table approvals add column checks text not null default '';
