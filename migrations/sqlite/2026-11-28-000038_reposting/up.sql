-- Why the round was followed by another: the ad was advertised again.
alter table posting_rounds add column reason text;
