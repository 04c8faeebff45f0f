drop trigger deliveries_unapproved;
drop trigger deliveries_edges;
create trigger deliveries_edges before update on deliveries when
  old.state = 'publishing' and new.state in ('planned', 'held', 'missed', 'cancelled')
  or old.state = 'unknown' and new.state in ('planned', 'held', 'missed', 'failed', 'retry_wait')
  or old.state = 'published' and new.state not in ('published', 'removing')
  or old.state = 'removing' and new.state not in ('removing', 'removed')
  or old.state in ('failed', 'missed', 'cancelled', 'removed') and new.state <> old.state
  or old.ever_ambiguous and not new.ever_ambiguous
begin select raise(abort, 'a delivery may not go that way'); end;
drop table publication_remarks;
drop table approvals;
drop table approval_demands;
drop table responsibilities;
drop table approval_rules;
