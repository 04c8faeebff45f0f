-- What waits for a reason, as for a channel that is away, is few: whoever wakes it reads no plan of a year.
create index deliveries_waiting on deliveries (error_kind) where error_kind is not null;
