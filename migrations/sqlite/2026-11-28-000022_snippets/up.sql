-- Words that are used again: templates to begin with, signatures under a post; a unit's hold below it too.
create table snippets (
  id text not null primary key,
  unit_id text not null references units (id),
  kind text not null,               -- template, signature
  name text not null,
  text text not null,
  made_by text not null,
  made_at bigint not null
);
create index snippets_unit on snippets (unit_id);
