-- Campaigns: what several ads and stories say together for a time, whose they are, and what belongs to each.
create table campaigns (
  id text not null primary key,
  unit_id text not null references units (id),
  name text not null,
  slogan text not null,
  starts_on text not null,          -- the first day on the wall: 2026-11-02
  ends_on text,                     -- the last one; none: until it is archived
  zone text not null,
  horizon text not null,            -- short, medium, long
  trial boolean not null,           -- something is tried out
  hypothesis text not null,         -- what it is expected to show
  colour text not null,             -- # and six digits; carries white text
  logo_id text references assets (id),
  version integer not null default 1,
  archived_at bigint,
  created_by text not null,
  created_at bigint not null,
  updated_at bigint not null,
  check (not trial or (hypothesis <> '' and ends_on is not null))
);
create index campaigns_unit on campaigns (unit_id);

-- Units that carry it together with the first.
create table campaign_units (
  campaign_id text not null references campaigns (id) on delete cascade,
  unit_id text not null references units (id),
  primary key (campaign_id, unit_id)
);
create index campaign_units_unit on campaign_units (unit_id);

-- An ad or story belongs to one campaign or to none.
create table campaign_things (
  campaign_id text not null references campaigns (id),
  posting_id text unique references postings (id),
  story_id text unique references stories (id),
  check ((posting_id is null) <> (story_id is null))
);
create index campaign_things_campaign on campaign_things (campaign_id);

-- What a story speaks for, as ads have it. Those there are begin with what their ad speaks for.
create table story_themes (
  story_id text not null references stories (id) on delete cascade,
  theme text not null,
  primary key (story_id, theme)
);
insert into story_themes (story_id, theme) select s.id, t.theme from stories s join posting_themes t on t.posting_id = s.posting_id;
