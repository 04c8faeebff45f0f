drop table attempts;
drop table deliveries;
drop table publications;
drop function deliveries_edges;
drop function deliveries_history;
drop function attempts_once;
