-- Stories and plain posts: what goes out beside job ads.
create table stories (
  id text not null primary key,
  slug text not null unique,        -- the last part of its public address; stands still from the first time it is ready
  unit_id text not null references units (id),
  kind text not null,               -- story, day_in_life, plain
  state text not null,              -- draft, ready, archived
  audience text not null,           -- external, internal, both
  leads_to text not null,           -- where its tracked link leads: page, posting, careers
  posting_id text references postings (id), -- the ad it speaks for
  version integer not null default 1,
  ready_at bigint,                  -- first time it was ready
  archived_at bigint,
  created_by text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index stories_unit on stories (unit_id);

create table story_texts (
  story_id text not null references stories (id) on delete cascade,
  language text not null,
  title text not null,
  lead text not null,
  body text not null,               -- sanitised HTML
  primary key (story_id, language)
);

create table story_media (
  story_id text not null references stories (id) on delete cascade,
  asset_id text not null references assets (id),
  position integer not null,
  primary key (story_id, asset_id)
);
create index story_media_asset on story_media (asset_id);

-- A publication and a tracked link are about an ad or about a story. The rows go back under the same name, so the rows
-- that point at them are whole again before the transaction ends.
pragma defer_foreign_keys = on;
create temporary table publications_kept as select * from publications;
drop table publications;
create table publications (
  id text not null primary key,
  posting_id text references postings (id),
  round_id text references posting_rounds (id),
  posting_version integer,
  story_id text references stories (id),
  story_version integer,
  created_by text not null,
  created_at bigint not null,
  check (
    (posting_id is null) <> (story_id is null)
    and (posting_id is null) = (round_id is null)
    and (posting_id is null) = (posting_version is null)
    and (story_id is null) = (story_version is null)
  )
);
insert into publications (id, posting_id, round_id, posting_version, created_by, created_at) select id, posting_id, round_id, posting_version, created_by, created_at from publications_kept;
drop table publications_kept;
create index publications_posting on publications (posting_id);
create index publications_story on publications (story_id);

create temporary table links_kept as select * from links;
drop table links;
create table links (
  id text not null primary key,
  token text not null unique,
  posting_id text references postings (id),
  story_id text references stories (id),
  channel text not null,            -- bluesky, mastodon, intranet …
  placement text not null default '',
  created_at bigint not null,
  disabled_at bigint,
  check ((posting_id is null) <> (story_id is null))
);
insert into links (id, token, posting_id, channel, placement, created_at, disabled_at) select id, token, posting_id, channel, placement, created_at, disabled_at from links_kept;
drop table links_kept;
create index links_posting on links (posting_id);
create index links_story on links (story_id);


-- What a visit saw or was led to is an ad or a story.
alter table visit_hours rename column posting_id to subject_id;
