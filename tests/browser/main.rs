//! Every page in a real browser: axe with all of its rules at two widths, no sideways scrolling, no script error, no style or
//! script that the content policy had to stop; the staff pages by keyboard alone; the way in and around with
//! JavaScript off; and the whole main job by each person against a running binary.
//!
//! Needs Chromium and chromedriver (Debian: `chromium`, `chromium-driver`); `tests/run` installs them.
#![expect(clippy::unwrap_used, reason = "a test may fall with a bare unwrap")]

mod chromium;
mod counting;
mod day;
mod demo;
mod desk;
mod flow;
mod walk;

#[expect(dead_code, reason = "the suite uses more of it")]
#[path = "../suite/harness/mod.rs"]
mod harness;
