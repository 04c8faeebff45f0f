drop trigger deliveries_handed;
drop table package_accounts;
