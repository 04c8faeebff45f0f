drop table changes;
drop table jobs;
