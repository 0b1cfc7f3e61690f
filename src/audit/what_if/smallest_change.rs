//! The smallest change that would have kept a run.
//!
//! Looked for among whole minutes that it ends earlier (at most half of it), whole beats that the
//! heart rate is lower (at most 20), a run without its surges, and a shorter run at a lower heart
//! rate. Each is found by judging the changed run again. Of several, the one is taken that changes
//! the smallest share of the run: of its moving time, or of its mean heart rate. Both together are
//! taken only where neither is enough.

use serde::{Deserialize, Serialize};

use super::altered::{is_kept, is_kept_without_surges};
use crate::audit::at_lines::AtLines;
use crate::audit::criterion_input::{Context, CriterionInput};
use crate::audit::finding::Finding;
use crate::audit::wording::Wording;
use crate::session::Verdict;
use crate::units::{BeatsPerMinute, MetresPerSecond, SecondsPerKilometre};

/// Most beats per minute that a run is calmed by.
const MOST_BPM: u32 = 20;
/// Most minutes that it is shortened by, …
const MOST_MINUTES: u32 = 90;
/// … and the part of it that has to be left.
const LEAST_LEFT: f64 = 0.5;
/// What a whole season is asked: so many minutes shorter and so many bpm lower.
const SEASON: (u32, u32) = (10, 5);

/// What would have kept a run that was judged and not kept.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WouldBeKept {
    /// The smallest change; `None` where nothing that was tried is enough.
    pub change: Option<SmallestChange>,
    /// Whether ten minutes less and five beats less would have been enough.
    pub shorter_and_calmer: bool,
}

/// A change of a run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SmallestChange {
    /// It ends so many minutes earlier.
    pub minutes_shorter: u32,
    /// Its heart rate is so many bpm lower.
    pub bpm_lower: u32,
    /// How much slower that is by the runner's own earlier runs, where they tell.
    pub slower: Option<SecondsPerKilometre>,
    /// It is run without its surges.
    pub without_surges: bool,
}

impl SmallestChange {
    /// The change in words, such as “8 min shorter”.
    pub fn words(&self, wording: Wording) -> String {
        let shorter =
            (self.minutes_shorter > 0).then(|| format!("{} min shorter", self.minutes_shorter));
        let slower = self
            .slower
            .map(|slower| format!(" (about {} slower)", wording.pace_difference(slower.get())));
        let lower = (self.bpm_lower > 0).then(|| {
            format!("at a heart rate {} bpm lower{}", self.bpm_lower, slower.unwrap_or_default())
        });
        let surges = self.without_surges.then(|| "without the surges".to_owned());
        [shorter, lower, surges].into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}

impl WouldBeKept {
    /// What would have kept a run; `None` where it was kept, or nothing could be judged.
    pub(in crate::audit) fn of(
        input: &CriterionInput,
        findings: &[Finding],
        verdict: Verdict,
    ) -> Option<Self> {
        if !matches!(verdict, Verdict::Slipped | Verdict::NotRecovery) {
            return None;
        }
        let search = Search::of(input, findings);
        let (minutes, bpm) = SEASON;
        Some(Self {
            change: search.smallest(input),
            shorter_and_calmer: minutes <= search.most_minutes && search.is_kept(minutes, bpm),
        })
    }
}

/// One run that is changed and judged again.
struct Search<'a> {
    input: &'a CriterionInput<'a>,
    context: &'a Context<'a>,
    at_lines: AtLines<'a>,
    most_minutes: u32,
}

impl<'a> Search<'a> {
    fn of(input: &'a CriterionInput<'a>, findings: &[Finding]) -> Self {
        let half = (1.0 - LEAST_LEFT) * input.run.durations.moving.minutes();
        Self {
            input,
            context: input.context,
            at_lines: AtLines::of(input, findings),
            most_minutes: (half as u32).min(MOST_MINUTES),
        }
    }

    /// A lower heart rate under the same lines is the same heart rate under higher lines.
    fn is_kept(&self, minutes: u32, bpm: u32) -> bool {
        if minutes == 0 {
            let lines = self.context.lines.map(|lines| lines.shifted(f64::from(bpm)));
            return self.at_lines.verdict(lines.as_ref()) == Verdict::Kept;
        }
        is_kept(self.input.run, self.input.channels, self.context, minutes, bpm)
    }

