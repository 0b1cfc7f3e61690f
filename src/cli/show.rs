//! `talktest show`: one run, judged as if it were a recovery run.

use std::path::Path;

use anyhow::{Context, bail};
use talktest::athlete::AnchorEvidence;
use talktest::report::terminal::run_view::run_view;
use talktest::review::{Review, Selection, review};

use super::args::ShowArguments;
use super::output::name;
use super::{Failure, ingest, output, settings};
use crate::source;

pub fn run(arguments: &ShowArguments) -> Result<(), Failure> {
    if arguments.file.is_dir() {
        return Err(anyhow::anyhow!(
            "{} is a folder; `talktest audit` reads folders",
            name(&arguments.file)
        )
        .into());
    }
    let paths = [arguments.file.clone()];
    let loaded = settings::load(&arguments.common, &paths, true)?;
    let walk = source::walk(&paths)?;
    let gathered = ingest::ingest(&walk, &loaded.settings, None, false);
    let selection = Selection { as_recovery: true, ..Selection::default() };
    let review = review(gathered, &loaded.settings, &loaded.side_files, &selection)
        .map_err(anyhow::Error::from)?;
    let text = sheets(&review, &arguments.file, &output::style(loaded.settings.units, true))?;
    output::print(&text)
}

fn sheets(review: &Review, file: &Path, style: &talktest::report::Style) -> anyhow::Result<String> {
    for problem in &review.problems {
        output::say(&format!("{}: {}", name(Path::new(&problem.path)), problem.problem));
    }
    if review.runs.is_empty() {
        match review.not_runs.first() {
            Some(not_run) => bail!("{} is not a run: {}", name(file), not_run.what),
            None => bail!("{} holds no run that can be used", name(file)),
        }
    }
    let anchors =
        review.athletes.first().map_or_else(AnchorEvidence::default, |athlete| athlete.anchors);
    let sessions = review.runs.len() + review.not_runs.len();
    let sheets = review.runs.iter().map(|run| run_view(run, sessions, &anchors, style));
    Ok(sheets.collect::<Result<Vec<_>, _>>().context("the run cannot be drawn")?.join("\n"))
}
