//! Figures as ratios, all measured in one run on one machine: `cargo bench --bench ratios` for all,
//! `cargo bench --bench ratios -- page start` for some. What they are measured against is installed by
//! `tests/peers/install bench` (as root) and started by `tests/peers`.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

mod deliveries;
mod filled;
mod ground;
mod intake;
mod overview;
mod page;
mod picture;
mod search;
mod start;
mod texts;

#[path = "../suite/harness/peers.rs"]
#[expect(dead_code, reason = "the suite uses more of it")]
mod peers;

use std::process::{Command, ExitCode};

use ground::{Error, Ground, say};

type Bench = fn(&Ground) -> Result<(), Error>;

const BENCHES: [(&str, Bench); 7] = [
    ("page", page::run),
    ("start", start::run),
    ("picture", picture::run),
    ("intake", intake::run),
    ("deliveries", deliveries::run),
    ("overview", overview::run),
    ("search", search::run),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    if let Some(unknown) = wanted.iter().find(|w| BENCHES.iter().all(|(name, _)| name != w)) {
        say(&format!("there is no bench {unknown}; there are: {}", BENCHES.map(|(name, _)| name).join(", ")));
        return ExitCode::FAILURE;
    }
    let install = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/install");
    if !Command::new(install).arg("bench").status().is_ok_and(|s| s.success()) {
        say("not everything to measure against could be installed; the benches say what they miss");
    }
    let ground = Ground::default();
    let mut failed = false;
    for (name, run) in BENCHES {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            if let Err(error) = run(&ground) {
                say(&format!("{name}: {error}"));
                failed = true;
            }
            say("");
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
