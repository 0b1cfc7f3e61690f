//! The runs of a review as a table: a line for each, or with `-v` the whole reason.

use super::columns::{self, RunRow};
use super::one_line;
use super::paint::{Paint, of_verdict};
use crate::audit::wording::{Wording, clock, plain};
use crate::audit::{Audit, Certainty};
use crate::report::output::Style;
use crate::report::pace::believable;
use crate::report::sanitize::sanitize;
use crate::report::short_reason::short_reason;
use crate::report::{summary, words};
use crate::review::ReviewedRun;

/// A table of these runs.
pub(super) fn table(runs: &[ReviewedRun], style: &Style) -> String {
    let several = runs.iter().any(|run| run.measured.athlete != runs[0].measured.athlete);
    let rows: Vec<RunRow> = runs.iter().map(|run| row(run, several, style)).collect();
    if style.verbose { columns::table(&rows, style) } else { one_line::table(&rows, style) }
}

fn row(run: &ReviewedRun, with_athlete: bool, style: &Style) -> RunRow {
    let row = &run.measured.row;
    let wording = Wording { units: style.units };
    let pace = believable(row.pace());
    let estimated = if row.speed_is_estimated() && pace.is_some() { "~" } else { "" };
    let pace = pace.map_or("–".to_owned(), |pace| wording.pace(pace));
    let name = if with_athlete {
        format!("{}: {}", run.measured.athlete, run.title())
    } else {
        run.title().to_owned()
    };
    let share = run.audit.as_deref().and_then(summary::share_above);
    let cells = [
        run.start.time.format("%Y-%m-%d").to_string(),
        sanitize(&name, 60),
        clock(row.durations.moving.get()),
        format!("{estimated}{pace}"),
        row.heart_rate.mean.map_or("–".to_owned(), |mean| plain(mean.get(), 0)),
        share.map_or("–".to_owned(), |share| format!("{} %", plain(share, 0))),
    ];
    let (verdict, colour, reason) = run.audit.as_deref().map_or_else(
        || {
            (
                format!("session: {}", run.session.name().replace('_', " ")),
                Paint::Plain,
                String::new(),
            )
        },
        verdict,
    );
    let short = run.audit.as_deref().map_or_else(String::new, short_reason);
    RunRow { cells, verdict, colour, reason, short }
}

/// The verdict and how sure it is, its colour, and why.
fn verdict(audit: &Audit) -> (String, Paint, String) {
    let ruling = &audit.ruling;
    let (sign, colour) = of_verdict(ruling.verdict);
    let doubt = match ruling.certainty {
        None | Some(Certainty::Firm) => String::new(),
        Some(certainty) => format!(" ({})", certainty.title()),
    };
    let leaning = ruling.leaning.map_or(String::new(), |one| format!(" {}", words::leaning(one)));
    let title = format!("{sign} {}{doubt}", ruling.verdict.title().to_uppercase());
    (title, colour, format!("{}{leaning}", ruling.because))
}
