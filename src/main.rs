//! The `talktest` command: arguments in, exit code out.

use std::process::ExitCode;

/// Rows are small and live long, files are large and do not: the system's allocator keeps the pages
/// of thousands of files for the sake of the rows between them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    talktest::cli::run()
}
