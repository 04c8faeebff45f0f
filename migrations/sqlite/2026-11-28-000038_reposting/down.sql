alter table posting_rounds drop column reason;
