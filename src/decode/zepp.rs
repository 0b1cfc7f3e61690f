//! The table of workouts of Zepp, before Mi Fit: totals only.
//!
//! Heart rates lie in another table, once a minute, in a form that was never met: they are not read.

use super::partial_session::PartialSession;
use super::session_table::SessionTable;
use super::xml::time;
use super::{Decoded, Format, Limits, Refusal};
use crate::activity::Sport;
use crate::csv_table::NamedCells;
use crate::units::{Metres, Seconds};

/// `SPORT_….csv`.
pub static FORMAT: Format = Format { id: "zepp", recognises, decode };

static TABLE: SessionTable = SessionTable {
    lines_before: 0,
    columns: &["type", "startTime", "sportTime(s)", "distance(m)", "avgPace(/meter)"],
    session,
    nothing: "a Zepp table without workouts",
};

fn recognises(bytes: &[u8]) -> bool {
    TABLE.recognises(bytes)
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    TABLE.decode(bytes, limits)
}

fn session(cells: &NamedCells<'_>) -> Option<PartialSession> {
    let stamp = cells.text("startTime").and_then(time::parse)?;
    let mut session = PartialSession {
        sport: match cells.text("type") {
            Some("1") => Sport::Running,
            kind => Sport::Other(format!("type {}", kind.unwrap_or("unknown"))),
        },
        start: Some(stamp.time),
        utc_offset_s: stamp.offset_s,
        ..PartialSession::default()
    };
    session.stated.timer = cells.amount("sportTime(s)").and_then(Seconds::new);
    session.stated.distance = cells.amount("distance(m)").and_then(Metres::new);
    Some(session)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UnixTime;

    #[test]
    fn a_line_is_a_session_of_totals() {
        let text = "\u{feff}type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),\
                    avgPace(/meter),calories(kcal)\n\
                    1,2026-05-20 16:00:00+0000,1130,1.98,0.07,4172.0,0.27,265.0\n\
                    6,2026-05-21 16:00:00+0200,600,-1,-1,-1,-1,-1\n";
        assert!(recognises(text.as_bytes()));
        let decoded = decode(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.warnings, []);
        let [run, other] = &decoded.activities[..] else { panic!("{decoded:?}") };
        assert_eq!(
            (&run.sport, run.start),
            (&Sport::Running, UnixTime::from_seconds(1_779_292_800))
        );
        assert_eq!(run.stated.timer, Seconds::new(1130.0));
        assert_eq!((run.stated.distance, run.utc_offset_s), (Metres::new(4172.0), None));
        assert_eq!((other.sport.name(), other.stated.distance), ("type 6", None));
        assert_eq!(other.utc_offset_s, Some(7200));
    }
}