    fn smallest(&self, input: &CriterionInput) -> Option<SmallestChange> {
        let has_lines = self.context.lines.is_some();
        let shorter = least(self.most_minutes, |minutes| self.is_kept(minutes, 0));
        let lower = if has_lines { least(MOST_BPM, |bpm| self.is_kept(0, bpm)) } else { None };
        let change = |minutes, bpm| self.change(minutes, bpm);
        match (shorter, lower) {
            (None, None) if is_kept_without_surges(input) => {
                Some(SmallestChange { without_surges: true, ..change(0, 0) })
            }
            (None, None) if has_lines => {
                let shorter = least(self.most_minutes, |minutes| self.is_kept(minutes, MOST_BPM))?;
                let lower = least(MOST_BPM, |bpm| self.is_kept(shorter, bpm))?;
                Some(change(shorter, lower))
            }
            (None, None) => None,
            (Some(minutes), None) => Some(change(minutes, 0)),
            (None, Some(bpm)) => Some(change(0, bpm)),
            (Some(minutes), Some(bpm)) => {
                let is_shorter = self.is_shorter_less(minutes, bpm);
                Some(if is_shorter { change(minutes, 0) } else { change(0, bpm) })
            }
        }
    }

    /// Whether so many minutes are a smaller share of the run than so many beats of its heart rate.
    fn is_shorter_less(&self, minutes: u32, bpm: u32) -> bool {
        let run = self.input.run;
        let mean = run.heart_rate.mean.map_or(f64::INFINITY, BeatsPerMinute::get);
        f64::from(minutes) / run.durations.moving.minutes() <= f64::from(bpm) / mean
    }

    fn change(&self, minutes_shorter: u32, bpm_lower: u32) -> SmallestChange {
        SmallestChange {
            minutes_shorter,
            bpm_lower,
            slower: (bpm_lower > 0).then(|| self.slower(f64::from(bpm_lower))).flatten(),
            without_surges: false,
        }
    }

    /// How much slower a heart rate so many bpm lower is, by the runs of the last 90 days.
    fn slower(&self, bpm: f64) -> Option<SecondsPerKilometre> {
        let this = self.context.this;
        let speed = this.speed?.get();
        let slowed = self.context.on_speed?.slowed(speed, bpm)?;
        let [now, then] =
            [MetresPerSecond::new(speed)?.pace()?, MetresPerSecond::new(slowed)?.pace()?];
        SecondsPerKilometre::new(then.get() - now.get())
    }
}

/// The least number from 1 on that is enough, if more is never worse.
fn least(most: u32, is_enough: impl Fn(u32) -> bool) -> Option<u32> {
    if most == 0 || !is_enough(most) {
        return None;
    }
    let (mut too_little, mut enough) = (0, most);
    while enough - too_little > 1 {
        let middle = u32::midpoint(too_little, enough);
        if is_enough(middle) { enough = middle } else { too_little = middle }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;
    use crate::settings::UnitSystem;

    fn would_be_kept(test_run: &TestRun) -> Option<WouldBeKept> {
        test_run.judge().would_be_kept
    }

    fn change(test_run: &TestRun) -> (u32, u32, bool) {
        let change = would_be_kept(test_run).unwrap().change.unwrap();
        (change.minutes_shorter, change.bpm_lower, change.without_surges)
    }

    #[test]
    fn a_kept_run_needs_no_change() {
        assert_eq!(would_be_kept(&TestRun::steady(30, 2_500)), None);
    }

    #[test]
    fn a_long_run_had_to_end_earlier() {
        // Up to 40 min without a plan pass, and 10 more with a word.
        assert_eq!(change(&TestRun::steady(62, 2_500)), (12, 0, false));
    }

    #[test]
    fn a_hard_run_had_to_be_calmer() {
        // The ceiling is 145.2 bpm: 151 to 153 all along is kept from 8 bpm less on.
        let hard = TestRun::of(run(1_800, |k| (Some(151 + (k / 5 % 3) as u16), 2_500, 166)));
        let (minutes, bpm, without_surges) = change(&hard);
        assert_eq!((minutes, without_surges), (0, false));
        assert!((6..=8).contains(&bpm), "{bpm}");
    }

    #[test]
    fn a_long_hard_run_had_to_be_both() {
        let both = TestRun::of(run(3_720, |k| (Some(151 + (k / 5 % 3) as u16), 2_500, 166)));
        let (minutes, bpm, _) = change(&both);
        assert_eq!(minutes, 12);
        assert!((6..=8).contains(&bpm), "{bpm}");
        assert!(!would_be_kept(&both).unwrap().shorter_and_calmer);
    }

    #[test]
    fn the_least_is_found_and_nothing_where_nothing_is_enough() {
        for wanted in 1..=20 {
            assert_eq!(least(20, |tried| tried >= wanted), Some(wanted));
        }
        assert_eq!(least(20, |_| false), None);
        assert_eq!(least(0, |_| true), None);
    }

    #[test]
    fn a_change_in_words() {
        let slower = Some(SecondsPerKilometre::of(20.4));
        let both =
            SmallestChange { minutes_shorter: 8, bpm_lower: 5, slower, without_surges: false };
        let wording = |units| Wording { units };
        assert_eq!(
            both.words(wording(UnitSystem::Metric)),
            "8 min shorter and at a heart rate 5 bpm lower (about 20 s/km slower)"
        );
        assert!(both.words(wording(UnitSystem::Imperial)).ends_with("(about 33 s/mi slower)"));
    }
}
