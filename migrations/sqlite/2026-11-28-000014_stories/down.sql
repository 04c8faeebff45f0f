-- What was about a story goes; applications keep their channel.
delete from attempts where delivery_id in (select d.id from deliveries d join publications p on p.id = d.publication_id where p.story_id is not null);
delete from deliveries where publication_id in (select id from publications where story_id is not null);
delete from publications where story_id is not null;
update applications set link_id = null where link_id in (select id from links where story_id is not null);
delete from visit_hours where subject_id in (select id from stories) or link_id in (select id from links where story_id is not null);
delete from links where story_id is not null;
pragma defer_foreign_keys = on;
create temporary table publications_kept as select * from publications;
drop table publications;
create table publications (
  id text not null primary key,
  posting_id text not null references postings (id),
  round_id text not null references posting_rounds (id),
  posting_version integer not null,
  created_by text not null,
  created_at bigint not null
);
insert into publications (id, posting_id, round_id, posting_version, created_by, created_at) select id, posting_id, round_id, posting_version, created_by, created_at from publications_kept;
drop table publications_kept;
create index publications_posting on publications (posting_id);

create temporary table links_kept as select * from links;
drop table links;
create table links (
  id text not null primary key,
  token text not null unique,
  posting_id text not null references postings (id),
  channel text not null,            -- bluesky, mastodon, intranet …
  placement text not null default '',
  created_at bigint not null,
  disabled_at bigint
);
insert into links (id, token, posting_id, channel, placement, created_at, disabled_at) select id, token, posting_id, channel, placement, created_at, disabled_at from links_kept;
drop table links_kept;
create index links_posting on links (posting_id);

alter table visit_hours rename column subject_id to posting_id;
drop table story_media;
drop table story_texts;
drop table stories;
