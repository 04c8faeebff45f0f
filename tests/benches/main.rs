//! Figures as ratios, all measured in one run on one machine:
//! `cargo bench --bench ratios` for all, `cargo bench --bench ratios -- picture` for one.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

mod picture;
mod search;
mod texts;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let benches: [(&str, fn()); 2] = [("picture", picture::run), ("search", search::run)];
    for (name, run) in benches {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            run();
        }
    }
}
