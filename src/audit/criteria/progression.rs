//! Did the run get faster and faster?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};
use crate::metrics::span::Span;
use crate::metrics::steadiness::running_seconds;

/// Change of speed from beginning to end.
pub static CRITERION: Criterion = Criterion {
    id: "progression",
    severity: Severity::Advisory,
    question: "Did you keep from speeding up?",
    why: "A run that gets faster minute by minute often ends as another kind of run than it began as.",
    article: "\"It should feel relaxed from start to finish and should never turn into a moderate effort.\"",
    how: "The median slope (Theil–Sen) of the grade-adjusted speed of the minutes after the first 5, times their \
          number, as a share of the run's own speed. Up to 8 % faster is quiet, up to 12 % noted, more noted \
          strongly. Slowing down is not asked about.",
    misleads: "A headwind out and a tailwind home; a downhill way home on poor altitude. A walk is left out.",
    missing: "No speed data, or too short a run; not checked.",
    sources: &[Reference {
        citation: "8 % is about 40 s per mile at 10:00 per mile, above the noise of satellite speed and ground: this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&NOTE, &STRONG],
    assess,
};

/// Quiet up to here.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note_percent",
    default: 8.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "speeding up by more than this is noted",
};
/// A strong note beyond.
pub static STRONG: LimitDefinition = LimitDefinition {
    key: "strong_percent",
    default: 12.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "speeding up by more than this is noted strongly",
};

/// Seconds of running before a progression is looked for.
const SETTLING_S: usize = 300;

fn assess(input: &CriterionInput) -> Assessment {
    let measured = input.run.steadiness.as_ref().ok().and_then(|steadiness| steadiness.progression);
    let Some(progression) = measured else { return Assessment::cannot(CRITERION.missing) };
    let (note, strong) = (input.limit(CRITERION.id, &NOTE), input.limit(CRITERION.id, &STRONG));
    let faster = progression.get();
    let strong = if note.exceeded_by(strong.get()) { strong } else { note };
    let text = match faster {
        faster if strong.exceeded_by(faster) => format!(
            "You sped up throughout: {} % from minute 5 to the end, clearly more than {} %.",
            plain(faster, 0),
            plain(note, 0)
        ),
        faster if note.exceeded_by(faster) => {
            let (shown, allowed) = pair(faster, note, 0);
            format!(
                "You sped up by {shown} % from minute 5 to the end; up to {allowed} % is usual."
            )
        }
        faster if faster >= 0.5 => format!(
            "Your speed rose by {} % from minute 5 to the end; up to {} % is usual.",
            plain(faster, 0),
            plain(note, 0)
        ),
        _ => "You did not speed up.".to_owned(),
    };
    let limit = if strong.exceeded_by(faster) { strong } else { note };
    if note.exceeded_by(faster) {
        Assessment::measured(Outcome::Note, faster, limit, "%", text).at(after_settling(input))
    } else {
        Assessment::measured(Outcome::Pass, faster, limit, "%", text)
    }
}

fn after_settling(input: &CriterionInput) -> Vec<Span> {
    let from = running_seconds(input.series).get(SETTLING_S).copied();
    from.map(|from| Span::of(&(from..input.series.len()))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::settings::LimitOverrides;

    /// A run of 35 minutes that gains so many mm/s every minute after the fifth.
    fn gaining(by: u16) -> TestRun {
        TestRun::paced(35, |k| 2_500 + by * (k / 60).saturating_sub(4) as u16)
    }

    #[test]
    fn a_steady_or_slowing_run_is_quiet() {
        assert_eq!(gaining(0).ask(&CRITERION).result, Outcome::Pass);
        let slowing = TestRun::paced(35, |k| 2_800 - 10 * (k / 60) as u16).ask(&CRITERION);
        assert_eq!(slowing.result, Outcome::Pass);
        assert_eq!(&*slowing.text, "You did not speed up.");
    }

    #[test]
    fn speeding_up_is_noted_and_by_much_strongly() {
        let noted = gaining(9).ask(&CRITERION);
        assert_eq!((noted.result, noted.limit), (Outcome::Note, Some(8.0)), "{noted:?}");
        assert_eq!(*noted.spans, [Span { start: 300, seconds: 1800 }]);
        let strong = gaining(15).ask(&CRITERION);
        assert_eq!((strong.result, strong.limit), (Outcome::Note, Some(12.0)), "{strong:?}");
        assert!(strong.text.starts_with("You sped up throughout"), "{}", strong.text);
        let limits = LimitOverrides::default().with(CRITERION.id, NOTE.key, 20.0);
        let allowed = TestRun { limits, ..gaining(15) }.ask(&CRITERION);
        assert_eq!(allowed.result, Outcome::Pass);
    }

    #[test]
    fn six_minutes_have_no_slope() {
        assert_eq!(TestRun::steady(6, 2_500).ask(&CRITERION).result, Outcome::Cannot);
    }
}
