-- How long applications are kept, who goes when, and the proof that they are gone.

-- For how many months after its closing a posting's applications are kept, where it is not the organisation's rule.
create table retention_rules (
  id text not null primary key,
  kind text not null,               -- profession, employment, posting
  value text not null,              -- a code of the taxonomy, or the posting
  months integer not null,
  reason text not null,
  set_by text not null,
  set_at bigint not null,
  unique (kind, value),
  check (months between 1 and 36)
);

-- Since when nobody sees it any more; it can still be given back.
alter table applications add column quarantined_at bigint;

-- How far an application has come on its way out. Days are those of the installation's zone.
create table retention_marks (
  application_id text not null primary key references applications (id) on delete cascade,
  warned_on text not null,
  quarantined_on text
);

-- What stops the clock, of a posting or of one application.
create table retention_holds (
  id text not null primary key,
  posting_id text not null references postings (id),
  application_id text references applications (id) on delete cascade, -- none: all of the posting
  reason text not null,
  until_on text not null,           -- the last day it holds
  set_by text not null,
  set_at bigint not null,
  ended_on text,                    -- the day somebody ended it before
  ended_by text
);
create index retention_holds_posting on retention_holds (posting_id);

-- The applicant's own wish to be erased (D-04).
create table erasure_requests (
  application_id text not null primary key references applications (id) on delete cascade,
  asked_at bigint not null,
  due_at bigint not null,           -- by when it must be answered
  refused_at bigint,
  refused_by text,
  refused_reason text               -- in words for the applicant
);

-- A time something was erased: a night, one by hand, or what was re-applied after a restore.
create table erasures (
  id text not null primary key,
  kind text not null,               -- night, hand, restore
  day text not null,
  state text not null,              -- begun, proved, left, nothing
  begun_at bigint not null,
  ended_at bigint,
  resumed integer not null default 0, -- how often it was cut off and taken up again
  warned integer not null default 0,
  quarantined integer not null default 0,
  sought text                       -- sealed keyed hashes of what is looked for; gone with the proof
);
create unique index erasures_night on erasures (day) where kind = 'night';

-- Who was erased, by id alone: what a restore re-applies.
create table erased (
  application_id text not null primary key,
  erasure_id text not null references erasures (id),
  rule text not null,               -- organisation, profession, employment, posting, asked, hand, restore
  done_at bigint                    -- none: it is about to be
);
create index erased_erasure on erased (erasure_id);

-- What was looked for where and not found, bound to the receipt before.
create table erasure_receipts (
  number integer not null primary key,
  erasure_id text not null references erasures (id),
  at bigint not null,
  content text not null,            -- JSON; the very bytes that are hashed
  prev_hash text not null,
  hash text not null
);
