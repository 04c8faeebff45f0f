drop index deliveries_waiting;
