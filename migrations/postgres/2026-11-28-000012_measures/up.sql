-- What a channel said readers had done with a delivery: one row for each reading, the newest counts. Nothing where
-- the channel does not count, or does not tell.
create table delivery_measures (
  delivery_id text not null references deliveries (id),
  read_at bigint not null,
  impressions bigint,
  clicks bigint,
  reactions bigint,
  comments bigint,
  shares bigint,
  primary key (delivery_id, read_at)
);

-- So many days before the end of this token somebody was warned last (14, 7, 1); none when nobody was.
alter table account_tokens add column warned_days integer;
