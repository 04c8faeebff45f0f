-- Answers: letters with decisions, laid together in batches, each sent once; and reasons that applicants ask for.

-- Which decision the applicant's own page shows, and which one they have been told: the time at which it was made, so that
-- a decision that is taken back and made anew is another one.
alter table applications add column shown_of bigint;
alter table applications add column told_of bigint;

-- Reasons somebody asked for (forvaltningsloven § 23).
create table reason_requests (
  application_id text not null references applications (id) on delete cascade,
  decided_at bigint not null,       -- of which decision
  asked_at bigint not null,
  due_at bigint not null,
  answered_at bigint,
  answered_by text,
  words text,                       -- the reasons, as the applicant reads them
  primary key (application_id, decided_at)
);

-- The organisation's own words; what is not here is as it was shipped.
create table letter_templates (
  kind text not null,
  language text not null,
  subject text not null,
  body text not null,               -- with merge fields in braces
  version integer not null,
  changed_by text not null,
  changed_at bigint not null,
  primary key (kind, language)
);

-- Letters that leave together.
create table answer_batches (
  id text not null primary key,
  posting_id text not null references postings (id),
  state text not null,              -- draft, preview_ok, waiting, sending, done, cancelled
  made_by text not null,
  made_at bigint not null,
  seen text,                        -- sha256 of all letters as somebody read them
  approved_by text,
  due_at bigint,                    -- not before; until then it can be cancelled
  over_at bigint
);
create index answer_batches_posting on answer_batches (posting_id);

-- One letter to one applicant. Who and what is gone with the applicant; that there was one stays.
create table answer_letters (
  id text not null primary key,
  batch_id text references answer_batches (id),
  posting_id text not null references postings (id),
  application_id text references applications (id) on delete set null,
  kind text not null,
  decided_at bigint not null,       -- of which decision
  slot text not null,               -- decision, or reasons
  state text not null,              -- queued, sending, sent, unknown, failed, bounced, delivered, handled, cancelled, left_out
  why text,                         -- a word for why it failed or was left out
  attempts integer not null default 0,
  attempted_at bigint,
  made_at bigint not null,
  changed_at bigint not null
);
-- one letter per application and decision, whatever happens
create unique index answer_letters_once on answer_letters (application_id, decided_at, slot)
  where state not in ('cancelled', 'left_out');
create index answer_letters_batch on answer_letters (batch_id);
create index answer_letters_posting on answer_letters (posting_id);

-- What a letter says, as it was previewed; the personal link alone is put in when it leaves.
create table letter_texts (
  letter_id text not null primary key references answer_letters (id) on delete cascade,
  application_id text not null references applications (id) on delete cascade,
  language text not null,
  subject text not null,
  body text not null,
  sha256 text not null,
  sent_to text,                     -- the address it left for
  said text                         -- what the mail server said last
);
create index letter_texts_application on letter_texts (application_id);
