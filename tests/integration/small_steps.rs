//! What must hold for whole recordings, cleaned and with strides: a beat or a second more changes a
//! verdict by one grade at most, a higher heart rate never betters it, and what is lost never makes
//! a firm *kept*.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use talktest::athlete::AnchorEvidence;
use talktest::audit::{Audit, Certainty, Verdict};
use talktest::metrics::series::{Channel, Series};
use talktest::metrics::{RunMetrics, movement};

use super::properties::{anchors, judged_row, row};

/// A run as somebody might have recorded it.
#[derive(Debug, Clone)]
struct Recording {
    seconds: usize,
    /// The heart rates that equal parts of it aim at, in bpm.
    aims: Vec<u16>,
    /// Strides before its end.
    strides: usize,
    /// By how much the heart rate rises in a stride, in bpm.
    stride_bpm: u16,
}

/// Seconds of a stride and of the jog after it.
const STRIDE_S: usize = 24;
const JOG_S: usize = 66;
/// Steps a minute: far from any heart rate here, or half of one.
const CADENCE: u16 = 210;

fn recordings() -> impl Strategy<Value = Recording> {
    // Among them the lengths at which the rule for duration changes its answer.
    let seconds = prop_oneof![
        4 => 700_usize..4500,
        1 => 2999_usize..3001,
        1 => 3899_usize..3901,
    ];
    let aims = proptest::collection::vec(118_u16..172, 1..8);
    let level = (134_u16..158).prop_map(|aim| vec![aim]);
    let aims = prop_oneof![1 => aims, 1 => level];
    let strides = prop_oneof![2 => Just(0_usize), 1 => 2_usize..6];
    (seconds, aims, strides, 6_u16..30).prop_map(|(seconds, aims, strides, stride_bpm)| Recording {
        seconds,
        aims,
        strides,
        stride_bpm,
    })
}

impl Recording {
    fn is_stride(&self, second: usize) -> bool {
        let from = self.seconds.saturating_sub(self.strides * (STRIDE_S + JOG_S));
        (from.max(300)..self.seconds).contains(&second)
            && (second - from) % (STRIDE_S + JOG_S) < STRIDE_S
    }

    /// The heart follows what it aims at with a lag of 57 s, and is never quite still.
    fn series(&self, raised_by: u16, longer_by: usize) -> Series {
        let seconds = self.seconds + longer_by;
        let part = self.seconds.div_ceil(self.aims.len());
        let mut heart = f64::from(self.aims[0]);
        let beats = (0..seconds).map(|second| {
            let stride = if self.is_stride(second) { 57 * self.stride_bpm / 20 } else { 0 };
            let aim = self.aims[(second / part).min(self.aims.len() - 1)] + stride;
            heart += (f64::from(aim) - heart) / 57.0;
            Some(heart.round() as u16 + (second * 7 / 5 % 2) as u16 + raised_by)
        });
        let heart_rate = Channel::of(beats);
        let speed = |second| Some(if self.is_stride(second) { 4_000 } else { 2_500 });
        let speed = Channel::of((0..seconds).map(speed));
        let cadence = Channel::of((0..seconds).map(|_| Some(CADENCE)));
        Series {
            heart_rate,
            grade: Channel::blank(seconds),
            altitude: Channel::blank(seconds),
            movement: movement(&speed, &cadence),
            speed,
            cadence,
            ..Series::default()
        }
    }
}

/// Measures, cleans and judges.
fn judged(series: &Series, evidence: AnchorEvidence) -> (RunMetrics, Audit) {
    let row = row(series, 1_777_000_000, None);
    let cleaned = row.channels.unpack().unwrap();
    let audit = judged_row(&row, &cleaned, evidence);
    (row, audit)
}

/// How good a verdict is; `None` where there is none.
fn grade(audit: &Audit) -> Option<u8> {
    match audit.ruling.verdict {
        Verdict::NotRecovery => Some(0),
        Verdict::Slipped => Some(1),
        Verdict::Kept => Some(2),
        Verdict::CannotJudge => None,
    }
}

/// Seconds that cleaning took out or doubts.
fn doubtful(row: &RunMetrics) -> impl PartialEq + use<> {
    (row.heart_rate.removed.clone(), row.heart_rate.suspected.clone())
}

