drop table support_things;
drop table support_files;
drop table support_lines;
drop table support_requests;
