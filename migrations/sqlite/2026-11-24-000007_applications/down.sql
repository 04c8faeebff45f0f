drop table application_tallies;
drop table application_events;
drop table stage_intervals;
drop table form_files;
drop table attachments;
drop table applications;
drop table applicants;
