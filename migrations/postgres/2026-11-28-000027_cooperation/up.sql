-- Help with content that units ask communications for: who asked, who has it, what was said, what was delivered.
create table support_requests (
  id text not null primary key,
  unit_id text not null references units (id),
  title text not null,
  help text not null,               -- film, picture, text, adapt, publish
  posting_id text references postings (id),
  story_id text references stories (id),
  wished_by bigint,                 -- the end of the last day that is early enough
  state text not null,              -- new, taken, question, delivered, declined, cancelled
  holder_id text references users (id),
  asked_by text not null,
  asked_at bigint not null,
  taken_at bigint,                  -- first taken by somebody
  answered_at bigint,               -- delivered or declined
  minutes integer,                  -- spent on it, when somebody said
  urged_at bigint,                  -- communications were told that it is due soon
  counted_at bigint,                -- it was in a letter that said how many there are
  check (posting_id is null or story_id is null),
  check ((holder_id is null) = (taken_at is null) or state in ('new', 'declined', 'cancelled')),
  check ((answered_at is not null) = (state in ('delivered', 'declined')))
);
create index support_requests_unit on support_requests (unit_id, asked_at);
create index support_requests_state on support_requests (state);

create table support_lines (
  id text not null primary key,
  request_id text not null references support_requests (id),
  at bigint not null,
  by_actor text not null,
  step text,                        -- what it did; none: only words
  words text not null
);
create index support_lines_request on support_lines (request_id, at);

create table support_files (
  line_id text not null references support_lines (id),
  position integer not null,
  asset_id text not null,
  primary key (line_id, position)
);
create index support_files_asset on support_files (asset_id);

create table support_things (
  request_id text not null references support_requests (id),
  position integer not null,
  kind text not null,               -- story, posting, publication, asset
  thing_id text not null,
  primary key (request_id, position)
);
