//! The `talktest` command: arguments in, exit code out.
//!
//! Everything that touches files, environment, terminal and clock lies below this file; the
//! library is pure.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the edge: files and environment belong here"
)]

mod cli;
mod source;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
