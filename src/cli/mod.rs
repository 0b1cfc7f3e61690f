//! The edge: one file per command.

mod args;
mod audit;
mod check_config;
mod explain;
mod gather;
mod init;
mod output;
mod progress;
mod settings;
mod show;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Arguments, Command};

/// How a command ends when it does not end well.
#[derive(Debug)]
pub enum Failure {
    /// A `--fail-on` condition holds.
    Condition(String),
    /// Arguments or settings are wrong, or a named path is missing.
    Usage(anyhow::Error),
    /// An output could not be written.
    Output(std::io::Error),
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

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; a closed pipe under them is none either.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match dispatch(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report(&failure),
    }
}

fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::CheckConfig(arguments) => check_config::run(&arguments),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "talktest", &mut script);
            output::print(&String::from_utf8_lossy(&script))
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
            output::print(&String::from_utf8_lossy(&page))
        }
    }
}

fn report(failure: &Failure) -> ExitCode {
    match failure {
        Failure::Condition(condition) => {
            output::say(condition);
            ExitCode::from(1)
        }
        Failure::Usage(error) => {
            output::say(&format!("talktest: {error:#}"));
            ExitCode::from(2)
        }
        Failure::Output(error) => {
            output::say(&format!("talktest: the output could not be written: {error}"));
            ExitCode::from(74)
        }
    }
}
