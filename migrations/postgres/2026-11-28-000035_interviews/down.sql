drop table interview_questions;
drop table interview_letters;
drop table interviews;
drop table interview_slots;
