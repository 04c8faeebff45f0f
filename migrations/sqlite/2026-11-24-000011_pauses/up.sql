-- Everything of a unit and below it on pause: who stopped it and why, and who let it go on.
create table pauses (
  id text not null primary key,
  unit_id text not null references units (id),
  why text not null,
  began_at bigint not null,
  began_by text not null,   -- user:…, token:…, system
  ended_at bigint,          -- none: it holds
  ended_by text
);
create unique index pauses_holding on pauses (unit_id) where ended_at is null;
