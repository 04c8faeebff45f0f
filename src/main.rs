//! The program: hands over to whoever does what the command line asks for.

use std::process::ExitCode;

use opslag::applications::papers;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    // before anything else is read or opened: this child is to have nothing
    if args.next().is_some_and(|a| a == papers::CHILD) {
        return match papers::read_stdin(&args.next().unwrap_or_default()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    ExitCode::SUCCESS
}
