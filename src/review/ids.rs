//! In which order the runs stand, and what each of them is called.

use std::collections::BTreeMap;

use chrono::SecondsFormat;

use super::run::ReviewedRun;

/// Sorts by athlete, start and first path, and gives every run its id.
pub(super) fn put_in_order(runs: &mut [ReviewedRun]) {
    runs.sort_by(|left, right| {
        let key =
            |run: &ReviewedRun| (run.measured.athlete.clone(), run.measured.row.metadata.start);
        key(left).cmp(&key(right)).then_with(|| left.measured.sources.cmp(&right.measured.sources))
    });
    let mut given: BTreeMap<(String, String), usize> = BTreeMap::new();
    for run in runs {
        let id = without_number(run);
        let count = given.entry((run.measured.athlete.clone(), id.clone())).or_default();
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
