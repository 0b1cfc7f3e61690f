//! What the verdict would have been otherwise, in sentences.

use std::ops::RangeInclusive;

use crate::audit::what_if::SHIFTS_BPM;
use crate::audit::wording::{Wording, plain};
use crate::audit::{Audit, Verdict};
use crate::review::ShorterAndCalmer;
use crate::settings::UnitSystem;

/// The smallest change that would have kept a run; `None` where it was kept or none is enough.
pub(super) fn would_be_kept(audit: &Audit, units: UnitSystem) -> Option<String> {
    let change = audit.would_be_kept?.change?;
    Some(format!("It would have been kept {}.", change.words(Wording { units })))
}

/// What a little less would have changed in a season; `None` where every run was kept, or it would
/// have changed nothing.
pub(super) fn season(less: Option<&ShorterAndCalmer>) -> Option<String> {
    let ShorterAndCalmer { not_kept, would_be_kept } =
        *less.filter(|less| less.would_be_kept > 0)?;
    Some(format!(
        "{would_be_kept} of the {not_kept} that were not kept would have been, 10 min shorter and 5 bpm lower."
    ))
}

/// The verdicts of a limit in bpm from low to high, equal ones together.
pub fn stretches(verdicts: &[Verdict], own: f64) -> Vec<(RangeInclusive<i32>, Verdict)> {
    let lowest = own.round() as i32 - SHIFTS_BPM;
    let mut stretches: Vec<(RangeInclusive<i32>, Verdict)> = Vec::new();
    for (bpm, verdict) in (lowest..).zip(verdicts) {
        match stretches.last_mut() {
            Some((range, last)) if last == verdict => *range = *range.start()..=bpm,
            _ => stretches.push((bpm..=bpm, *verdict)),
        }
    }
    stretches
}

/// Stretches in one sentence, such as “Ceiling: up to 142 bpm slipped, from 143 bpm kept (yours: 145).”
pub fn sentence(name: &str, verdicts: &[Verdict], own: f64) -> String {
    let own_bpm = plain(own, 0);
    let stretches = stretches(verdicts, own);
    let last = stretches.len().saturating_sub(1);
    let parts = stretches.iter().enumerate().map(|(at, (range, verdict))| {
        let place = match at {
            _ if last == 0 => format!("{} to {} bpm", range.start(), range.end()),
            0 => format!("up to {} bpm", range.end()),
            _ if at == last => format!("from {} bpm", range.start()),
            _ if range.start() == range.end() => format!("at {} bpm", range.start()),
            _ => format!("{} to {} bpm", range.start(), range.end()),
        };
        format!("{place} {}", verdict.title())
    });
    format!("{name}: {} (yours: {own_bpm}).", parts.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Kept, NotRecovery, Slipped};

    #[test]
    fn equal_verdicts_stand_together() {
        let verdicts: Vec<Verdict> =
            [vec![NotRecovery; 10], vec![Slipped; 1], vec![Kept; 20]].concat();
        assert_eq!(
            stretches(&verdicts, 145.2),
            [(130..=139, NotRecovery), (140..=140, Slipped), (141..=160, Kept)]
        );
        assert_eq!(
            sentence("Ceiling", &verdicts, 145.2),
            "Ceiling: up to 139 bpm not recovery, at 140 bpm slipped, from 141 bpm kept (yours: 145)."
        );
        assert_eq!(
            sentence("Ceiling", &[Kept; 31], 145.2),
            "Ceiling: 130 to 160 bpm kept (yours: 145)."
        );
    }

    #[test]
    fn a_season_where_less_changes_nothing_says_nothing() {
        let less = |would_be_kept| ShorterAndCalmer { not_kept: 46, would_be_kept };
        assert_eq!(season(Some(&less(0))), None);
        let told = season(Some(&less(32))).unwrap();
        assert!(told.starts_with("32 of the 46 that were not kept would have been"), "{told}");
    }
}
