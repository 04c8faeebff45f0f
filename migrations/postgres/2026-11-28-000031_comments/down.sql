drop index deliveries_state;
drop table comments;
drop function comments_settled;
