//! The `opslag` command: parse the command line, hand over to [`opslag::cli`].

use std::process::ExitCode;

use clap::Parser;
use opslag::{applications::papers, cli};

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    // before anything else is read or opened: this child, which reads strangers' files, is to have nothing
    if args.next().is_some_and(|a| a == papers::CHILD) {
        return match papers::read_stdin(&args.next().unwrap_or_default()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    cli::run(cli::Cli::parse())
}
