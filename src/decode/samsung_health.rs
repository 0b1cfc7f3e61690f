//! The table of exercises of Samsung Health: totals, whose start is UTC beside an offset.
//!
//! Heart rate and route by the second lie in files of a form that was never met: they are not read.

use super::partial_session::PartialSession;
use super::session_table::SessionTable;
use super::xml::time;
use super::{Decoded, Format, Limits, Refusal};
use crate::activity::{LabelSource, Sport};
use crate::csv_table::NamedCells;
use crate::units::{Metres, Seconds};

/// `com.samsung.shealth.exercise.….csv`.
pub static FORMAT: Format = Format { id: "samsung-health", recognises, decode };

static TABLE: SessionTable = SessionTable {
    lines_before: 1,
    columns: &[
        "com.samsung.health.exercise.start_time",
        "com.samsung.health.exercise.exercise_type",
        "com.samsung.health.exercise.duration",
    ],
    session,
    nothing: "a Samsung Health table without exercises",
};

fn recognises(bytes: &[u8]) -> bool {
    TABLE.recognises(bytes)
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    TABLE.decode(bytes, limits)
}

fn session(cells: &NamedCells<'_>) -> Option<PartialSession> {
    let name = |field: &str| format!("com.samsung.health.exercise.{field}");
    let stamp = |field| cells.text(&name(field)).and_then(time::parse).map(|stamp| stamp.time);
    let amount = |field| cells.amount(&name(field));
    let start = stamp("start_time")?;
    let end = stamp("end_time").filter(|end| *end > start);
    let mut session = PartialSession {
        sport: sport(cells.number(&name("exercise_type"))),
        start: Some(start),
        end,
        utc_offset_s: cells
            .text(&name("time_offset"))
            .and_then(|offset| time::offset(offset.strip_prefix("UTC")?)),
        ..PartialSession::default()
    };
    session.stated.timer = amount("duration").and_then(|ms| Seconds::new(ms / 1000.0));
    session.stated.elapsed = end.and_then(|end| Seconds::new((end.0 - start.0) as f64 / 1000.0));
    session.stated.distance = amount("distance").and_then(Metres::new);
    session.stated.ascent = amount("altitude_gain").and_then(Metres::new);
    session.stated.mean_heart_rate_bpm = cells.beats(&name("mean_heart_rate"));
    session.stated.max_heart_rate_bpm = cells.beats(&name("max_heart_rate"));
    session.add_text(LabelSource::Description, cells.text(&name("comment")));
    Some(session)
}

/// The numbers that are certain; another one is another sport.
fn sport(number: Option<f64>) -> Sport {
    match number {
        Some(1001.0) => Sport::Walking,
        Some(1002.0) => Sport::Running,
        Some(11_007.0) => Sport::Cycling,
        Some(14_001.0) => Sport::Swimming,
        Some(number) => Sport::Other(format!("exercise type {number}")),
        None => Sport::Other("exercise".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::ProblemKind;
    use crate::units::UnixTime;

    const HEAD: &str = "\u{feff}com.samsung.shealth.exercise,6307003,17\ntitle,com.samsung.health.exercise.duration,\
        com.samsung.health.exercise.start_time,com.samsung.health.exercise.exercise_type,\
        com.samsung.health.exercise.mean_heart_rate,com.samsung.health.exercise.distance,\
        com.samsung.health.exercise.time_offset,com.samsung.health.exercise.end_time\n";

    fn read(rows: &str) -> Decoded {
        let text = format!("{HEAD}{rows}");
        assert!(recognises(text.as_bytes()));
        decode(text.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn a_line_is_a_session_of_totals() {
        let decoded = read(
            ",1409500,2026-05-20 16:00:00.000,1002,130.4,3295,UTC+0530,2026-05-20 16:27:00.000,\n\
             ,600000,2026-05-21 16:00:00.000,15003,,,UTC-0500,,\n",
        );
        assert_eq!(decoded.warnings, []);
        let [run, other] = &decoded.activities[..] else { panic!("{decoded:?}") };
        assert_eq!(
            (&run.sport, run.start),
            (&Sport::Running, UnixTime::from_seconds(1_779_292_800))
        );
        assert_eq!(run.utc_offset_s, Some(19_800));
        assert_eq!(run.stated.timer, Seconds::new(1409.5));
        assert_eq!(run.stated.elapsed, Seconds::new(1620.0));
        assert_eq!(run.stated.distance, Metres::new(3295.0));
        assert_eq!((run.stated.mean_heart_rate_bpm, run.records.len()), (Some(130), 0));
        assert_eq!(
            (other.sport.name(), other.utc_offset_s),
            ("exercise type 15003", Some(-18_000))
        );
    }

    #[test]
    fn what_cannot_be_used_is_counted() {
        let decoded = read(
            ",1,x,1002,,,,,\n,600000,2026-05-20 16:00:00.000,1002,,,UTC+9900,,\n,600000,2026-05",
        );
        assert_eq!((decoded.activities.len(), decoded.activities[0].utc_offset_s), (1, None));
        let kinds: Vec<ProblemKind> = decoded.warnings.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [ProblemKind::Truncated, ProblemKind::DroppedEntries]);
        let nothing = decode(HEAD.as_bytes(), &Limits::default());
        assert!(matches!(nothing, Err(Refusal::NotAnActivity(_))));
    }
}
