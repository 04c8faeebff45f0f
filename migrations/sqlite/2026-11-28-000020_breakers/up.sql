-- What stands between us and a peer that is unwell: how often in a row it failed, and when it is asked again.
create table breakers (
  scope text not null primary key,   -- an account's id, or channel:… for every account of a channel
  fails integer not null,            -- in a row
  open_since bigint,                 -- none: nothing is held back
  probe_at bigint,                   -- while open: when it is asked again
  probes integer not null,           -- asked in vain so often
  kind text not null,                -- of the last problem
  words text not null,
  updated_at bigint not null
);

-- How many calls a channel still allows an account, as it said last.
create table budgets (
  account_id text not null primary key references channel_accounts (id),
  allowed bigint not null,
  remaining bigint not null,
  resets_at bigint not null,
  read_at bigint not null
);
