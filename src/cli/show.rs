//! `talktest show`: one run, judged as if it were a recovery run.

use std::path::Path;

use anyhow::{Context, bail};

use super::args::ShowArguments;
use super::output::name;
use super::{Failure, inputs, output, settings};
use crate::athlete::AnchorEvidence;
use crate::files::{self, Ingestion};
use crate::report::terminal::run_view::run_view;
use crate::review::{Review, Selection, review};

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
    let walk = files::walk(&paths).map_err(inputs::missing)?;
    let ingested = Ingestion::new(&loaded.settings).ingest(&walk);
    let selection = Selection { as_recovery: true, ..Selection::default() };
    let review = review(ingested, &loaded.settings, &loaded.side_files, &selection)
        .map_err(anyhow::Error::from)?;
    let text = run_views(&review, &arguments.file, &output::style(loaded.settings.units, true))?;
    output::print(&text)
}

fn run_views(review: &Review, file: &Path, style: &crate::report::Style) -> anyhow::Result<String> {
    for problem in &review.problems {
        output::warn(&format!("{}: {}", name(Path::new(&problem.path)), problem.problem));
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
    let views = review.runs.iter().map(|run| run_view(run, sessions, &anchors, style));
    Ok(views.collect::<Result<Vec<_>, _>>().context("the run cannot be drawn")?.join("\n"))
}
