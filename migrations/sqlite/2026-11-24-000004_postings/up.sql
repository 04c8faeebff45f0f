-- The job ad (D-31a, D-32), its texts per language, its rounds and its frozen versions.
create table postings (
  id text not null primary key,
  reference text not null unique,   -- 2026-0417
  slug text not null unique,        -- of the title and the reference; stands still from the opening on
  unit_id text not null references units (id),
  state text not null,              -- draft, open, deadline_passed, closed
  visibility text not null,         -- public, internal (D-07)
  visibility_reason text not null default '', -- why internal: a code, and words after a colon
  openings integer not null default 1, -- how many are wanted
  profession text,
  employment_type text,
  hours_min integer,                -- hundredths of an hour a week
  hours_max integer,
  shifts text not null default '',  -- space-separated codes
  workplace text not null default '',
  address text not null default '',
  agreement text not null default '',
  pay text not null default '',     -- in words (D-32)
  pay_range text,                   -- in figures: 31250-33900 month
  starts_on text not null default '',
  contact_name text not null default '',
  contact_email text not null default '',
  contact_phone text not null default '',
  deadline_wall text,               -- 2026-12-06T23:59, local wall time
  deadline_zone text not null,
  deadline_at bigint,               -- the instant that follows from the two
  version integer not null default 1,
  opened_at bigint,
  closed_at bigint,
  close_reason text,
  created_by text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index postings_unit on postings (unit_id);
create index postings_state on postings (state, deadline_at);

create table posting_texts (
  posting_id text not null references postings (id) on delete cascade,
  language text not null,
  title text not null,
  lead text not null,
  body text not null,               -- sanitised HTML
  primary key (posting_id, language)
);

create table posting_themes (
  posting_id text not null references postings (id) on delete cascade,
  theme text not null,
  primary key (posting_id, theme)
);

create table posting_media (
  posting_id text not null references postings (id) on delete cascade,
  asset_id text not null references assets (id),
  role text not null,               -- hero, graphic, film
  position integer not null,
  primary key (posting_id, asset_id)
);

create table posting_rounds (
  id text not null primary key,
  posting_id text not null references postings (id) on delete cascade,
  number integer not null,
  opens_at bigint not null,
  deadline_at bigint not null,
  closed_at bigint,
  close_reason text,
  unique (posting_id, number)
);

-- Immutable: what the ad said when it went out, and who let a doubtful word stand (D-17).
create table posting_versions (
  posting_id text not null references postings (id) on delete cascade,
  number integer not null,
  content text not null,            -- canonical JSON
  sha256 text not null,
  created_by text not null,
  created_at bigint not null,
  primary key (posting_id, number)
);

create trigger posting_versions_stand before update on posting_versions begin select raise(abort, 'a version of an ad is never changed'); end;

create table posting_acknowledgements (
  posting_id text not null references postings (id) on delete cascade,
  finding text not null,            -- code and word, e.g. preference:frisk
  reason text not null,
  created_by text not null,
  created_at bigint not null,
  primary key (posting_id, finding)
);
