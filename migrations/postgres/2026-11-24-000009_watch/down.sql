alter table deliveries drop column told_at;
drop table beats;
