-- Pictures, graphics and films; the bytes lie in the blob store under their sha256.
create table assets (
  id text not null primary key,
  unit_id text not null references units (id),
  kind text not null,               -- picture, graphic, film
  state text not null,              -- received, ready, failed
  original_name text not null,
  sha256 text not null,
  mime text not null,
  bytes bigint not null,
  width integer not null,
  height integer not null,
  duration_ms bigint,
  alt_text text not null default '',
  alt_stale boolean not null default false,  -- the file was changed after the text was written (R42)
  decorative boolean not null default false,
  silent boolean not null default false,   -- "no speech": captions not needed (D-41)
  focus_x smallint not null default 50,    -- what must stay in a cut, hundredths from the left
  focus_y smallint not null default 42,    -- and from the top
  error text,                       -- message key: why it failed, or what could not be done
  public_at bigint,                 -- first shown in an open ad; never unset
  created_by text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index assets_unit on assets (unit_id);
create index assets_sha256 on assets (sha256);

create table renditions (
  asset_id text not null references assets (id) on delete cascade,
  profile text not null,            -- wide, card, thumb, poster, social …
  sha256 text not null,
  mime text not null,
  bytes bigint not null,
  width integer not null,
  height integer not null,
  primary key (asset_id, profile)
);
create index renditions_sha256 on renditions (sha256);

create table captions (
  asset_id text not null references assets (id) on delete cascade,
  language text not null,
  body text not null,               -- checked WebVTT
  created_at bigint not null,
  primary key (asset_id, language)
);

-- Resumable uploads that are not finished yet.
create table uploads (
  id text not null primary key,
  owner text not null,              -- user:… or token:…
  unit_id text not null references units (id),
  original_name text not null,
  modified text not null,           -- when the sender's file last changed; names it with name and size
  declared_bytes bigint not null,
  received_bytes bigint not null default 0,
  created_at bigint not null,
  ends_at bigint not null
);
