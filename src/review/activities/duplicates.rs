//! Which recordings are of the same activity.
//!
//! Nobody does two activities of one sport at the same time, so two recordings of one athlete are
//! the same activity where their bytes are equal, or where they overlap and went equally far.

use super::copies::{known_sport, merge_copies};
use crate::activity::Sport;
use crate::ingest::MeasuredSession;
use crate::metrics::{DamagedChannels, RunMetrics};

/// The share of the longer recording that both cover.
const OVERLAP: f64 = 0.8;
/// The share of a broken-off recording that the whole one covers, and how far apart they begin.
const OVERLAP_BROKEN_OFF: f64 = 0.95;
const SAME_START_S: f64 = 60.0;
/// How much the distances may differ, as a share of the longer one and in metres: satellites and
/// foot pods see the same distance differently.
const DISTANCE_SHARE: f64 = 0.1;
const DISTANCE_M: f64 = 100.0;
/// Recordings that overlap with one and are compared with it: nobody wears so many watches.
const MOST_COPIES: usize = 200;
/// Merges the recordings of each athlete, in whatever order they come.
pub(super) fn merge(
    mut measured: Vec<MeasuredSession>,
) -> Result<Vec<MeasuredSession>, DamagedChannels> {
    measured
        .sort_by(|left, right| left.athlete.cmp(&right.athlete).then_with(|| earlier(left, right)));
    let mut groups = Groups::of(&measured);
    for first in 0..measured.len() {
        let end = span(&measured[first].row).1;
        let later = (first + 1..measured.len()).take_while(|&later| {
            measured[later].athlete == measured[first].athlete
                && span(&measured[later].row).0 <= end
        });
        let later = later.take(MOST_COPIES);
        later
            .filter(|&later| is_same(&measured[first], &measured[later]))
            .for_each(|later| groups.join(first, later));
    }
    let with_root = |(place, run)| (groups.root(place), run);
    let mut runs: Vec<(usize, MeasuredSession)> =
        measured.into_iter().enumerate().map(with_root).collect();
    runs.sort_by_key(|(root, _)| *root);
    let mut runs = runs.into_iter().peekable();
    let groups = std::iter::from_fn(|| {
        let (root, first) = runs.next()?;
        let others = std::iter::from_fn(|| runs.next_if(|(other, _)| *other == root));
        Some(std::iter::once(first).chain(others.map(|(_, run)| run)).collect())
    });
    groups.filter_map(|group| merge_copies(group).transpose()).collect()
}

fn earlier(left: &MeasuredSession, right: &MeasuredSession) -> std::cmp::Ordering {
    let key = |run: &MeasuredSession| (run.row.metadata.start, run.content);
    key(left).cmp(&key(right)).then_with(|| left.sources.cmp(&right.sources))
}

/// From start to end, in seconds since 1970.
fn span(row: &RunMetrics) -> (f64, f64) {
    let start = row.metadata.start.0 as f64 / 1000.0;
    (start, start + row.durations.elapsed.get())
}

fn is_same(left: &MeasuredSession, right: &MeasuredSession) -> bool {
    let (one, other) = (&left.row, &right.row);
    if left.content == right.content && one.metadata.session == other.metadata.session {
        return true;
    }
    let ((start, end), (other_start, other_end)) = (span(one), span(other));
    let both = end.min(other_end) - start.max(other_start);
    let (length, other_length) = (end - start, other_end - other_start);
    let is_part = |part: &RunMetrics, length: f64| {
        part.metadata.breaks_off && both >= OVERLAP_BROKEN_OFF * length && both > 0.0
    };
    if is_part(one, length) || is_part(other, other_length) {
        return (start - other_start).abs() <= SAME_START_S;
    }
    both > 0.0 && both >= OVERLAP * length.max(other_length) && is_as_far(one, other)
}

/// Without a distance, nothing speaks against it.
fn is_as_far(one: &RunMetrics, other: &RunMetrics) -> bool {
    one.distances.distance.zip(other.distances.distance).is_none_or(|(one, other)| {
        let (one, other) = (one.get(), other.get());
        (one - other).abs() <= DISTANCE_M.max(DISTANCE_SHARE * one.max(other))
    })
}

/// Which recordings are of one activity, none of them of two sports.
struct Groups {
    parent: Vec<usize>,
    sport: Vec<Option<Sport>>,
}

impl Groups {
    fn of(measured: &[MeasuredSession]) -> Self {
        let sport = measured.iter().map(|run| known_sport(&run.row.metadata.sport)).collect();
        Self { parent: (0..measured.len()).collect(), sport }
    }

