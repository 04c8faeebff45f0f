-- People who answer the ad, and what they sent.
create table applicants (
  id text not null primary key,
  name text not null,
  email text not null,
  phone text not null,
  language text not null,
  created_at bigint not null
);

create table applications (
  id text not null primary key,
  applicant_id text not null references applicants (id),
  posting_id text not null references postings (id),
  round_id text not null references posting_rounds (id),
  received_at bigint not null,
  received_via text not null,       -- form, api, paper, email
  late boolean not null default false,
  admitted_at bigint,               -- when one that came too late was let in, with a reason (D-31)
  letter text not null,
  stage text not null,              -- received, assessing, interview, offer
  position bigint not null,         -- order within the stage
  outcome text,                     -- hired, rejected, withdrawn; null while undecided
  outcome_at bigint,
  outcome_reason text,              -- grounds of a rejection, for the applicant (D-10)
  link_id text references links (id),
  channel text not null,            -- of the link, or 'direct'
  basis text not null,              -- token, none (attribution 5)
  self_reported text,               -- the applicant's own answer, kept beside it
  form_key text not null unique,    -- fingerprint of it: pressing twice gives one application
  access_hash text not null unique, -- of the magic link
  notice_version text not null,     -- which Art. 13 text was shown (D-03)
  registered_by text,               -- staff who keyed it in (D-16)
  version integer not null default 1,
  created_at bigint not null,
  updated_at bigint not null
);
create index applications_posting on applications (posting_id, stage, position);
create index applications_received on applications (received_at);
create index applications_applicant on applications (applicant_id);

create table attachments (
  id text not null primary key,
  application_id text not null references applications (id) on delete cascade,
  kind text not null,               -- cv, letter, diploma, other
  original_name text not null,
  sha256 text not null,
  mime text not null,
  bytes bigint not null,
  encrypted boolean not null default false, -- locked with a password, by its own word
  cpr boolean not null default false, -- something in it looks like a CPR number (D-06)
  text_state text not null,         -- waiting, ok, empty, failed
  text_body text,
  created_at bigint not null
);
create index attachments_application on attachments (application_id);
create index attachments_sha256 on attachments (sha256);

-- Files laid down with a form that is not accepted yet; swept after a day.
create table form_files (
  id text not null primary key,
  form_key text not null,           -- fingerprint of it
  kind text not null,
  original_name text not null,
  sha256 text not null,
  mime text not null,
  bytes bigint not null,
  encrypted boolean not null default false,
  created_at bigint not null
);
create index form_files_key on form_files (form_key);

create table stage_intervals (
  id text not null primary key,
  application_id text not null references applications (id) on delete cascade,
  stage text not null,
  entered_at bigint not null,
  left_at bigint,
  actor text not null
);
create index stage_intervals_application on stage_intervals (application_id, entered_at);

create table application_events (
  id text not null primary key,
  application_id text not null references applications (id) on delete cascade,
  at bigint not null,
  actor text not null,
  kind text not null,               -- received, moved, decided, reopened, file_added …
  detail text not null default '{}'
);
create index application_events_application on application_events (application_id, at);

-- What an erased application leaves behind, so that every sum still holds.
create table application_tallies (
  posting_id text not null,
  round_id text not null,
  link_id text not null,            -- '' = none
  channel text not null,
  basis text not null,
  stage text not null,
  outcome text not null,            -- '' = undecided
  n bigint not null,
  primary key (posting_id, round_id, link_id, channel, basis, stage, outcome)
);
