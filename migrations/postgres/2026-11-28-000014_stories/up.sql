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

-- A publication and a tracked link are about an ad or about a story.
alter table publications add column story_id text references stories (id);
alter table publications add column story_version integer;
alter table publications alter column posting_id drop not null;
alter table publications alter column round_id drop not null;
alter table publications alter column posting_version drop not null;
alter table publications add constraint publications_subject check (
  (posting_id is null) <> (story_id is null)
  and (posting_id is null) = (round_id is null)
  and (posting_id is null) = (posting_version is null)
  and (story_id is null) = (story_version is null)
);
create index publications_story on publications (story_id);

alter table links add column story_id text references stories (id);
alter table links alter column posting_id drop not null;
alter table links add constraint links_subject check ((posting_id is null) <> (story_id is null));
create index links_story on links (story_id);

-- What a visit saw or was led to is an ad or a story.
alter table visit_hours rename column posting_id to subject_id;
