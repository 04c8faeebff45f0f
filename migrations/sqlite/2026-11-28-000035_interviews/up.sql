-- Interviews: times that are laid out, interviews that hold one each, letters about them, and what is asked there.

-- One seat at one time. A group is several rows at the same time.
create table interview_slots (
  id text not null primary key,
  posting_id text not null references postings (id),
  round integer not null,           -- 1: first interviews, 2: second
  local text not null,              -- what the clock on the wall shows, 2026-12-14T09:00
  zone text not null,               -- on which wall
  starts_at bigint not null,        -- the instant that follows
  minutes integer not null,
  place text not null,              -- may be empty when there is a link
  link text not null,               -- of a video meeting; may be empty
  note text not null,               -- what to bring and to know; may be empty
  state text not null,              -- open, booked, held, no_show, cancelled
  made_by text not null,
  made_at bigint not null,
  changed_at bigint not null
);
create index interview_slots_posting on interview_slots (posting_id, starts_at);

-- One applicant's interview. All of it goes with the applicant; the seat stays.
create table interviews (
  id text not null primary key,
  application_id text not null references applications (id) on delete cascade,
  posting_id text not null references postings (id),
  round integer not null,
  state text not null,              -- invited, booked, moved, held, no_show, declined, cancelled
  slot_id text references interview_slots (id),      -- the seat it holds
  last_slot_id text references interview_slots (id), -- the seat it holds or held last
  sequence integer not null,        -- grows with every change a calendar has to know
  invited_by text not null,
  invited_at bigint not null,
  reminded_at bigint,               -- when they were last asked to choose
  wished_at bigint,                 -- when they said that no time fits
  wish text,                        -- in their words
  needs text,                       -- what to take into account, in their words
  words text,                       -- why it was declined or cancelled
  changed_at bigint not null
);
create unique index interviews_once on interviews (application_id, round);
-- a seat is one interview's, whatever happens
create unique index interviews_seat on interviews (slot_id);
create index interviews_posting on interviews (posting_id);

create table interview_letters (
  id text not null primary key,
  interview_id text not null references interviews (id) on delete cascade,
  posting_id text not null references postings (id),
  kind text not null,               -- invitation, confirmation, moved, cancelled, reminder, nudge
  sequence integer not null,        -- of the interview when it was written
  number integer not null,          -- which of its kind; only who has not chosen is written to again
  state text not null,              -- as answer_letters
  why text,
  attempts integer not null,
  attempted_at bigint,
  subject text not null,
  body text not null,               -- the personal link alone is put in when it leaves
  sent_to text,
  said text,                        -- what the mail server said last
  made_at bigint not null,
  changed_at bigint not null
);
-- nothing is written twice
create unique index interview_letters_once on interview_letters (interview_id, kind, sequence, number);
create index interview_letters_posting on interview_letters (posting_id, state);

-- What the chair wants to ask, by criterion of the profile.
create table interview_questions (
  posting_id text not null references postings (id),
  criterion_id text not null,
  words text not null,              -- a question on each line
  written_by text not null,
  written_at bigint not null,
  primary key (posting_id, criterion_id)
);
