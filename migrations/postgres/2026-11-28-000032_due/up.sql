-- What is due is found by state and time: an index that has the account between them made every look for what is due read
-- all that is planned. What waits on an account is found by the account.
drop index deliveries_state;
create index deliveries_state on deliveries (state, next_at);
create index deliveries_account_state on deliveries (account_id, state, next_at);
-- What somebody has begun with, for a peer that fetches a file.
create index deliveries_begun on deliveries (state) where fence > 0;
