drop table posting_slots;
