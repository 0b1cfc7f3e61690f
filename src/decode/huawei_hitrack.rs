//! `HiTrack_…` files of Huawei's watches: one track without a word on its sport or its pauses.

use super::huawei_track::{begins_with_line, read_lines};
use super::partial_session::{PartialSession, decoded};
use super::{Decoded, Format, Limits, Problem, ProblemKind, Refusal, text};
use crate::activity::Gaps;
use crate::units::Seconds;

/// A track of a Huawei watch.
pub static FORMAT: Format = Format { id: "huawei-hitrack", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    const HEAD_BYTES: usize = 256;
    begins_with_line(&text::decode(&bytes[..bytes.len().min(HEAD_BYTES)]).text)
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut session = PartialSession { gaps: Gaps::MayBePauses, ..PartialSession::default() };
    let span = read_lines(&text, limits.max_records, &mut session.samples);
    session.start = span.first;
    let ends = span.first.zip(span.last);
    session.stated.elapsed =
        ends.and_then(|(first, last)| Seconds::new((last.0 - first.0) as f64 / 1000.0));
    let detail = format!("lines beyond the limit of {} left out (max_records)", limits.max_records);
    let cut = (span.lines == limits.max_records)
        .then(|| Problem::new(ProblemKind::LimitExceeded, detail))
        .or_else(|| {
            let is_cut = !text.ends_with('\n');
            is_cut.then(|| Problem::new(ProblemKind::Truncated, "the file breaks off in a line"))
        });
    let mut decoded = decoded([session], cut, "a Huawei track without points")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Record, Sport};
    use crate::units::UnixTime;

    #[test]
    fn each_kind_of_line_has_its_own_clock() {
        let text = "tp=lbs;k=0;lat=52.0;lon=13.0;alt=0.0;t=1.7792928E12;\n\
                    tp=lbs;k=1;lat=90.0;lon=-80.0;alt=0.0;t=1779292802;\n\
                    tp=h-r;k=1779292805000;v=120;\ntp=rs;k=5;v=25;\ntp=s-r;k=1779292805000;v=166;\n";
        assert!(recognises(text.as_bytes()));
        let decoded = decode(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.warnings, []);
        let run = &decoded.activities[0];
        let at = |second: i64| UnixTime::from_seconds(1_779_292_800 + second);
        assert_eq!((run.start, &run.sport), (at(0), &Sport::Unspecified));
        let [first, last] = run.records[..] else { panic!("{:?}", run.records) };
        assert!(first.position.is_some() && first.altitude_m.is_none());
        let expected = Record {
            time: at(5),
            heart_rate_bpm: Some(120),
            speed_mm_s: Some(2500),
            ..Record::default()
        };
        assert_eq!(last, expected);
    }

    #[test]
    fn a_line_that_is_cut_is_told_and_not_read() {
        let text = "tp=h-r;k=1779292805000;v=120;\ntp=h-r;k=1779292810000;v=12";
        let decoded = decode(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.activities[0].records.len(), 1);
        assert_eq!(decoded.warnings[0].kind, ProblemKind::Truncated);
        assert!(matches!(
            decode(b"tp=x;k=1;\n", &Limits::default()),
            Err(Refusal::NotAnActivity(_))
        ));
    }
}
