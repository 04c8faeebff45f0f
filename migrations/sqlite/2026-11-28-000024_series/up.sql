-- Posts that repeat: a rhythm on the wall, what is said on each account, and which occurrences have been laid.
create table series (
  id text not null primary key,
  posting_id text references postings (id),
  story_id text references stories (id),
  language text not null,
  media text not null,              -- asset ids, JSON
  weekdays text not null,           -- 0 = Monday, with commas
  every_weeks integer not null,
  minute integer not null,          -- on the wall, from midnight
  zone text not null,
  until_day text,                   -- last day, on the wall
  times integer,                    -- so many in all
  suggests boolean not null,        -- its author may only write
  state text not null,              -- running, paused, stopped, over
  created_by text not null,
  created_at bigint not null,       -- occurrences are counted from here
  changed_at bigint not null,
  check ((posting_id is null) <> (story_id is null)),
  check (every_weeks > 0 and (until_day is not null or times is not null))
);

create table series_parts (
  series_id text not null references series (id),
  account_id text not null references channel_accounts (id),
  text text not null,               -- several wordings stand apart by a line of ---
  primary key (series_id, account_id)
);

-- One row for each occurrence that was laid: whoever lays it a second time finds it here.
create table series_occurrences (
  series_id text not null references series (id),
  occurs_at bigint not null,
  number integer not null,          -- from 1
  publication_id text not null references publications (id),
  primary key (series_id, occurs_at),
  unique (series_id, number)
);
create index series_occurrences_publication on series_occurrences (publication_id);

-- Posts that keep: they fill slots that are still empty shortly before.
create table evergreens (
  id text not null primary key,
  posting_id text references postings (id),
  story_id text references stories (id),
  language text not null,
  media text not null,              -- asset ids, JSON
  rest_days integer not null,       -- so long between two on one account
  suggests boolean not null,        -- its author may only write
  made_by text not null,
  made_at bigint not null,
  retired_at bigint,
  check ((posting_id is null) <> (story_id is null)),
  check (rest_days > 0)
);

create table evergreen_parts (
  evergreen_id text not null references evergreens (id),
  account_id text not null references channel_accounts (id),
  text text not null,
  primary key (evergreen_id, account_id)
);

-- Accounts whose empty slots are filled, and how many hours before.
create table evergreen_accounts (
  account_id text not null primary key references channel_accounts (id),
  before_hours integer not null
);

-- Which slot was filled with what: a slot is filled once, also when somebody cancels what was put in it.
create table evergreen_uses (
  account_id text not null references channel_accounts (id),
  slot_at bigint not null,
  evergreen_id text not null references evergreens (id),
  publication_id text not null references publications (id),
  primary key (account_id, slot_at)
);
create index evergreen_uses_evergreen on evergreen_uses (evergreen_id, account_id);
create index evergreen_uses_publication on evergreen_uses (publication_id);
