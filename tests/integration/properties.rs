//! What must hold for any run: the judgement has a direction, and never looks ahead.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use talktest::activity::{FileAnchors, LabelSource, LabelText, Rating, Sport};
use talktest::athlete::{
    AnchorEvidence, AnchorSource, HeartRateThresholds, MaxHeartRate, Sensor, thresholds,
};
use talktest::audit::{Audit, Certainty, Context, Leaning, Outcome, Verdict, judge};
use talktest::history::{EasyBaseline, Past};
use talktest::ingest::{ContentHash, Ingested, MeasuredSession, Source};
use talktest::metrics::series::{Channel, Series, TimerPause};
use talktest::metrics::{
    RecordedMetadata, Resampled, RunMetrics, UnpackedRun, measure_series, movement,
};
use talktest::review::{NoCache, Review, RunStatements, Selection, past_run, review};
use talktest::session::Session;
use talktest::settings::{LimitOverrides, Settings};
use talktest::units::{BeatsPerMinute, UnixTime};

/// A steady run whose heart rate goes through these levels, each held for some seconds.
fn series(levels: &[(u16, usize)]) -> Series {
    at_speed(levels, 2_500)
}

/// The same at another speed, in mm/s.
fn at_speed(levels: &[(u16, usize)], speed: u16) -> Series {
    let beats: Vec<Option<u16>> = levels
        .iter()
        .flat_map(|(beats, seconds)| std::iter::repeat_n(Some(*beats), *seconds))
        .collect();
    let seconds = beats.len();
    let speed = Channel::of((0..seconds).map(|_| Some(speed)));
    let cadence = Channel::of((0..seconds).map(|_| Some(178)));
    Series {
        heart_rate: Channel::of(beats),
        grade: Channel::blank(seconds),
        altitude: Channel::blank(seconds),
        movement: movement(&speed, &cadence),
        speed,
        cadence,
        ..Series::default()
    }
}

pub fn row(series: &Series, start: i64, title: Option<&str>) -> RunMetrics {
    let texts = title.map(|text| LabelText { source: LabelSource::Title, text: text.to_owned() });
    let said = RecordedMetadata {
        sport: Sport::Running,
        start: UnixTime::from_seconds(start),
        texts: texts.into_iter().collect(),
        located: true,
        anchors: FileAnchors {
            max_bpm: Some(190),
            resting_bpm: Some(50),
            ..FileAnchors::default()
        },
        ..RecordedMetadata::default()
    };
    let distance_m = Some(2.5 * series.len() as f64);
    let resampled =
        Resampled { series: series.clone(), distance_m, ascent_m: None, speed_recorded: true };
    measure_series(said, resampled)
}

/// A tested maximum heart rate.
fn tested() -> AnchorEvidence {
    let max = MaxHeartRate {
        bpm: BeatsPerMinute::of(190.0),
        source: AnchorSource::Settings,
        day: None,
        uncertainty: 3.0,
        guessed: false,
    };
    AnchorEvidence { max: Some(max), ..AnchorEvidence::default() }
}

/// Anchors of every kind: tested, guessed, talk test, nothing known, nothing known but a peak seen.
pub fn anchors() -> impl Strategy<Value = AnchorEvidence> {
    (0_u8..5, 150.0_f64..210.0).prop_map(|(kind, bpm)| {
        let bpm = BeatsPerMinute::of(bpm);
        let max = |guessed, uncertainty| {
            tested().max.map(|max| MaxHeartRate { bpm, guessed, uncertainty, ..max })
        };
        let nothing = AnchorEvidence::default();
        match kind {
            0 => AnchorEvidence { max: max(false, 3.0), ..nothing },
            1 => AnchorEvidence { max: max(true, 10.0), ..nothing },
            2 => AnchorEvidence { talk_test: BeatsPerMinute::new(0.8 * bpm.get()), ..nothing },
            3 => nothing,
            _ => AnchorEvidence { supported_max: Some(bpm), ..nothing },
        }
    })
}

/// Judges a series as it is, already cleaned, by a fixed anchor.
fn judged(series: &Series) -> Audit {
    judged_by(series, tested())
}

fn judged_by(series: &Series, evidence: AnchorEvidence) -> Audit {
    judged_row(&row(series, 1_777_000_000, None), series, evidence)
}

/// Judges a row by a fixed anchor, with these channels.
pub fn judged_row(row: &RunMetrics, series: &Series, evidence: AnchorEvidence) -> Audit {
    let day = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
    let this = past_run(row, day, Session::Unknown, &RunStatements::default());
    let limits = LimitOverrides::default();
    let context = Context {
        evidence,
        lines: Some(thresholds(&evidence, Sensor::Chest, 0.0)),
        altitude_uncertainty_bpm: 0.0,
        sensor: Sensor::Chest,
        newer_runner: false,
        sex: None,
        rating: Rating::default(),
        next_morning: None,
        planned_end: None,
        scheduled: None,
        primary_benefit: None,
        weekly_running: None,
        easy: EasyBaseline::TooFew(0),
        this: &this,
        past: Past::none(day),
        on_speed: None,
        after: &[],
        limits: &limits,
        wording: talktest::audit::wording::Wording::default(),
    };
    judge(row, &UnpackedRun::of(series.clone()), &context)
}

