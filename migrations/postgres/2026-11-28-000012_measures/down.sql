alter table account_tokens drop column warned_days;
drop table delivery_measures;
