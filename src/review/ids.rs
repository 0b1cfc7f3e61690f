//! What each run is called.

use std::collections::BTreeMap;

use chrono::SecondsFormat;

use super::run::ReviewedRun;

/// Gives every run of an athlete its id; the runs stand by start and first path.
pub(super) fn give_ids(own: &mut [Box<ReviewedRun>]) {
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    for run in own {
        let id = without_number(run);
        let count = given.entry(id.clone()).or_default();
        *count += 1;
        run.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

/// `<start UTC>-<sport>`.
fn without_number(run: &ReviewedRun) -> String {
    let recorded = &run.measured.row.metadata;
    let start = recorded.start.date_time().map_or_else(
        || recorded.start.0.to_string(),
        |time| time.to_rfc3339_opts(SecondsFormat::Secs, true),
    );
    format!("{start}-{}", recorded.sport.name())
}
