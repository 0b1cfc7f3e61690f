//! Why a verdict is what it is, in at most sixty characters: for one line in a list.

use super::words::leaning_short;
use crate::audit::wording::{clock, duration, plain};
use crate::audit::{Audit, Finding, NoVerdictReason, Outcome, Verdict};
use crate::units::counted;

/// The longest reason, in characters.
const LONGEST: usize = 60;

/// The reason.
pub(super) fn short_reason(audit: &Audit) -> String {
    match audit.ruling.verdict {
        Verdict::Kept => kept(audit),
        Verdict::Slipped | Verdict::NotRecovery => clauses(audit),
        Verdict::CannotJudge => {
            let leaning = audit.ruling.leaning.map_or("", leaning_short);
            format!("{}{leaning}", unreadable(audit))
        }
    }
}

fn kept(audit: &Audit) -> String {
    let minutes = value(audit, "duration").map(|minutes| format!("{} min", plain(minutes, 0)));
    let ceiling = audit.lines.map(|lines| plain(lines.ceiling.get(), 0));
    let share = audit.effort.rated.as_ref().map(|rated| rated.times.share_pct());
    let easy = ceiling.zip(share).map(|(ceiling, share)| match share {
        share if share <= 0.0 => format!("under {ceiling} bpm all the way"),
        share => format!("{} % above {ceiling} bpm", plain(share, usize::from(share < 1.0))),
    });
    minutes.into_iter().chain(easy).collect::<Vec<_>>().join(", ")
}

fn value(audit: &Audit, id: &str) -> Option<f64> {
    find(audit, id)?.assessment.value
}

fn find<'a>(audit: &'a Audit, id: &str) -> Option<&'a Finding> {
    audit.findings.iter().find(|finding| finding.criterion == id)
}

/// The faults that make the verdict, as many as there is room for.
fn clauses(audit: &Audit) -> String {
    let mut text = String::new();
    for clause in audit.ruling.reasons.iter().filter_map(|id| clause(audit, id)) {
        let joined = if text.is_empty() { clause } else { format!("{text}, {clause}") };
        if joined.chars().count() > LONGEST {
            break;
        }
        text = joined;
    }
    text
}

fn clause(audit: &Audit, id: &str) -> Option<String> {
    let found = &find(audit, id)?.assessment;
    let value = found.value?;
    let line = |bpm: f64| plain(bpm, 0);
    let (lines, times) =
        (audit.lines.as_ref(), audit.effort.rated.as_ref().map(|rated| &rated.times));
    Some(match id {
        "time-hard" => {
            format!("{} above {} bpm", clock(times?.hard.seconds.into()), line(lines?.hard.get()))
        }
        "time-moderate" => format!(
            "{} above {} bpm",
            clock(times?.moderate.seconds.into()),
            line(lines?.moderate.get())
        ),
        "time-above-ceiling" if found.result == Outcome::Fail => {
            format!("{} % above {} bpm", plain(times?.easy_share_pct(), 0), line(lines?.easy.get()))
        }
        "time-above-ceiling" => {
            format!("{} % above {} bpm", plain(times?.share_pct(), 0), line(lines?.ceiling.get()))
        }
        "longest-above-ceiling" => {
            format!("{} in a row above {} bpm", clock(value), line(lines?.ceiling.get()))
        }
        "duration" => {
            let own = find(audit, id)?.assessment.figure("limit_minutes").or(found.limit)?;
            format!("{} min, your limit is {}", plain(value, 0), plain(own, 0))
        }
        "effort-rating" => format!("rated {} of 10", plain(value, 1)),
        "planned-end" => format!("{} min past the planned end", plain(value, 0)),
        "surges" => counted(value.round() as usize, "surge"),
        _ => format!("finish {} % faster", plain(100.0 * (value - 1.0), 0)),
    })
}

fn unreadable(audit: &Audit) -> String {
    match audit.effort.undecided {
        Some(NoVerdictReason::NoHeartRate) => "no heart rate".to_owned(),
        Some(NoVerdictReason::OnlyItsMean) => "only the mean heart rate is known".to_owned(),
        Some(NoVerdictReason::TooSparse(seconds)) => {
            format!("a heart rate only every {}", duration(seconds))
        }
        Some(NoVerdictReason::TooShort) => "too short to be judged".to_owned(),
        Some(NoVerdictReason::Coverage(percent)) => {
            format!("heart rate for only {} % of it", plain(percent, 0))
        }
        Some(NoVerdictReason::GuessedAnchor) => "your limits are only estimated".to_owned(),
        Some(NoVerdictReason::TooLow(_)) => "the heart rate reads too low".to_owned(),
        Some(NoVerdictReason::WithoutSteps) => "the watch counted no steps".to_owned(),
        Some(NoVerdictReason::Suspected) => "the heart rate follows the steps or jumps".to_owned(),
        None => value(audit, "duration").map_or_else(
            || "its length is not known".to_owned(),
            |minutes| format!("at least {} min, rest not recorded", plain(minutes.floor(), 0)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;

    fn audited(minutes: usize, beats: u16) -> Audit {
        let beats = move |k: usize| Some(beats - 1 + (k / 5 % 3) as u16);
        TestRun::of(run(60 * minutes, |k| (beats(k), 2_500, 166))).judge()
    }

    fn reason(minutes: usize, beats: u16) -> String {
        short_reason(&audited(minutes, beats))
    }

    #[test]
    fn reasons_of_every_verdict() {
        assert_eq!(reason(30, 130), "30 min, under 145 bpm all the way");
        assert_eq!(reason(70, 130), "70 min, your limit is 40");
        assert_eq!(reason(56, 147), "100 % above 145 bpm, 56 min, your limit is 40");
        assert_eq!(reason(30, 162), "27:00 above 154 bpm");
        let bare = TestRun::of(run(1_800, |_| (None, 2_500, 166))).judge();
        assert_eq!(short_reason(&bare), "no heart rate");
        let beats = |k: usize| Some(129 + (k / 5 % 3) as u16);
        let mut cut = TestRun::of(run(1_499, |k| (beats(k), 2_500, 166)));
        cut.row.metadata.breaks_off = true;
        let reason = short_reason(&cut.judge());
        assert_eq!(reason, "at least 24 min, rest not recorded, probably easy");
    }

    #[test]
    fn the_short_reason_begins_with_the_one_that_decides() {
        // Its heart rate fails only nominally, its length surely.
        let long = audited(70, 151);
        assert_eq!(long.ruling.reasons, ["duration", "time-above-ceiling"]);
        assert!(long.ruling.because.starts_with("70 min long"), "{}", long.ruling.because);
        assert!(short_reason(&long).starts_with("70 min, your limit is 40, "));
        // Four minutes above the moderate line are a slip, and so is their share above the ceiling.
        let beats = |k: usize| Some(if (600..840).contains(&k) { 156 } else { 130 });
        let run = TestRun::of(run(1_800, |k| (beats(k), 2_500, 166))).judge();
        assert_eq!(run.ruling.reasons, ["time-above-ceiling"]);
        assert!(short_reason(&run).ends_with("% above 145 bpm"), "{}", short_reason(&run));
        assert!(run.ruling.because.starts_with("A little too hard: above your ceiling of 145 bpm"));
    }

    #[test]
    fn every_reason_has_its_few_words() {
        for minutes in [30, 56, 70] {
            for beats in [147, 151, 155, 162, 170] {
                let audit = audited(minutes, beats);
                let first = &audit.ruling.reasons[0];
                let words = clause(&audit, first).unwrap();
                assert!(short_reason(&audit).starts_with(&words), "{minutes} {beats} {first}");
            }
        }
    }
}
