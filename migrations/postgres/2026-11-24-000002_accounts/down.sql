drop table audit_events;
drop table idempotency_keys;
drop table api_tokens;
drop table sessions;
drop table memberships;
drop table users;
drop table units;
drop function audit_append_only;