#[derive(Debug, Default)]
struct Pairs {
    compared: usize,
    /// Pairs in which cleaning took out or doubts other seconds.
    excepted: usize,
    /// Pairs in which one of the verdicts cannot be given.
    without_verdict: usize,
    /// Pairs whose verdicts differ.
    differing: usize,
}

impl Pairs {
    fn add(
        &mut self,
        (before, after): (&Series, &Series),
        evidence: AnchorEvidence,
        what: &dyn std::fmt::Debug,
    ) {
        let [(before_row, before), (after_row, after)] =
            [before, after].map(|series| judged(series, evidence));
        if doubtful(&before_row) != doubtful(&after_row) {
            self.excepted += 1;
            return;
        }
        let (Some(before), Some(after)) = (grade(&before), grade(&after)) else {
            self.without_verdict += 1;
            return;
        };
        assert!(before.abs_diff(after) <= 1, "{before} became {after}: {what:?} by {evidence:?}");
        self.compared += 1;
        self.differing += usize::from(before != after);
    }

    /// A property that is hardly ever looked at holds nothing.
    fn assert_few_exceptions(&self) {
        let all = self.compared + self.excepted + self.without_verdict;
        assert!(20 * self.excepted <= all, "too many exceptions: {self:?}");
        assert!(2 * self.compared >= all, "too few verdicts: {self:?}");
        assert!(self.differing > 0, "no verdict ever changed: {self:?}");
    }
}

/// Recordings with anchors, the same ones every time.
fn drawn(count: usize) -> Vec<(Recording, AnchorEvidence)> {
    let mut runner = TestRunner::deterministic();
    let strategy = (recordings(), anchors());
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// As many as the environment asks for, as for any property.
fn cases() -> usize {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(160)
}

#[test]
fn one_beat_more_changes_a_verdict_by_one_grade_at_most() {
    let mut pairs = Pairs::default();
    for (recording, evidence) in drawn(cases()) {
        let series = [0, 1].map(|more| recording.series(more, 0));
        pairs.add((&series[0], &series[1]), evidence, &recording);
    }
    pairs.assert_few_exceptions();
}

#[test]
fn one_second_more_changes_a_verdict_by_one_grade_at_most() {
    let mut pairs = Pairs::default();
    for (recording, evidence) in drawn(cases()) {
        let series = [0, 1].map(|more| recording.series(0, more));
        pairs.add((&series[0], &series[1]), evidence, &recording);
    }
    pairs.assert_few_exceptions();
}

#[test]
fn a_higher_heart_rate_never_betters_a_verdict() {
    for (k, (recording, evidence)) in drawn(cases()).into_iter().enumerate() {
        let by = 1 + (k % 24) as u16;
        let [(low_row, low), (high_row, high)] =
            [0, by].map(|by| judged(&recording.series(by, 0), evidence));
        if doubtful(&low_row) == doubtful(&high_row)
            && let (Some(low), Some(high)) = (grade(&low), grade(&high))
        {
            assert!(high <= low, "{low} became {high}: {recording:?} raised by {by}");
        }
    }
}

#[test]
fn what_is_lost_of_the_heart_rate_never_makes_a_firm_kept() {
    for (k, (recording, evidence)) in drawn(cases()).into_iter().enumerate() {
        let whole = recording.series(0, 0);
        // Every length, everywhere, and most often at the end, where the strides are.
        let (seconds, back) = (1 + 97 * k % 600, 53 * k % whole.len());
        let from = (whole.len() - if k % 3 == 0 { back } else { seconds }).max(1);
        let mut holed = whole.clone();
        (from..(from + seconds).min(whole.len())).for_each(|k| holed.heart_rate.set(k, None));
        let [before, after] = [&whole, &holed].map(|series| judged(series, evidence).1.ruling);
        let firm_kept = after.verdict == Verdict::Kept && after.certainty == Some(Certainty::Firm);
        assert!(
            !firm_kept || before.verdict == Verdict::Kept,
            "{before:?} became a firm kept without {from}+{seconds}: {recording:?}"
        );
    }
}
