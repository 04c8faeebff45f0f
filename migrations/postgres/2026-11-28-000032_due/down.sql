drop index deliveries_begun;
drop index deliveries_account_state;
drop index deliveries_state;
create index deliveries_state on deliveries (state, account_id, next_at);
