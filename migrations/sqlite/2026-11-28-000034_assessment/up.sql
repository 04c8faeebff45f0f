-- Confidentiality, accepted by somebody who sits in a panel. Before it the posting's applications are not there for them.
create table pledges (
  posting_id text not null references postings (id),
  user_id text not null references users (id),
  text_version text not null,       -- which words were accepted
  accepted_at bigint not null,
  primary key (posting_id, user_id)
);

-- How somebody stands to an applicant, by their own word (D-23). Everything but none takes the application away from them.
create table declarations (
  application_id text not null references applications (id) on delete cascade,
  user_id text not null references users (id),
  relation text not null,           -- none, family, friend, work, interest, other
  declared_at bigint not null,
  primary key (application_id, user_id)
);
create index declarations_user on declarations (user_id);

-- What must be before an application of a posting goes on: one row per condition that somebody has made.
create table move_conditions (
  posting_id text not null references postings (id),
  condition text not null,          -- assessed, seated
  met_until bigint,                 -- met for all of them until then; null = asked of each
  primary key (posting_id, condition)
);
create table move_conditions_met (
  application_id text not null references applications (id) on delete cascade,
  condition text not null,
  primary key (application_id, condition)
);

-- What a posting asks of people. It may be written until the posting is opened; its hash is that of its criteria.
create table profiles (
  posting_id text not null primary key references postings (id),
  begun_from text not null,         -- code of the starting profile; empty when there was none
  version integer not null default 1,
  sha256 text not null,
  saved_by text not null,
  saved_at bigint not null
);
create table criteria (
  id text not null primary key,
  posting_id text not null references profiles (posting_id),
  place integer not null,
  heading text not null,            -- professional, social, learning, organisational, personal
  wording text not null,
  why text not null,
  evidence text not null,
  weight text not null,             -- must, should, plus
  step_1 text not null,
  step_2 text not null,
  step_3 text not null,
  step_4 text not null,
  unique (posting_id, place)
);

-- A seat in a panel; from when until when stands in the membership that gives the right.
create table panel_seats (
  membership_id text not null primary key references memberships (id),
  posting_id text not null references postings (id),
  user_id text not null references users (id),
  seat text not null,               -- manager, employee, union, safety, parents, hr, expert, external
  chair boolean not null,
  added_by text not null
);
create index panel_seats_posting on panel_seats (posting_id);
-- Which seats must be filled, per kind of position, where the organisation has said so itself.
create table panel_rules (
  category text not null primary key, -- leader, staff
  seats text not null,              -- words of seats with commas between
  set_by text not null,
  set_at bigint not null
);
-- Why a seat that must be filled stays empty.
create table panel_gaps (
  posting_id text not null references postings (id),
  seat text not null,
  reason text not null,
  said_by text not null,
  said_at bigint not null,
  primary key (posting_id, seat)
);

-- What one member of a panel says of one applicant. A correction after all was shown is another version beside the first.
create table scorecards (
  id text not null primary key,
  application_id text not null references applications (id) on delete cascade,
  user_id text not null references users (id),
  version integer not null,
  state text not null,              -- draft, submitted
  saved_at bigint not null,
  submitted_at bigint,
  unique (application_id, user_id, version),
  check ((state = 'submitted') = (submitted_at is not null))
);
create table scores (
  scorecard_id text not null references scorecards (id) on delete cascade,
  criterion_id text not null references criteria (id),
  score integer not null,           -- 1 to 4; 0 in a draft: not yet
  reason text not null,
  primary key (scorecard_id, criterion_id),
  check (score between 0 and 4)
);
-- From when on an applicant's cards are shown to the whole panel.
create table reveals (
  application_id text not null primary key references applications (id) on delete cascade,
  shown_at bigint not null,
  shown_by text not null,
  reason text not null              -- why before everybody was done; empty when they were
);
create table consensus_notes (
  application_id text not null primary key references applications (id) on delete cascade,
  words text not null,
  version integer not null,
  written_by text not null,
  written_at bigint not null
);
