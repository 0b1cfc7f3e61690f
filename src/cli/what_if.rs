//! `show --what-if`: the verdicts of one run at other limits.

use super::args::{MovedBy, WhatIf};
use crate::report::what_if::stretches;
use crate::review::ReviewedRun;
use crate::units::BeatsPerMinute;

/// One paragraph for each limit that is asked about.
pub fn text(run: &ReviewedRun, asked: &[WhatIf]) -> String {
    asked.iter().map(|asked| paragraph(run, asked)).collect()
}

fn paragraph(run: &ReviewedRun, asked: &WhatIf) -> String {
    let moved = run.moved_limits.as_ref();
    let evidence = &run.evidence;
    let (name, own, verdicts) = match asked.limit {
        MovedBy::Ceiling => (
            "ceiling",
            run.lines.map(|lines| lines.ceiling),
            moved.and_then(|moved| moved.ceiling.as_deref()),
        ),
        MovedBy::Maximum => (
            "maximum",
            evidence.max.map(|max| max.bpm),
            moved.and_then(|moved| moved.maximum.as_deref()),
        ),
        MovedBy::Resting => (
            "resting heart rate",
            evidence.resting.map(|resting| resting.bpm),
            moved.and_then(|moved| moved.resting.as_deref()),
        ),
    };
    let Some((own, verdicts)) = own.map(BeatsPerMinute::get).zip(verdicts) else {
        return format!("\nThe {name} cannot be moved: this run was not judged by it.\n");
    };
    let shown = stretches(verdicts, own).into_iter().filter_map(|(range, verdict)| {
        let wanted = asked.bpm.clone().unwrap_or_else(|| range.clone());
        let (from, to) = (*range.start().max(wanted.start()), *range.end().min(wanted.end()));
        (from <= to).then(|| format!("  {from}–{to} bpm: {}\n", verdict.title()))
    });
    let lines: String = shown.collect();
    let reach = own.round();
    let beyond = asked.bpm.as_ref().is_some_and(|wanted| {
        f64::from(*wanted.start()) < reach - 15.0 || f64::from(*wanted.end()) > reach + 15.0
    });
    let beyond = if beyond {
        format!("  Only {} to {} bpm can be asked.\n", reach - 15.0, reach + 15.0)
    } else {
        String::new()
    };
    format!("\nWith another {name} (yours is {reach} bpm):\n{lines}{beyond}")
}
