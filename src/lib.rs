#![doc = include_str!("ARCHITECTURE.md")]
// The order below is the ladder: each module uses only what stands above it.

// floor 0: values
pub mod base;
// floor 1: machinery; knows nothing of jobs or people
pub mod db;
pub mod config;
pub mod secrets;
pub mod blobs;
pub mod outbound;
pub mod i18n;
pub mod mail;
pub mod queue;
pub mod kit;
pub mod web;
// floor 2: who, and what they bring
pub mod accounts;
pub mod media;
// floor 3: the things themselves
pub mod campaigns;
pub mod postings;
pub mod stories;
pub mod tracking;
pub mod channels;
pub mod strategy;
// floor 4: the things meeting each other
pub mod applications;
pub mod publishing;
pub mod support;
// floor 5: judging, answering, and looking back over everything
pub mod assessment;
pub mod answers;
pub mod interviews;
pub mod overview;
pub mod search;
pub mod retention;
pub mod start;
pub mod insights;
// floor 6: assembly, the only floor that knows all
pub mod api;
pub mod timetable;
pub mod routes;
pub mod app;
pub mod demo;
pub mod backup;
pub mod doctor;
pub mod cli;
