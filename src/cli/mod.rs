//! The command itself: arguments in, exit code out; one file per subcommand.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the edge: files, environment, terminal and clock belong here"
)]

mod args;
mod atomic;
mod audit;
mod check_config;
mod clock;
mod explain;
mod failure;
mod greeting;
mod init;
mod inputs;
mod job;
mod job_counts;
mod judge;
mod labels;
mod logbook;
mod logbook_path;
mod measure;
#[cfg(feature = "columnar")]
mod measure_bytes;
mod ndjson_reader;
mod note;
mod output;
mod own_files;
mod present;
mod progress;
mod report;
mod result_copy;
mod row_source;
mod row_writer;
mod run_file;
mod schema;
mod settings;
mod show;
#[cfg(feature = "columnar")]
mod stdin_file;
mod stop;
mod unchanged_job;
mod what_if;

use std::process::ExitCode;

use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use failure::Failure;

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    if greeting::is_wanted() {
        return ended(greeting::run());
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    ended(dispatch(arguments.command))
}

fn ended(result: Result<(), Failure>) -> ExitCode {
    result.map_or_else(|failure| report(&failure), |()| ExitCode::SUCCESS)
}

fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Measure(arguments) => measure::run(&arguments),
        Command::Judge(arguments) => judge::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Note(arguments) => note::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Labels(arguments) => labels::run(&arguments),
        Command::Logbook(arguments) => logbook::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::CheckConfig(arguments) => check_config::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "talktest", &mut script);
            output::print(&String::from_utf8_lossy(&script))
        }
        Command::Man => {
            let mut command = Arguments::command();
            // Only a built command knows the full names of its parts.
            command.build();
            let mut pages = Vec::new();
            manual(&command, &mut pages)?;
            output::print(&String::from_utf8_lossy(&pages))
        }
    }
}

/// The pages of a command and of all its parts, one after the other.
fn manual(command: &clap::Command, pages: &mut Vec<u8>) -> std::io::Result<()> {
    clap_mangen::Man::new(command.clone()).render(pages)?;
    let parts = command.get_subcommands().filter(|part| part.get_name() != "help");
    parts.into_iter().try_for_each(|part| manual(part, pages))
}

/// Help and version are results; everything else is said as a mistake.
fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render();
    if error.use_stderr() {
        output::warn(&text.to_string());
        return ExitCode::from(2);
    }
    let text = if output::has_colour() { text.ansi().to_string() } else { text.to_string() };
    ended(output::print(&text))
}

fn report(failure: &Failure) -> ExitCode {
    match failure {
        Failure::Condition(condition) => {
            output::warn(condition);
            ExitCode::from(1)
        }
        Failure::Usage(error) => {
            output::error(&format!("talktest: {error:#}"));
            ExitCode::from(2)
        }
        Failure::Logbook(error) => {
            output::error(&format!("talktest: {error:#}"));
            ExitCode::from(74)
        }
        Failure::Busy(why) => {
            output::error(&format!("talktest: {why}"));
            ExitCode::from(75)
        }
        Failure::Stopped(code, saved) => {
            output::warn(&format!("Stopped. {saved}"));
            ExitCode::from(*code)
        }
        Failure::Output(error) => {
            output::error(&format!("talktest: the output could not be written: {error}"));
            ExitCode::from(74)
        }
    }
}
