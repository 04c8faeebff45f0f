drop table proofs;
drop table preflight_problems;
drop table preflights;
