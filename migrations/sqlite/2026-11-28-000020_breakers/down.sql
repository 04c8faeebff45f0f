drop table budgets;
drop table breakers;
