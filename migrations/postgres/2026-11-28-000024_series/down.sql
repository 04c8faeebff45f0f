drop table series_occurrences;
drop table series_parts;
drop table series;
