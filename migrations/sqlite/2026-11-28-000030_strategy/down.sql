alter table approvals drop column checks;
alter table evergreens drop column audience_id;
alter table series drop column audience_id;
alter table publications drop column audience_id;
drop table audience_channels;
drop table audiences;
drop table strategies;
