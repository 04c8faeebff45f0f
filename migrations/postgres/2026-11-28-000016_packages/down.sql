drop trigger deliveries_handed on deliveries;
drop function deliveries_handed();
drop table package_accounts;
