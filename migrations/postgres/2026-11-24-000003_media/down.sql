drop table uploads;
drop table captions;
drop table renditions;
drop table assets;
