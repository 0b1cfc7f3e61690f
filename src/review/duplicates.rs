//! The same activity from several recordings becomes one: the richest counts, and what all of them
//! say is kept with who says it.
//!
//! Nobody does two activities of one sport at the same time, so two recordings of one athlete are
//! the same activity where their bytes are equal, or where they overlap and went equally far.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::activity::{FileAnchors, Sport};
use crate::annotations::Annotations;
use crate::ingest::MeasuredSession;
use crate::metrics::{DamagedChannels, RecordedMetadata, RunMetrics};
use crate::units::Seconds;

/// The share of the longer recording that both cover.
const OVERLAP: f64 = 0.8;
/// The share of a broken-off recording that the whole one covers, and how far apart they begin.
const OVERLAP_BROKEN_OFF: f64 = 0.95;
const SAME_START_S: f64 = 60.0;
/// How much the distances may differ, as a share of the longer one and in metres: satellites and
/// foot pods see the same way differently.
const DISTANCE_SHARE: f64 = 0.1;
const DISTANCE_M: f64 = 100.0;
/// The share of moving time with a heart rate from which a recording has one.
const WITH_HEART_RATE: f64 = 0.7;

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
        later
            .filter(|&later| is_same(&measured[first], &measured[later]))
            .for_each(|later| groups.join(first, later));
    }
    let mut of_group: BTreeMap<usize, Vec<MeasuredSession>> = BTreeMap::new();
    for (place, run) in measured.into_iter().enumerate() {
        of_group.entry(groups.root(place)).or_default().push(run);
    }
    of_group.into_values().filter_map(|group| one_of(group).transpose()).collect()
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
        let sport = measured.iter().map(|run| known(&run.row.metadata.sport)).collect();
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

fn known(sport: &Sport) -> Option<Sport> {
    (*sport != Sport::Unspecified).then(|| sport.clone())
}

/// The richest recording of a group with what the others say.
fn one_of(group: Vec<MeasuredSession>) -> Result<Option<MeasuredSession>, DamagedChannels> {
    let mut recordings = if group.len() > 1 { richest_first(group)? } else { group }.into_iter();
    let Some(mut best) = recordings.next() else { return Ok(None) };
    for copy in recordings {
        add_copy(&mut best, copy);
    }
    Ok(Some(best))
}

fn richest_first(group: Vec<MeasuredSession>) -> Result<Vec<MeasuredSession>, DamagedChannels> {
    let rated = group.into_iter().map(|run| Ok((Reverse(richness(&run.row)?), run)));
    let mut rated: Vec<_> = rated.collect::<Result<_, DamagedChannels>>()?;
    rated.sort_by(|(one, left), (other, right)| {
        one.cmp(other).then_with(|| left.sources.cmp(&right.sources))
    });
    Ok(rated.into_iter().map(|(_, run)| run).collect())
}

/// What makes a recording worth more, the weightiest first.
type Richness = (bool, u8, bool, usize, Reverse<u64>, usize);

fn richness(row: &RunMetrics) -> Result<Richness, DamagedChannels> {
    let heart = &row.heart_rate;
    let covered = f64::from(heart.recorded_moving_s) / row.durations.moving.get().max(1.0);
    let with_heart_rate = u8::from(covered > 0.0) + u8::from(covered >= WITH_HEART_RATE);
    let series = row.channels.unpack()?;
    let interval = row.durations.recording_interval.map_or(f64::MAX, Seconds::get);
    Ok((
        !row.metadata.breaks_off,
        with_heart_rate,
        series.cadence.present() > 0,
        known_facts(&row.metadata)
            + usize::from(row.form.is_some())
            + usize::from(row.distances.speed_recorded),
        Reverse((10.0 * interval) as u64),
        series.speed.present(),
    ))
}

/// How many kinds of things a file says beside its records.
fn known_facts(said: &RecordedMetadata) -> usize {
    let FileAnchors { max_bpm, resting_bpm, threshold_bpm, .. } = said.anchors;
    let facts = [
        max_bpm.or(resting_bpm).or(threshold_bpm).is_some(),
        said.device_zones.is_some(),
        said.stated.timer.is_some(),
        said.planned_end.is_some(),
        said.utc_offset_s.is_some(),
        said.located,
    ];
    facts.into_iter().filter(|fact| *fact).count()
}

fn add_copy(best: &mut MeasuredSession, copy: MeasuredSession) {
    let said = copy.row.metadata;
    best.copies.push(Annotations {
        by: copy.sources.first().map_or_else(String::new, |source| source.path.clone()),
        texts: said.texts,
        rating: said.rating,
        sport: known(&said.sport),
        sub_sport: Some(said.sub_sport).filter(|_| said.sport != Sport::Unspecified),
        air_temperature: None,
        training_effect: None,
        planned_end: said.planned_end,
    });
    best.copies.extend(copy.copies);
    best.sources.extend(copy.sources);
    for remarks in copy.listed {
        if !best.listed.contains(&remarks) {
            best.listed.push(remarks);
        }
    }
    let own = &mut best.row.metadata;
    own.utc_offset_s = own.utc_offset_s.or(said.utc_offset_s);
    own.time_zone = own.time_zone.or(said.time_zone);
    own.anchors = filled(own.anchors, said.anchors);
}

fn filled(own: FileAnchors, other: FileAnchors) -> FileAnchors {
    FileAnchors {
        max_bpm: own.max_bpm.or(other.max_bpm),
        resting_bpm: own.resting_bpm.or(other.resting_bpm),
        threshold_bpm: own.threshold_bpm.or(other.threshold_bpm),
        age_years: own.age_years.or(other.age_years),
        sex: own.sex.or(other.sex),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{LabelSource, LabelText, Rating};
    use crate::ingest::{ContentHash, Source};
    use crate::metrics::{Resampled, measure_series};
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
        let said = RecordedMetadata {
            start: UnixTime::from_seconds(start_s),
            sport,
            texts: vec![LabelText { source: LabelSource::Title, text: format!("{path} title") }],
            rating: Rating { exertion: None, feel: Some(50) },
            ..RecordedMetadata::default()
        };
        let resampled =
            Resampled { series, distance_m: Some(metres), ascent_m: None, speed_recorded: true };
        let row = measure_series(said, resampled);
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
    fn everything_that_is_said_is_kept_with_who_says_it() {
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
    fn what_differs_in_way_time_sport_or_athlete_stays_apart() {
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
        let unsaid = Recording { path: "c.gpx", sport: Sport::Unspecified, beats: None, ..RUN };
        assert_eq!(merged(vec![RUN, ride, unsaid]).len(), 2);
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
