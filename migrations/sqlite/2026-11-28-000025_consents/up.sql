-- Who can be recognised in pictures and films, and what they said yes to (D-29, D-30). Of a child stands only until when
-- others answer for it, never its birthday.
create table portrayed (
  id text not null primary key,
  unit_id text not null references units (id),
  name text not null,
  email text not null default '',
  relation text not null,           -- colleague, resident, pupil, child, other
  child_until bigint,               -- until then guardians say yes
  asked_from bigint,                -- from then on the child is asked too
  guardians smallint not null default 0,  -- how many must say yes before the world sees it
  made_by text not null,
  made_at bigint not null
);
create index portrayed_unit on portrayed (unit_id);

create table portrayals (
  asset_id text not null references assets (id) on delete cascade,
  person_id text not null references portrayed (id),
  primary key (asset_id, person_id)
);
create index portrayals_person on portrayals (person_id);

create table consents (
  id text not null primary key,
  person_id text not null references portrayed (id),
  purpose text not null,            -- internal, website, social, press, display
  giver text not null,              -- own, guardian
  giver_name text not null,
  given_at bigint not null,
  until_at bigint not null,
  manner text not null,             -- link, paper, spoken
  words text not null,              -- what was said yes to, as it stood there
  evidence text,                    -- sha256 of the signed paper
  noted_by text not null,
  withdrawn_at bigint,
  withdrawn_by text,
  warned_at bigint                  -- somebody was told that it ends soon
);
create index consents_person on consents (person_id);
create index consents_until on consents (until_at);

create table consent_links (
  id text not null primary key,
  person_id text not null references portrayed (id),
  token_hash text not null unique,
  giver text not null,
  giver_name text not null,
  email text not null,
  until_at bigint not null,         -- how long a yes given here holds
  made_by text not null,
  made_at bigint not null,
  ends_at bigint not null,          -- until when one may say yes here; taking it back has no end
  answered_at bigint
);
create index consent_links_person on consent_links (person_id);

alter table assets add column nobody boolean not null default false;   -- nobody in it can be recognised
alter table assets add column folder text not null default '';
alter table assets add column usable_until bigint;                     -- rights to it end
create index assets_folder on assets (unit_id, folder);

-- Which pictures and films a post shows, or its card where it has none; and what was taken down because a yes was gone.
create table delivery_assets (
  delivery_id text not null references deliveries (id),
  asset_id text not null,
  primary key (delivery_id, asset_id)
);
create index delivery_assets_asset on delivery_assets (asset_id);
insert into delivery_assets (delivery_id, asset_id)
  select distinct d.id, json_extract(m.value, '$.asset') from deliveries d, json_each(d.payload, '$.media') m;
insert into delivery_assets (delivery_id, asset_id)
  select d.id, json_extract(d.payload, '$.link_thumb.asset') from deliveries d
  where json_extract(d.payload, '$.link_thumb.asset') is not null and json_array_length(d.payload, '$.media') = 0;

create table consent_endings (
  delivery_id text not null primary key references deliveries (id),
  asset_id text not null,
  person_id text,                   -- whose yes was gone; none: the rights to the file had ended
  begun_at bigint not null
);
create index consent_endings_person on consent_endings (person_id);