/// How bad the heart-rate criteria and the duration are together; `None` where they cannot tell.
fn badness(audit: &Audit) -> Option<u8> {
    let asked =
        ["time-above-ceiling", "longest-above-ceiling", "time-moderate", "time-hard", "duration"];
    let of =
        |id: &str| audit.findings.iter().find(|finding| finding.criterion == id).unwrap().result();
    let results = asked.map(of);
    if results.contains(&Outcome::Fail) {
        return Outcome::Fail.badness();
    }
    if results.contains(&Outcome::Cannot) { None } else { Outcome::worst(results).badness() }
}

fn levels() -> impl Strategy<Value = Vec<(u16, usize)>> {
    proptest::collection::vec((118_u16..172, 20_usize..400), 4..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn raising_heart_rate_never_improves_a_verdict(
        levels in levels(), at in 0_usize..11, by in 1_u16..40, anchors in anchors(),
    ) {
        let before = judged_by(&series(&levels), anchors);
        let mut raised = levels.clone();
        let at = at % raised.len();
        raised[at].0 += by;
        let after = judged_by(&series(&raised), anchors);
        if let (Some(before), Some(after)) = (badness(&before), badness(&after)) {
            prop_assert!(after >= before, "{levels:?} raised at {at} by {by}: {before} became {after}");
        }
    }

    #[test]
    fn lines_lie_in_order_and_rise_with_the_anchor(anchors in anchors(), more in 0.0_f64..20.0) {
        let all = |lines: &HeartRateThresholds| {
            [lines.target, lines.ceiling, lines.easy, lines.moderate, lines.hard].map(BeatsPerMinute::get)
        };
        let drawn = |anchors: &AnchorEvidence| thresholds(anchors, Sensor::Wrist, 0.0);
        let lines = drawn(&anchors);
        let moved = [lines.strict(), lines, lines.lenient()].map(|lines| all(&lines));
        for lines in &moved {
            prop_assert!(lines.is_sorted_by(|lower, higher| lower < higher), "{lines:?}");
        }
        let higher = |bpm: BeatsPerMinute| BeatsPerMinute::of(bpm.get() + more);
        let raised = drawn(&AnchorEvidence {
            max: anchors.max.map(|max| MaxHeartRate { bpm: higher(max.bpm), ..max }),
            talk_test: anchors.talk_test.map(higher),
            supported_max: anchors.supported_max.map(higher),
            ..anchors
        });
        let raised = [raised.strict(), raised, raised.lenient()].map(|lines| all(&lines));
        for k in 0..5 {
            prop_assert!(moved[0][k] <= moved[1][k] && moved[1][k] <= moved[2][k]);
            prop_assert!((0..3).all(|of| raised[of][k] >= moved[of][k]), "{moved:?} {raised:?}");
        }
    }

    #[test]
    fn losing_heart_rate_never_makes_a_firm_kept(levels in levels(), from in 0_usize..3000, seconds in 1_usize..1500) {
        let whole = series(&levels);
        let before = judged(&whole);
        let mut holed = whole.clone();
        (from..(from + seconds).min(whole.len())).for_each(|k| holed.heart_rate.set(k, None));
        let after = judged(&holed);
        let firm_kept = after.ruling.verdict == Verdict::Kept && after.ruling.certainty == Some(Certainty::Firm);
        prop_assert!(!firm_kept || before.ruling.verdict == Verdict::Kept, "{levels:?} without {from}+{seconds}");
    }

    #[test]
    fn a_level_run_cut_short_is_never_worse(beats in 118_u16..172, seconds in 1200_usize..4800, cut in 0_usize..3600) {
        let shorter = seconds.saturating_sub(cut).max(1200);
        let (whole, cut) = (judged(&series(&[(beats, seconds)])), judged(&series(&[(beats, shorter)])));
        prop_assert!(badness(&cut) <= badness(&whole), "{beats} bpm: {seconds} s against {shorter} s");
    }

    #[test]
    fn running_it_all_slower_is_never_worse(levels in levels(), slower in 1_900_u16..2_500) {
        let (fast, slow) = (judged(&at_speed(&levels, 2_500)), judged(&at_speed(&levels, slower)));
        prop_assert!(badness(&slow) <= badness(&fast), "{levels:?} at {slower} mm/s");
    }

    #[test]
    fn a_pause_never_shortens_what_was_run(levels in levels(), at in 1_u32..2000, pause in 1.0_f32..900.0) {
        let plain = series(&levels);
        let mut paused = plain.clone();
        paused.pauses = vec![TimerPause { before: at.min(plain.len() as u32), seconds: pause }];
        let duration = |audit: &Audit| {
            audit.findings.iter().find(|finding| finding.criterion == "duration").unwrap().assessment.value
        };
        prop_assert_eq!(duration(&judged(&plain)), duration(&judged(&paused)));
    }
}

/// A season of runs, one a day or none, with titles and heart rates drawn at random.
fn season() -> impl Strategy<Value = Vec<(u8, u8, u16, usize)>> {
    proptest::collection::vec((0_u8..4, 0_u8..4, 120_u16..175, 1200_usize..4500), 6..24)
}

fn gathered(runs: &[(u8, u8, u16, usize)], from: i64) -> Ingested {
    let mut start = from;
    let measured = runs
        .iter()
        .enumerate()
        .map(|(k, (rest, title, beats, seconds))| {
            start += 86_400 * (1 + i64::from(*rest));
            let title = ["Recovery run", "Easy run", "6x800", "Morning run"][usize::from(*title)];
            let half = seconds / 2;
            let mut row =
                row(&series(&[(*beats - 8, half), (*beats, seconds - half)]), start, Some(title));
            row.metadata.anchors = anchors_of_watch(k);
            let source = Source { path: format!("{k:02}.fit"), format: "fit".into(), session: 0 };
            MeasuredSession {
                athlete: "me".to_owned(),
                content: ContentHash::of(source.path.as_bytes()),
                sources: vec![source],
                listed: Vec::new(),
                copies: Vec::new(),
                row: Box::new(row),
            }
        })
        .collect();
    Ingested { seen: runs.len(), measured, ..Ingested::default() }
}

/// What the watch wrote into the file of a run: not the same every day, and not always anything.
fn anchors_of_watch(k: usize) -> FileAnchors {
    let nothing = FileAnchors::default();
    match k % 5 {
        0 => FileAnchors { max_bpm: Some(190), resting_bpm: Some(50), ..nothing },
        1 => FileAnchors { resting_bpm: Some(75), ..nothing },
        2 => FileAnchors { threshold_bpm: Some(168), resting_bpm: Some(52), ..nothing },
        3 => FileAnchors { max_bpm: Some(150), resting_bpm: Some(50), ..nothing },
        _ => nothing,
    }
}

fn reviewed(gathered: Ingested) -> Review {
    let selection = Selection { all: true, ..Selection::default() };
    review(gathered, &Settings::default(), &BTreeMap::new(), &selection, &NoCache).unwrap()
}

/// A verdict with its certainty, its leaning and its reason, and what to do next time.
type Decided = Option<(Verdict, Option<Certainty>, Option<Leaning>, String, Option<String>)>;

/// What must not change when later runs are added: the verdict, what decides it, and what follows.
fn decided(review: &Review) -> Vec<(String, Decided)> {
    review
        .runs
        .iter()
        .map(|run| {
            let decided = run.audit.as_ref().map(|audit| {
                let ruling = audit.ruling.clone();
                let advice = audit.next_time.as_ref().map(|advice| advice.text.clone());
                (ruling.verdict, ruling.certainty, ruling.leaning, ruling.because, advice)
            });
            (run.id.clone(), decided)
        })
        .collect()
}

const MONDAY: i64 = 1_772_438_400;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn later_runs_change_no_earlier_verdict(runs in season(), cut in 1_usize..24) {
        let cut = cut.min(runs.len());
        let (whole, part) = (reviewed(gathered(&runs, MONDAY)), reviewed(gathered(&runs[..cut], MONDAY)));
        prop_assert_eq!(&decided(&whole)[..cut], &decided(&part)[..]);
        let known = |review: &Review| -> Vec<_> {
            review.runs.iter().map(|run| (run.evidence, run.lines)).collect()
        };
        prop_assert_eq!(&known(&whole)[..cut], &known(&part)[..], "anchors look ahead");
    }

    #[test]
    fn the_order_of_files_changes_nothing(runs in season()) {
        let forward = gathered(&runs, MONDAY);
        let mut backward = forward.clone();
        backward.measured.reverse();
        prop_assert_eq!(reviewed(forward), reviewed(backward));
    }

    #[test]
    fn weeks_later_it_is_the_same_season(runs in season(), weeks in 1_i64..300) {
        let verdicts = |from| -> Vec<_> {
            decided(&reviewed(gathered(&runs, from))).into_iter().map(|(_, decided)| decided).collect()
        };
        prop_assert_eq!(verdicts(MONDAY), verdicts(MONDAY + weeks * 7 * 86_400));
    }
}
