drop table comments;
drop function comments_settled;
