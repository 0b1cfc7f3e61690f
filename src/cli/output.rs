//! The one place that writes: results to standard output, everything else to standard error.
#![allow(clippy::print_stderr, reason = "this is the place that prints")]

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::args::LogFormat;
use super::failure::Failure;
use crate::report::Style;
use crate::report::sanitize::{escaped, sanitize};
use crate::settings::UnitSystem;

/// Columns where there is no terminal.
const WIDTH: u16 = 120;
/// Bytes of a result that leave together.
const PORTION: usize = 64 << 10;
/// Characters of a path in a sentence.
const LONGEST_NAME: usize = 200;

/// Writes a result; a pipe that was closed early is no error.
pub fn print(text: &str) -> Result<(), Failure> {
    print_with(|out| out.write_all(text.as_bytes())).map(|_| ())
}

/// Writes a result that may be too large for memory; breaks where nobody reads it to its end.
pub fn print_with(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<ControlFlow<()>, Failure> {
    check_open()?;
    let mut stdout = BufWriter::with_capacity(PORTION, io::stdout().lock());
    unless_closed(write(&mut stdout).and_then(|()| stdout.flush()))
}

/// A standard output that was closed before the program began shows as the null device, opened for
/// reading too. Programs that start others leave the same where they throw everything away on
/// purpose, messages as well.
#[cfg(unix)]
fn check_open() -> io::Result<()> {
    if is_null_for_reading(io::stdout()) && !is_null_for_reading(io::stderr()) {
        return Err(io::Error::other("standard output is closed"));
    }
    Ok(())
}

#[cfg(unix)]
fn is_null_for_reading(stream: impl rustix::fd::AsFd) -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};
    let Ok(null) = stat("/dev/null") else { return false };
    let is_null = fstat(&stream)
        .is_ok_and(|place| place.st_rdev == null.st_rdev && place.st_ino == null.st_ino);
    is_null && fcntl_getfl(&stream).is_ok_and(|flags| flags & OFlags::RWMODE == OFlags::RDWR)
}

#[cfg(not(unix))]
fn check_open() -> io::Result<()> {
    Ok(())
}

/// Whether somebody still reads: a pipe that was closed early is no error.
fn unless_closed(written: io::Result<()>) -> Result<ControlFlow<()>, Failure> {
    match written {
        Ok(()) => Ok(ControlFlow::Continue(())),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ControlFlow::Break(())),
        Err(error) => Err(error.into()),
    }
}

/// A result that is written a few lines at a time.
pub struct LineWriter(BufWriter<StdoutLock<'static>>);

impl LineWriter {
    /// Takes standard output for itself.
    pub fn new() -> Self {
        Self(BufWriter::new(io::stdout().lock()))
    }

    /// Writes these lines, which are without their ends; breaks where nobody reads them any more.
    pub fn write(&mut self, lines: &[String]) -> Result<ControlFlow<()>, Failure> {
        check_open()?;
        let written = lines.iter().try_for_each(|line| writeln!(self.0, "{line}"));
        unless_closed(written.and_then(|()| self.0.flush()))
    }

    /// Writes these bytes; breaks where nobody reads them any more.
    #[cfg(feature = "columnar")]
    pub fn write_bytes(&mut self, bytes: &[u8]) -> Result<ControlFlow<()>, Failure> {
        check_open()?;
        unless_closed(self.0.write_all(bytes).and_then(|()| self.0.flush()))
    }
}

/// How messages are written; set once, before the first.
static LOG_FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// Has all messages written in this form.
pub fn log_as(format: LogFormat) {
    // Whoever comes second in one process changes nothing.
    let _ = LOG_FORMAT.set(format);
}

/// Something said beside a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// Something is not as it should be.
    Warning(String),
    /// Something is as it should be.
    Info(String),
}

impl Notice {
    /// Writes it to standard error.
    pub fn print(&self) {
        match self {
            Self::Warning(text) => warn(text),
            Self::Info(text) => info(text),
        }
    }
}

/// Warns beside the result; what comes from files or arguments is shown, never obeyed.
pub fn warn(text: &str) {
    log("warning", text);
}

/// Informs about something that is as it should be.
pub fn info(text: &str) {
    log("info", text);
}

/// Reports why there is no result.
pub fn error(text: &str) {
    log("error", text);
}

fn log(level: &str, text: &str) {
    match LOG_FORMAT.get() {
        Some(LogFormat::Json) => {
            let time = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
            let line = serde_json::json!({ "time": time, "level": level, "message": text });
            eprintln!("{}", escaped(&line.to_string()));
        }
        _ => text.lines().for_each(|line| eprintln!("{}", sanitize(line, usize::MAX))),
    }
}

/// A path as sentences name it.
pub fn name(path: &Path) -> String {
    sanitize(&path.strip_prefix(".").unwrap_or(path).to_string_lossy(), LONGEST_NAME)
}
/// How text for people is written here.
pub fn style(units: UnitSystem, verbose: bool) -> Style {
    let terminal = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0);
    let stated = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = terminal.or_else(stated).unwrap_or(WIDTH);
    Style { units, width: width.clamp(60, 200), colour: has_colour(), verbose }
}

/// Whether results may be coloured.
pub fn has_colour() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Whether standard input is a person rather than a file or a pipe.
pub fn is_typed() -> bool {
    io::stdin().is_terminal()
}

/// Whether results are shown to a person rather than kept or piped.
pub fn is_shown() -> bool {
    io::stdout().is_terminal()
}

/// Whether somebody watches standard error.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}
