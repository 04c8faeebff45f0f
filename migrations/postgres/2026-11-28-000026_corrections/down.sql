drop table corrections;
drop function corrections_settled;
drop function corrections_unapproved;
