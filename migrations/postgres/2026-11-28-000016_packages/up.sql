-- Places without an API: a package is made, and a named person posts it there.
create table package_accounts (
  account_id text not null primary key references channel_accounts (id),
  person_id text not null references users (id), -- who posts there
  lead_days integer not null                     -- working days between package and publication
);

-- What lies with a person is over by that person's word alone.
create function deliveries_handed() returns trigger language plpgsql as $$ begin raise exception 'only a person''s word ends what lies with a person'; end $$;
create trigger deliveries_handed before update on deliveries for each row when (
  old.state = 'handed' and new.state not in ('handed', 'published', 'cancelled')
) execute function deliveries_handed();
