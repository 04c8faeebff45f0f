-- How often somebody wants to be told how their posts go, and when they last were. Who has no row wants it every working
-- day and has not been told yet.
create table digests (
  user_id text not null primary key references users (id),
  frequency text not null,          -- daily, weekly, never
  sent_at bigint
);
