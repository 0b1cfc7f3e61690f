//! The `talktest` command: arguments in, exit code out.
//!
//! Everything that touches files, environment, terminal and clock lies below this file; the
//! library is pure.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the edge: files and environment belong here"
)]

mod cli;
mod logbook;
mod source;

use std::process::ExitCode;

/// Rows are small and live long, files are large and do not: the system's allocator keeps the pages
/// of thousands of files for the sake of the rows between them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
