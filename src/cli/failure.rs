//! The ways in which a command ends badly.

/// How a command ends when it does not end well.
#[derive(Debug)]
pub enum Failure {
    /// A `--fail-on` condition holds.
    Condition(String),
    /// Arguments or settings are wrong, or a named path is missing.
    Usage(anyhow::Error),
    /// An output could not be written.
    Output(std::io::Error),
    /// The logbook that was asked for cannot be opened or written.
    Logbook(anyhow::Error),
    /// Another job holds the logbook.
    Busy(String),
    /// Somebody stopped the job: the exit code, and what became of its work.
    Stopped(u8, &'static str),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Usage(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}
