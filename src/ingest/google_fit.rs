//! The tracks of Google Fit, which begin long before the session that they are of: the names of their
//! files say when that was.

use crate::activity::{Activity, Record, Repair, RepairKind, StatedTotals};
use crate::decode::{date_time, seconds_of_duration};
use crate::units::{Seconds, UnixTime};

/// When a session was by the name of its file:
/// `2026-05-20T18_00_00.103+02_00_PT30M14.582S_Running.tcx`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct NamedSession {
    start: UnixTime,
    length: Seconds,
}

/// Leaves out what the track of a session has before and behind it. Its totals are those of the whole track
/// and say nothing.
pub(super) fn cut(path: &str, format: &str, activities: &mut Vec<Activity>) {
    let base = path.rsplit('/').next().unwrap_or(path);
    let Some(session) = named(base).filter(|_| format == crate::decode::tcx::FORMAT.id) else {
        return;
    };
    let end = UnixTime(session.start.0.saturating_add((1000.0 * session.length.get()) as i64));
    let is_inside = |record: &Record| (session.start..=end).contains(&record.time);
    let records = || activities.iter().flat_map(|activity| &activity.records);
    let outside = records().filter(|record| !is_inside(record)).count();
    if outside == 0 || !records().any(is_inside) {
        return;
    }
    let Some(mut activity) = whole(std::mem::take(activities)) else { return };
    activity.records.retain(is_inside);
    let first = activity.records.iter().find_map(|record| record.distance_cm).unwrap_or_default();
    for record in &mut activity.records {
        record.distance_cm = record.distance_cm.map(|distance| distance.saturating_sub(first));
    }
    activity.pauses.retain(|pause| pause.from >= session.start && pause.to <= end);
    activity.start = session.start;
    activity.stated_start = Some(session.start);
    activity.end = Some(end);
    activity.stated = StatedTotals { elapsed: Some(session.length), ..StatedTotals::default() };
    let count = u32::try_from(outside).unwrap_or(u32::MAX);
    activity.repairs.push(Repair { kind: RepairKind::CutToSession, count });
    activities.push(activity);
}

/// The parts into which the gaps before a session cut its track, in order of time.
fn whole(parts: Vec<Activity>) -> Option<Activity> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next()?;
    for mut part in parts {
        let last = |records: &[Record]| records.iter().rev().find_map(|record| record.distance_cm);
        let first = part.records.iter().find_map(|record| record.distance_cm);
        // Each part may count its distance anew.
        let before = last(&whole.records).filter(|last| first.is_some_and(|first| first < *last));
        for record in &mut part.records {
            let distance = record.distance_cm;
            record.distance_cm = distance.map(|own| own.saturating_add(before.unwrap_or_default()));
        }
        whole.records.append(&mut part.records);
        whole.pauses.append(&mut part.pauses);
    }
    whole.records.sort_by_key(|record| record.time);
    Some(whole)
}

fn named(base: &str) -> Option<NamedSession> {
    let name = base.strip_suffix(".gz").unwrap_or(base).strip_suffix(".tcx")?;
    let (stamp, rest) = name.split_once("_PT")?;
    let (length, _) = rest.split_once('_')?;
    Some(NamedSession {
        start: date_time(&stamp.replace('_', ":"))?,
        length: seconds_of_duration(&format!("PT{length}"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "2026-05-20T18_00_00.500+02_00_PT1M30.25S_Running.tcx";

    fn at(second: i64) -> UnixTime {
        // 2026-05-20T16:00:00Z
        UnixTime::from_seconds(1_779_292_800 + second)
    }

    fn track() -> Activity {
        let record = |second: i64| Record {
            time: at(second),
            distance_cm: Some((250 * (second + 1800)) as u32),
            ..Record::default()
        };
        let stated = StatedTotals { timer: Seconds::new(2000.0), ..StatedTotals::default() };
        Activity { records: (-1800..200).map(record).collect(), stated, ..Activity::default() }
    }

    #[test]
    fn the_name_says_when_the_session_was() {
        let session = named(NAME).unwrap();
        assert_eq!((session.start, session.length.get()), (UnixTime(at(0).0 + 500), 90.25));
        for other in ["2026-05-20.tcx", "a_PT1M_b.tcx", "2026-05-20T18_00_00Z_PT1M_Run.gpx"] {
            assert_eq!(named(other), None, "{other}");
        }
    }

    #[test]
    fn a_track_is_cut_to_its_session() {
        let Activity { records, .. } = track();
        let (early, late) = records.split_at(700);
        let rebased = late.iter().map(|record| Record {
            distance_cm: record.distance_cm.map(|distance| distance - 250 * 700),
            ..*record
        });
        let parts = [early.to_vec(), rebased.collect()];
        for records in [vec![records.clone()], parts.to_vec()] {
            let part = |records| Activity { records, ..track() };
            let mut tracks: Vec<Activity> = records.into_iter().map(part).collect();
            cut(&format!("Fit/Activities/{NAME}"), "tcx", &mut tracks);
            assert_cut(&tracks);
        }
    }

    fn assert_cut(tracks: &[Activity]) {
        let [run] = tracks else { panic!("{}", tracks.len()) };
        let (first, last) = (run.records[0], run.records[run.records.len() - 1]);
        assert_eq!((first.time, first.distance_cm), (at(1), Some(0)));
        assert_eq!((last.time, last.distance_cm), (at(90), Some(22_250)));
        assert_eq!(run.stated.elapsed, Seconds::new(90.25));
        assert_eq!(run.stated.timer, None);
        assert_eq!(run.repairs, [Repair { kind: RepairKind::CutToSession, count: 1910 }]);
    }

    #[test]
    fn another_name_or_format_changes_nothing() {
        for (name, format) in [("a.tcx", "tcx"), (NAME, "gpx")] {
            let mut tracks = vec![track()];
            cut(name, format, &mut tracks);
            assert_eq!(tracks[0], track());
        }
    }
}
