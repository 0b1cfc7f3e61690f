//! `talktest judge`: the rows of any number of measurings, in any order, to verdicts.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use rayon::prelude::*;

use super::args::{JudgeArguments, Since};
use super::failure::Failure;
use super::ndjson_reader::NumberedLine;
use super::output::{self, Notice};
use super::report::ReportFolder;
use super::result_copy::ResultCopy;
use super::row_source::{self, RowSource};
use super::{clock, present, settings};
use crate::files::Spool;
use crate::ingest::FileProblem;
use crate::review::NoCache;
use crate::rows::{self, Collector, Line};

/// Unusable lines that are named on standard error.
const MOST_NAMED: usize = 5;

pub fn run(arguments: &JudgeArguments) -> Result<(), Failure> {
    let JudgeArguments { input, review: arguments } = arguments;
    if arguments.since == Some(Since::Last) {
        return Err(anyhow!("--since last is for audit: rows know of no earlier job").into());
    }
    let beside = folder_of_settings(arguments.common.config.as_deref());
    let loaded = settings::load(&arguments.common, &[beside], arguments.quiet)?;
    let selection = present::selection(arguments, &loaded.settings)?;
    let folder = arguments.report.as_deref().map(ReportFolder::open).transpose()?;
    if output::is_typed() {
        return Err(anyhow!(
            "rows are read from standard input: talktest measure … | talktest judge"
        )
        .into());
    }
    let collector = row_source::open(*input).and_then(|mut rows| collect(rows.as_mut()));
    let collector = collector.context("standard input cannot be read")?;
    let mut collected = collector.finish(&loaded.settings, arguments.athlete.as_deref());
    collected.gathered.leave_out_future(clock::now());
    if !collected.is_used && !collected.unusable.is_empty() {
        let lines = named(&collected.unusable);
        return Err(anyhow!("no line of standard input can be used:\n{lines}").into());
    }
    if !collected.unusable.is_empty() && !arguments.quiet {
        output::warn(&format!("Not usable:\n{}", named(&collected.unusable)));
    }
    let review =
        present::review(collected.gathered, &loaded, &selection, folder.as_ref(), &NoCache)?;
    let _ = present::write(&review, &loaded, arguments, &mut ResultCopy::none())?;
    present::messages(&review, arguments).iter().for_each(Notice::print);
    if let Some(folder) = &folder {
        present::report(&review, &loaded, arguments, folder)?;
        present::point_to(folder, arguments)?;
    }
    present::conditions(&review, arguments)
}

/// Where plan and notes lie that the settings do not name.
fn folder_of_settings(config: Option<&Path>) -> PathBuf {
    config.map_or_else(
        || PathBuf::from("."),
        |file| file.parent().unwrap_or_else(|| Path::new("")).to_owned(),
    )
}

fn collect(lines: &mut dyn RowSource) -> Result<Collector> {
    let mut collector = Collector::default();
    let spool = Spool::default();
    loop {
        let batch = lines.batch()?;
        if batch.is_empty() {
            return Ok(collector);
        }
        let read = |line: NumberedLine| {
            let mut outcome = line.bytes.and_then(|bytes| rows::read(&bytes));
            if let Ok(Line::File { reading, .. }) = &mut outcome {
                spool.put_away(reading);
            }
            (line.number, outcome)
        };
        let outcomes: Vec<(u64, Result<Line, _>)> = batch.into_par_iter().map(read).collect();
        outcomes.into_iter().for_each(|(number, line)| collector.add(number, line));
    }
}

fn named(unusable: &[FileProblem]) -> String {
    let named = unusable.iter().take(MOST_NAMED);
    let mut lines: Vec<String> =
        named.map(|line| format!("  {}: {}", line.path, line.problem)).collect();
    if unusable.len() > MOST_NAMED {
        lines.push(format!("  … and {} more", unusable.len() - MOST_NAMED));
    }
    lines.join("\n")
}
