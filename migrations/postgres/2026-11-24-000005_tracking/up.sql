-- One link per publication and account; visits in hour buckets, nobody followed.
create table links (
  id text not null primary key,
  token text not null unique,
  posting_id text not null references postings (id),
  channel text not null,            -- bluesky, mastodon, intranet …
  placement text not null default '',
  created_at bigint not null,
  disabled_at bigint
);
create index links_posting on links (posting_id);

create table visit_hours (
  posting_id text not null,
  link_id text not null,            -- '' = direct or unknown
  hour bigint not null,             -- start of the hour
  hits bigint not null default 0,   -- followed the link
  uniques bigint not null default 0,-- first of the day for this visitor
  landings bigint not null default 0, -- saw the ad
  begun bigint not null default 0,  -- opened the form
  primary key (posting_id, link_id, hour)
);
