drop table erasure_receipts;
drop table erased;
drop table erasures;
drop table erasure_requests;
drop table retention_holds;
drop table retention_marks;
alter table applications drop column quarantined_at;
drop table retention_rules;
