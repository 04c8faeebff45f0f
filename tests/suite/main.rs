//! The integration suite: one module per area.
#![expect(clippy::unwrap_used, reason = "a test may fall with a bare unwrap")]

mod harness;
mod sources;

mod accounts;
mod answers;
mod api;
mod architecture;
mod assessment;
mod backup;
mod campaigns;
mod channels;
mod applications;
mod contrast;
mod crash;
mod doctor;
mod flows;
mod health;
mod intake_crash;
mod invariants;
mod interviews;
mod languages;
mod log;
mod media;
mod media_large;
mod migrations;
mod numbers;
mod pages;
mod papers;
mod peers;
mod people;
mod postings;
mod promises;
mod publishing;
mod reach;
mod retention;
mod rights;
mod s3;
mod start;
mod stories;
mod strategy;
mod support;
mod search;
mod templates;
mod vendor;
mod worlds;
