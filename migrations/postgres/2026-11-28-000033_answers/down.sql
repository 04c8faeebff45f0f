drop table letter_texts;
drop table answer_letters;
drop table answer_batches;
drop table letter_templates;
drop table reason_requests;
alter table applications drop column told_of;
alter table applications drop column shown_of;
