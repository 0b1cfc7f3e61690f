//! The one place that writes: results to standard output, everything else to standard error.
#![allow(clippy::print_stderr, reason = "this is the place that prints")]

use std::io::{self, IsTerminal, Write};

use talktest::report::Style;
use talktest::settings::UnitSystem;

use super::Failure;

/// Columns where there is no terminal.
const WIDTH: u16 = 120;

/// Writes a result; a pipe that was closed early is no error.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Says something beside the result.
pub fn say(text: &str) {
    eprintln!("{text}");
}

/// How text for people is written here.
pub fn style(units: UnitSystem, verbose: bool) -> Style {
    let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0);
    let colour = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    Style { units, width: width.clamp(60, 200), colour, verbose }
}

/// Whether somebody watches standard error.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}
