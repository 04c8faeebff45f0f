-- What runs later (jobs) and what has changed (the feed that search reads).
create table jobs (
  id text not null primary key,
  kind text not null,
  dedup text not null,              -- one waiting job per (kind, dedup)
  payload text not null,            -- JSON; ids only wherever a row can be re-read
  run_at bigint not null,           -- microseconds since 1970, UTC, like every instant here
  attempts integer not null default 0,
  lease_until bigint,
  last_error text,
  dead_at bigint,                   -- set when it gave up; shown by doctor
  created_at bigint not null
);
create unique index jobs_one_waiting on jobs (kind, dedup) where dead_at is null;
create index jobs_due on jobs (run_at) where dead_at is null;

create table changes (
  seq integer primary key autoincrement,
  subject text not null,            -- application, posting …
  subject_id text not null,
  at bigint not null
);
