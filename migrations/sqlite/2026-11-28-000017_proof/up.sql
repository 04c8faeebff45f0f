-- What was looked at before a post went out, and of what its owner was told.
create table preflights (
  delivery_id text not null references deliveries (id),
  due_at bigint not null,           -- for a time: one that is moved is looked at again
  hours integer not null,           -- 24, 1: so many hours before
  at bigint not null,
  primary key (delivery_id, due_at, hours)
);

create table preflight_problems (
  delivery_id text not null references deliveries (id),
  problem text not null,            -- message key
  found_at bigint not null,
  told_at bigint,
  primary key (delivery_id, problem)
);

-- What was done with a delivery, line by line: append-only, each line chained to the one before by its hash.
create table proofs (
  delivery_id text not null references deliveries (id),
  number integer not null,          -- from 1
  at bigint not null,
  kind text not null,
  detail text not null,             -- JSON
  prev_hash text not null,
  hash text not null,
  primary key (delivery_id, number)
);

create trigger proofs_no_update before update on proofs begin select raise(abort, 'the proof is append-only'); end;
create trigger proofs_no_delete before delete on proofs begin select raise(abort, 'the proof is append-only'); end;