    fn root(&self, mut place: usize) -> usize {
        while self.parent[place] != place {
            place = self.parent[place];
        }
        place
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        let sport = match (&self.sport[left], &self.sport[right]) {
            (Some(one), Some(other)) if one != other => return,
            (one, other) => one.clone().or_else(|| other.clone()),
        };
        let (root, leaf) = (left.min(right), left.max(right));
        self.parent[leaf] = root;
        self.sport[root] = sport;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{LabelSource, LabelText, Rating};
    use crate::ingest::{ContentHash, Source};
    use crate::metrics::{RecordedMetadata, Resampled, measure_series};
    use crate::units::UnixTime;

    struct Recording {
        path: &'static str,
        start_s: i64,
        minutes: usize,
        metres: f64,
        beats: Option<u16>,
        sport: Sport,
        athlete: &'static str,
    }

    const RUN: Recording = Recording {
        path: "a.fit",
        start_s: 1_777_840_200,
        minutes: 30,
        metres: 4_500.0,
        beats: Some(130),
        sport: Sport::Running,
        athlete: "me",
    };

    fn measured(recording: Recording) -> MeasuredSession {
        let Recording { path, start_s, minutes, metres, beats, sport, athlete } = recording;
        let series = crate::metrics::testing::run(60 * minutes, |_| (beats, 2_500, 166));
        let recorded = RecordedMetadata {
            start: UnixTime::from_seconds(start_s),
            sport,
            texts: vec![LabelText { source: LabelSource::Title, text: format!("{path} title") }],
            rating: Rating { exertion: None, feel: Some(50) },
            ..RecordedMetadata::default()
        };
        let resampled =
            Resampled { series, distance_m: Some(metres), ascent_m: None, speed_recorded: true };
        let row = measure_series(recorded, resampled);
        let source = Source { path: path.to_owned(), format: "fit".into(), session: 0 };
        MeasuredSession {
            athlete: athlete.to_owned(),
            sources: vec![source],
            content: ContentHash::of(path.as_bytes()),
            listed: Vec::new(),
            copies: Vec::new(),
            row: Box::new(row),
        }
    }

    fn merged(recordings: Vec<Recording>) -> Vec<Vec<String>> {
        let mut backwards: Vec<MeasuredSession> = recordings.into_iter().map(measured).collect();
        let forwards = backwards.clone();
        backwards.reverse();
        let paths = |runs: Vec<MeasuredSession>| -> Vec<Vec<String>> {
            let of =
                |run: MeasuredSession| run.sources.into_iter().map(|source| source.path).collect();
            merge(runs).unwrap().into_iter().map(of).collect()
        };
        let found = paths(forwards);
        assert_eq!(found, paths(backwards), "the order of files changes nothing");
        found
    }

    #[test]
    fn watch_and_phone_recorded_one_run_and_the_heart_rate_counts() {
        let phone = Recording {
            path: "phone.gpx",
            start_s: RUN.start_s + 9,
            metres: 4_610.0,
            beats: None,
            ..RUN
        };
        assert_eq!(merged(vec![phone, RUN]), [["a.fit", "phone.gpx"]]);
    }

    #[test]
    fn what_each_recording_states_is_kept_with_its_path() {
        let phone = Recording { path: "phone.gpx", beats: None, ..RUN };
        let runs = merge(vec![measured(phone), measured(RUN)]).unwrap();
        let copy = &runs[0].copies[0];
        assert_eq!(
            (copy.by.as_str(), copy.texts[0].text.as_str()),
            ("phone.gpx", "phone.gpx title")
        );
        assert_eq!(runs[0].row.metadata.texts[0].text, "a.fit title");
    }

    #[test]
    fn what_differs_in_distance_time_sport_or_athlete_stays_apart() {
        let apart = |other: Recording| assert_eq!(merged(vec![RUN, other]).len(), 2);
        apart(Recording { path: "b.fit", metres: 5_100.0, ..RUN });
        apart(Recording { path: "b.fit", start_s: RUN.start_s + 1801, ..RUN });
        apart(Recording { path: "b.fit", minutes: 20, ..RUN });
        apart(Recording { path: "b.fit", sport: Sport::Cycling, ..RUN });
        apart(Recording { path: "b.fit", athlete: "ben", ..RUN });
    }

    #[test]
    fn two_sports_do_not_meet_in_a_recording_without_one() {
        let ride = Recording { path: "b.fit", sport: Sport::Cycling, ..RUN };
        let unstated = Recording { path: "c.gpx", sport: Sport::Unspecified, beats: None, ..RUN };
        assert_eq!(merged(vec![RUN, ride, unstated]).len(), 2);
    }

    #[test]
    fn a_recording_that_breaks_off_is_part_of_the_whole_one() {
        let mut cut = measured(Recording { path: "cut.fit", minutes: 10, metres: 1_500.0, ..RUN });
        cut.row.metadata.breaks_off = true;
        let runs = merge(vec![cut, measured(RUN)]).unwrap();
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].path(), "a.fit");
    }
}
