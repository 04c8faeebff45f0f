-- Who works, as they last said (R16); and whether somebody was told of a post that asks for them (R26).
create table beats (
  name text not null primary key,   -- clock, jobs, deliveries
  at bigint not null
);

alter table deliveries add column told_at bigint;
update deliveries set told_at = updated_at where state in ('needs_human', 'failed', 'missed');
