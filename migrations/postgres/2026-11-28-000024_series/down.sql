drop table evergreen_uses;
drop table evergreen_accounts;
drop table evergreen_parts;
drop table evergreens;
drop table series_occurrences;
drop table series_parts;
drop table series;
