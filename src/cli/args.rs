//! The arguments of the command line.

mod common;
mod formats;
mod inputs;
mod jobs;
mod notes;
mod registry_values;
mod review;
mod shown_run;
mod what_if;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::report::machine::schema::{CONTRACTS, Contract};

pub use common::{Common, ProgressChoice};
#[cfg(feature = "columnar")]
pub use formats::BytesFrom;
pub use formats::{RowFormat, SchemaFormat};
pub use inputs::{InputArguments, MeasureArguments, Missing};
pub use notes::{NoteArguments, NotedRun};
pub use review::{FailOn, JudgeArguments, ReviewArguments, Since};
pub use shown_run::ShownRun;
pub use what_if::{MovedBy, WhatIf};

pub use jobs::{
    ForgetArguments, JobArguments, LogFormat, LogbookArguments, LogbookChoice, LogbookTask,
};

/// Tells a runner, for every run labelled recovery, whether it really stayed easy enough to talk and
/// short, and why.
#[derive(Debug, Parser)]
#[command(name = "talktest", version, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done (files that could not be used are reported) · 1 a --fail-on condition holds · \
2 usage or settings wrong, or a named path missing · 74 an output or the logbook that was asked for could not be \
written · 75 another job holds the logbook · 130, 143 stopped.\n\
It never uses the network. It is no medical advice.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit every run labelled recovery in folders of watch exports (FIT, GPX, TCX).
    Audit(AuditArguments),
    /// Write one row per activity (NDJSON), to be judged elsewhere or later.
    ///
    /// Every file is at least one line: a line for each session of a recording, one line for every
    /// other file. Lines come in the order of the files, whatever the number of threads.
    Measure(MeasureArguments),
    /// Judge the rows of `measure` on standard input, in any order.
    ///
    /// The result is that of `audit` for the same files and settings. Settings come from --config,
    /// else from talktest.toml in the current folder; plan and notes lie beside them.
    Judge(JudgeArguments),
    /// Show one run, judged as if it were a recovery run; of an archive, list its runs.
    ///
    /// It is judged as the audit of its folder would judge it: with the runs and the settings of the
    /// nearest folder around it that has a talktest.toml, else of the folder it lies in.
    Show(ShowArguments),
    /// Write down what only you know of a run: how hard it was, how you felt, what it was meant to be.
    ///
    /// The line goes into the notes file that audits read. Shown are the line, and the verdict before
    /// and after.
    Note(NoteArguments),
    /// Explain a criterion in full; without an id, list them all.
    Explain(ExplainArguments),
    /// List every label source of each run and explain which one was used.
    Labels(LabelsArguments),
    /// Inspect the logbook that audits keep, or remove files from it.
    Logbook(LogbookArguments),
    /// Write a commented settings file to start from.
    Init(InitArguments),
    /// Check a settings file and list every mistake in it.
    CheckConfig(CheckConfigArguments),
    /// Write the JSON Schema of an output for programs.
    Schema(SchemaArguments),
    /// Write a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual page.
    Man,
}

#[derive(Debug, Args)]
pub struct AuditArguments {
    #[command(flatten)]
    pub inputs: InputArguments,
    #[command(flatten)]
    pub review: ReviewArguments,
    #[command(flatten)]
    pub job: JobArguments,
}

#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Whose contract: of audit --format json, of the lines of measure, of labels --format json.
    #[arg(value_parser = registry_values::contracts(), default_value = CONTRACTS[0].id)]
    pub contract: &'static Contract,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = SchemaFormat::Json)]
    pub format: SchemaFormat,
}

#[derive(Debug, Args)]
pub struct ShowArguments {
    /// The file; of an archive with several runs a list is shown.
    pub file: PathBuf,
    /// Of an archive, the run of this day (YYYY-MM-DD), or with this in its name.
    #[arg(long, value_name = "DAY|NAME")]
    pub run: Option<ShownRun>,
    /// Of an archive, show every run in full.
    #[arg(long)]
    pub all: bool,
    /// Judge the file by itself, without the history, settings, plan and notes of its folder.
    #[arg(long)]
    pub alone: bool,
    /// Show the verdicts at other limits: ceiling, maximum or resting, with a range of bpm up to 15
    /// from your own, such as ceiling=140..160; without a range, all that can be asked.
    #[arg(long, value_name = "LIMIT[=FROM..TO]", value_parser = what_if::asked)]
    pub what_if: Vec<WhatIf>,
    #[command(flatten)]
    pub common: Common,
    #[command(flatten)]
    pub logbook: LogbookChoice,
}

#[derive(Debug, Args)]
pub struct LabelsArguments {
    /// Folders and files to read.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// How the result is written.
    #[arg(long, value_enum, default_value_t = LabelsFormat::Table)]
    pub format: LabelsFormat,
    #[command(flatten)]
    pub common: Common,
}

/// How labels are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LabelsFormat {
    /// Text for people.
    Table,
    /// One JSON document.
    Json,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The id of a criterion, such as time-above-ceiling.
    pub id: Option<String>,
    /// Explain every criterion, as one page of Markdown.
    #[arg(long, conflicts_with = "id")]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder to write talktest.toml into.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Replace a file that is already there.
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct CheckConfigArguments {
    /// The settings file, or the folder that holds it.
    #[arg(default_value = "talktest.toml")]
    pub file: PathBuf,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
