drop index deliveries_state;
drop table comments;
