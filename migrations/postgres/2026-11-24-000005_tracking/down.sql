drop table visit_hours;
drop table links;
