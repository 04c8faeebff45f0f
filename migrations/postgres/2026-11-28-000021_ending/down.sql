alter table publications drop column stays;
