drop table proofs;
drop function proofs_append_only;
drop table preflight_problems;
drop table preflights;
