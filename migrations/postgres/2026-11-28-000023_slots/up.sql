-- When in the week an account posts. Whether a slot is free is worked out from the deliveries, never kept (R55).
create table posting_slots (
  account_id text not null references channel_accounts (id),
  weekday integer not null,         -- 0 = Monday
  minute integer not null,          -- on the wall, from midnight
  primary key (account_id, weekday, minute),
  check (weekday between 0 and 6 and minute between 0 and 1439)
);
