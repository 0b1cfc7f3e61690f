//! Sessions that have not been yet: a clock was set wrong, or a date is damaged.

use std::collections::BTreeMap;

use super::{FileProblem, Ingested};
use crate::decode::{Problem, ProblemKind};
use crate::units::UnixTime;

/// Two clocks on earth, and two days of one moment, differ by no more, in ms.
const CLOCKS_DIFFER_MS: i64 = 26 * 3_600_000;

impl Ingested {
    /// Leaves out the sessions that begin after `now`, and names them: whoever calls has the clock.
    pub fn leave_out_future(&mut self, now: UnixTime) {
        let latest = UnixTime(now.0.saturating_add(CLOCKS_DIFFER_MS));
        let mut left_out: BTreeMap<String, Problem> = BTreeMap::new();
        self.measured.retain(|session| {
            let start = session.row.metadata.start;
            let is_past = start <= latest;
            if !is_past {
                left_out.entry(session.path().to_owned()).or_insert_with(|| problem(start));
            }
            is_past
        });
        for (path, problem) in left_out {
            // A file is lost where none of its sessions is left, and it is lost once.
            let is_used = self.measured.iter().any(|session| session.path() == path);
            let is_lost = self.problems.iter().any(|known| known.fatal && known.path == path);
            self.problems.push(FileProblem { path, problem, fatal: !is_used && !is_lost });
        }
    }
}

fn problem(start: UnixTime) -> Problem {
    let day =
        start.date_time().map_or_else(String::new, |time| format!(" on {}", time.date_naive()));
    let detail =
        format!("it begins{day}, which is still to come: the clock of the watch was wrong");
    Problem::new(ProblemKind::ImplausibleTime, detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{ContentHash, MeasuredSession, Source};
    use crate::metrics::{RecordedMetadata, Resampled, measure_series, testing};

    const NOW_S: i64 = 1_777_840_200;

    fn session(path: &str, start_s: i64) -> MeasuredSession {
        let recorded = RecordedMetadata {
            start: UnixTime::from_seconds(start_s),
            ..RecordedMetadata::default()
        };
        let resampled = Resampled {
            series: testing::run(600, |_| (None, 2_500, 166)),
            distance_m: None,
            ascent_m: None,
            speed_recorded: true,
        };
        MeasuredSession {
            athlete: "me".to_owned(),
            sources: vec![Source { path: path.to_owned(), format: "fit".into(), session: 0 }],
            content: ContentHash::default(),
            listed: Vec::new(),
            copies: Vec::new(),
            row: Box::new(measure_series(recorded, resampled)),
        }
    }

    #[test]
    fn what_is_still_to_come_is_named_and_left_out() {
        let (day, year) = (86_400, 366 * 86_400);
        let mut ingested = Ingested {
            measured: vec![
                session("now.fit", NOW_S),
                session("tomorrow.fit", NOW_S + day),
                session("both.fit", NOW_S - day),
                session("both.fit", NOW_S + year),
                session("later.fit", NOW_S + year),
                session("later.fit", NOW_S + 2 * year),
            ],
            ..Ingested::default()
        };
        ingested.leave_out_future(UnixTime::from_seconds(NOW_S));
        let left: Vec<&str> = ingested.measured.iter().map(MeasuredSession::path).collect();
        assert_eq!(left, ["now.fit", "tomorrow.fit", "both.fit"]);
        let named: Vec<(&str, bool)> = ingested
            .problems
            .iter()
            .map(|problem| (problem.path.as_str(), problem.fatal))
            .collect();
        assert_eq!(named, [("both.fit", false), ("later.fit", true)]);
        assert!(ingested.problems[1].problem.detail.starts_with("it begins on 2027-05-04,"));
    }
}
