//! The 39 worked runs against the figures of an independent reference implementation.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use talktest::activity::{Exertion, PlannedEnd, Rating, SubSport};
use talktest::athlete::{
    AnchorEvidence, AnchorSource, MaxHeartRate, Model, Sensor, Sourced, thresholds,
};
use talktest::audit::{
    ActualEffort, Assessment, Audit, Certainty, Context, NoVerdictReason, Outcome, Rated, Verdict,
    judge,
};
use talktest::history::{EasyBaseline, Past};
use talktest::metrics::series::{Channel, GradeSource, Series, speed_to_channel};
use talktest::metrics::{
    RecordedMetadata, Resampled, RunMetrics, UnpackedRun, grade, measure_series, movement,
};
use talktest::review::{RunStatements, past_run};
use talktest::session::Session;
use talktest::settings::LimitOverrides;
use talktest::units::{BeatsPerMinute, MetresPerSecond, Seconds};

pub(crate) type Table = BTreeMap<String, Value>;

pub(crate) fn load(name: &str) -> Table {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/worked_runs/");
    let path = format!("{folder}{name}");
    let text = std::fs::read(&path).unwrap_or_else(|error| {
        panic!("{path} belongs to the project, and without it no worked run is tried: {error}")
    });
    serde_json::from_slice(&text).unwrap()
}

fn lane(values: &Value, seconds: usize, to_channel: impl Fn(f64) -> u16) -> Channel {
    match values.as_array() {
        Some(values) => Channel::of(values.iter().map(|value| value.as_f64().map(&to_channel))),
        None => Channel::blank(seconds),
    }
}

pub(crate) fn measured(run: &Value) -> RunMetrics {
    let seconds = run["v"].as_array().unwrap().len();
    let speed = lane(&run["v"], seconds, speed_to_channel);
    let cadence = lane(&run["cad"], seconds, |steps| steps as u16);
    let series = Series {
        heart_rate: lane(&run["hr"], seconds, |beats| beats as u16),
        grade: lane(&run["grade"], seconds, grade::to_channel),
        grade_source: GradeSource::Given,
        altitude: Channel::blank(seconds),
        movement: movement(&speed, &cadence),
        speed,
        cadence,
        ..Series::default()
    };
    let treadmill = run["treadmill"].as_bool() == Some(true);
    let said = RecordedMetadata {
        sub_sport: SubSport(if treadmill { "treadmill" } else { "generic" }.to_owned()),
        located: !treadmill,
        ..RecordedMetadata::default()
    };
    let way: f64 = (0..seconds).filter_map(|k| series.speed_m_s(k)).sum();
    let resampled =
        Resampled { series, distance_m: Some(way), ascent_m: None, speed_recorded: true };
    measure_series(said, resampled)
}

pub(crate) fn judged(run: &Value, row: &RunMetrics) -> Audit {
    let anchor = &run["anchor"];
    let guessed = anchor["guessed"].as_bool() == Some(true);
    let source = if guessed { AnchorSource::Age } else { AnchorSource::Settings };
    let bpm = |value: &Value| value.as_f64().and_then(BeatsPerMinute::new);
    let max = bpm(&anchor["hrmax"]).map(|bpm| MaxHeartRate {
        bpm,
        source,
        day: None,
        uncertainty: anchor["u_max"].as_f64().unwrap(),
        guessed,
    });
    let resting = bpm(&anchor["hrrest"]).map(|bpm| Sourced { bpm, source, day: None });
    let sensor = if run["u_sensor"].is_null() { Sensor::Chest } else { Sensor::Wrist };
    let evidence = AnchorEvidence {
        max,
        resting,
        talk_test: bpm(&anchor["talk_test"]),
        supported_max: bpm(&anchor["seen"]),
        ..AnchorEvidence::default()
    };
    let limits = LimitOverrides::default();
    let day = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
    let this = past_run(row, day, Session::Unknown, &RunStatements::default());
    let easy = run["easy_v"].as_f64().and_then(MetresPerSecond::new);
    let context = Context {
        evidence,
        lines: Some(thresholds(&evidence, sensor, 0.0)),
        altitude_uncertainty_bpm: 0.0,
        sensor,
        newer_runner: false,
        sex: None,
        rating: Rating { exertion: run["rpe"].as_f64().map(Exertion::cr10), feel: None },
        next_morning: None,
        planned_end: run["planned_min"]
            .as_f64()
            .map(|min| PlannedEnd::After(Seconds::from_minutes(min))),
        scheduled: run["planned_min"].as_f64().map(Seconds::from_minutes),
        primary_benefit: None,
        weekly_running: run["W"].as_f64().map(Seconds::from_minutes),
        easy: easy.map_or(EasyBaseline::TooFew(0), |speed| EasyBaseline::Known {
            speed,
            runs: 5,
            share_too_hard: None,
        }),
        this: &this,
        past: Past::none(day),
        on_speed: None,
        after: &[],
        limits: &limits,
        wording: talktest::audit::wording::Wording::default(),
    };
    judge(row, &UnpackedRun::of(row.channels.unpack().unwrap()), &context)
}

/// Collects what differs, so that one run of the test tells everything.
struct Check<'a> {
    run: &'a str,
    expected: &'a Value,
    wrong: &'a mut Vec<String>,
}

impl Check<'_> {
    fn number(&mut self, key: &str, expected: &Value, got: Option<f64>, tolerance: f64) {
        let agrees = match (expected.as_f64(), got) {
            (Some(expected), Some(got)) => (expected - got).abs() <= tolerance,
            (None, None) => true,
            _ => false,
        };
        if !agrees {
            self.wrong.push(format!("{}: {key}: expected {expected}, got {got:?}", self.run));
        }
    }

    fn word(&mut self, key: &str, got: &str) {
        self.word_in(self.expected, key, got);
    }

    fn word_in(&mut self, expected: &Value, key: &str, got: &str) {
        let expected = expected[key].as_str().unwrap_or("none");
        if expected != got {
            self.wrong.push(format!("{}: {key}: expected {expected}, got {got}", self.run));
        }
    }
}

fn answer(audit: &Audit, id: &str) -> &'static str {
    match audit.findings.iter().find(|finding| finding.criterion == id).unwrap().result().name() {
        "cannot" if matches!(id, "effort-rating" | "planned-end") => "none",
        name => name,
    }
}

fn check_measures(check: &mut Check, row: &RunMetrics) {
    let expected = check.expected;
    let heart = &row.heart_rate;
    let removed: u32 = heart.removed.iter().map(|total| total.seconds).sum();
    check.number("locked_s", &expected["locked_s"], Some(removed.into()), 0.0);
    let suspected: u32 = heart.suspected.iter().map(|total| total.seconds).sum();
    let suspected = f64::from(suspected);
    check.number("suspect_lock_s", &expected["suspect_lock_s"], Some(suspected), 0.0);
    check.number("moving_min", &expected["moving_min"], Some(row.durations.moving.minutes()), 6e-3);
    check.number(
        "elapsed_min",
        &expected["elapsed_min"],
        Some(row.durations.elapsed.minutes()),
        6e-3,
    );
    let steadiness = row.steadiness.as_ref().unwrap();
    check.number("finish_ratio", &expected["finish_ratio"], Some(steadiness.finish_ratio), 6e-5);
    check.number("v_ref", &expected["v_ref"], Some(steadiness.reference_speed.get()), 6e-4);
    let recorded = steadiness.reference_recorded_speed.get();
    check.number("v_ref_speed", &expected["v_ref_speed"], Some(recorded), 6e-4);
    check_drift(check, row);
}

fn check_drift(check: &mut Check, row: &RunMetrics) {
    let expected = check.expected;
    // Below fifteen minutes of heart rate the reference gives no drift at all.
    let drift = row.drift.as_ref().ok().map(|drift| drift.raw).filter(|drift| drift.kept_s >= 900);
    check.number("PaHR", &expected["PaHR"], drift.map(|d| d.decoupling.get()), 6e-4);
    if let Some(drift) = drift {
        check.number("EF1", &expected["EF1"], Some(drift.first_efficiency), 6e-6);
        check.number("EF2", &expected["EF2"], Some(drift.second_efficiency), 6e-6);
        let slope = drift.slope;
        let key = "drift_bpm_per_10min";
        check.number(key, &expected[key], slope.map(|slope| slope.bpm_per_10_min), 6e-4);
        check.number("ci low", &expected["drift_ci"][0], slope.map(|slope| slope.low), 6e-3);
        check.number("ci high", &expected["drift_ci"][1], slope.map(|slope| slope.high), 6e-3);
    }
}

fn check_lines(check: &mut Check, audit: &Audit) {
    let lines = audit.lines.unwrap();
    let expected = check.expected;
    for (key, line) in [("C1", lines.ceiling), ("C2", lines.moderate), ("C3", lines.hard)] {
        check.number(key, &expected[key], Some(line.get()), 0.06);
    }
    check.number("u", &expected["u"], Some(lines.uncertainty), 6e-3);
    let model = match lines.model {
        Model::Hrr => "HRR",
        Model::Hrmax => "HRmax",
        Model::TalkTest => "talk test",
        other => panic!("{other:?}"),
    };
    check.word("model", model);
}

fn check_effort(check: &mut Check, audit: &Audit) {
    let expected = check.expected;
    let hr = &expected["hr"];
    let effort = audit.effort.answer(talktest::audit::Ratings::worst);
    check.word("HR", effort.name());
    let Some(rated) = audit.effort.rated.as_ref().filter(|_| !hr.is_null()) else { return };
    let times = &rated.times;
    check.number("share", &hr["share"], Some(times.share_pct()), 6e-3);
    check.number("share_easy", &hr["share_easy"], Some(times.easy_share_pct()), 6e-3);
    let missing = rated.missing_pct;
    check.number("share_hi", &expected["share_hi"], Some(times.share_pct() + missing), 6e-3);
    let easy = times.easy_share_pct() + missing;
    check.number("share_easy_hi", &expected["share_easy_hi"], Some(easy), 6e-3);
    for (key, seconds) in [
        ("long1", times.ceiling.longest),
        ("t2", times.moderate.seconds),
        ("long2", times.moderate.longest),
        ("t3", times.hard.seconds),
        ("long3", times.hard.longest),
    ] {
        check.number(key, &hr[key], Some(f64::from(seconds)), 0.0);
    }
    let nominal = &rated.nominal;
    for (key, outcome) in [
        ("H1", nominal.above_ceiling),
        ("H2", nominal.longest),
        ("H3", nominal.moderate),
        ("H4", nominal.hard),
        ("worst", nominal.worst()),
    ] {
        check.word_in(hr, key, outcome.name());
    }
    check.word("strict", rated.strict.worst().name());
    check.word("lenient", rated.lenient.worst().name());
    check.word("why", why(audit));
    check_agreement(check, audit, rated);
}

/// Why the heart rate decides nothing, in the words of the reference.
fn why(audit: &Audit) -> &'static str {
    match audit.effort.undecided {
        None => "none",
        Some(NoVerdictReason::GuessedAnchor) => "anchor too uncertain",
        Some(NoVerdictReason::Coverage(_)) => "too much is missing",
        Some(other) => panic!("{other:?}"),
    }
}

/// Whether strict and lenient lines agree on the heart-rate rules alone.
fn check_agreement(check: &mut Check, audit: &Audit, rated: &Rated) {
    let is_decided = audit.effort.undecided.is_none();
    let (strict, lenient) = (rated.strict.worst(), rated.lenient.worst());
    let opposite = strict == Outcome::Fail && lenient == Outcome::Pass;
    for (key, got) in [
        ("soft", is_decided && strict != lenient && !opposite),
        ("close_call", is_decided && opposite),
    ] {
        let expected = check.expected[key].as_bool().unwrap_or(false);
        if expected != got {
            check.wrong.push(format!("{}: {key}: expected {expected}, got {got}", check.run));
        }
    }
}

/// The duration limit that the bounds of the run follow from.
fn limit_minutes(audit: &Audit) -> f64 {
    let duration = audit.findings.iter().find(|finding| finding.criterion == "duration").unwrap();
    duration.assessment.figure("limit_minutes").unwrap()
}

fn check_coverage(check: &mut Check, audit: &Audit) {
    let gate =
        audit.findings.iter().find(|finding| finding.criterion == "heart-rate-coverage").unwrap();
    let coverage = gate.assessment.value.unwrap();
    check.number("coverage", &check.expected["coverage"], Some(coverage), 0.06);
    check.number("L", &check.expected["L"], Some(limit_minutes(audit)), 1e-6);
}

fn check_judgement(check: &mut Check, audit: &Audit) {
    for (key, id) in [
        ("D1", "duration"),
        ("S1", "fast-finish"),
        ("S2", "surges"),
        ("D2", "planned-end"),
        ("F1", "effort-rating"),
    ] {
        check.word(key, answer(audit, id));
    }
    let verdict = match audit.ruling.verdict {
        Verdict::Kept => "KEPT",
        Verdict::Slipped => "SLIPPED",
        Verdict::NotRecovery => "NOT RECOVERY",
        Verdict::CannotJudge => "CANNOT JUDGE",
    };
    check.word("VERDICT", verdict);
    check_surges(check, audit);
    check_pace(check, audit);
}

fn finding<'a>(audit: &'a Audit, id: &str) -> &'a Assessment {
    &audit.findings.iter().find(|finding| finding.criterion == id).unwrap().assessment
}

fn check_surges(check: &mut Check, audit: &Audit) {
    let surges = finding(audit, "surges");
    let seconds: Vec<u64> = surges.spans.iter().map(|span| u64::from(span.seconds)).collect();
    let expected: Vec<u64> =
        check.expected["surges"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    if expected != seconds {
        check.wrong.push(format!("{}: surges: {expected:?} {seconds:?}", check.run));
    }
    let key = "surge_s_above_ceiling";
    let above = surges.figure("seconds_above_ceiling");
    check.number(key, &check.expected[key], above, 0.0);
}

fn check_pace(check: &mut Check, audit: &Audit) {
    let gap = finding(audit, "pace-gap");
    check.word("P1", gap.result.name());
    let key = "pace_delta_s_per_mi";
    if gap.result != Outcome::Cannot {
        let per_mile = gap.value.map(|per_km| per_km * 1.609_344);
        check.number(key, &check.expected[key], per_mile, 0.06);
    }
}

#[test]
fn every_worked_run_has_its_figures() {
    let (runs, expected) = (load("vectors.json"), load("expected.json"));
    assert_eq!(runs.len(), 39);
    let mut wrong = Vec::new();
    for (name, run) in &runs {
        let row = measured(run);
        let audit = judged(run, &row);
        let mut check = Check { run: name, expected: &expected[name], wrong: &mut wrong };
        check_measures(&mut check, &row);
        check_lines(&mut check, &audit);
        check_effort(&mut check, &audit);
        check_coverage(&mut check, &audit);
        check_judgement(&mut check, &audit);
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Certainty and class of every worked run, by the rules: all rules combined at the lines, at the
/// strict and at the lenient ones.
const RULINGS: [(&str, Option<Certainty>, Option<ActualEffort>); 39] = {
    use ActualEffort::{Almost, Easy, EasyButLong, FeltHard, Hard, Moderate, Recovery};
    use Certainty::{CloseCall, Firm, Soft};
    [
        ("1 ", Some(Firm), Some(Recovery)),
        ("2 ", Some(Firm), Some(EasyButLong)),
        ("2b ", Some(Firm), Some(Almost)),
        ("3 ", Some(Firm), Some(Moderate)),
        ("4 ", None, None),
        ("4b ", None, None),
        ("5 ", Some(Firm), Some(Almost)),
        ("6 ", Some(Soft), Some(Recovery)),
        ("7 ", Some(Firm), Some(Recovery)),
        ("8 ", None, None),
        ("8b ", Some(Firm), None),
        ("9 ", Some(Firm), Some(Recovery)),
        ("10 ", None, None),
        ("10b ", Some(Soft), Some(Recovery)),
        ("11 ", None, None),
        ("11b ", Some(Soft), Some(Recovery)),
        ("12 ", Some(Firm), Some(FeltHard)),
        ("13 ", Some(Soft), Some(Easy)),
        ("14 ", Some(Firm), Some(Recovery)),
        ("14b ", Some(Firm), Some(Almost)),
        ("15 ", Some(Firm), Some(Almost)),
        ("15b ", Some(Soft), Some(Hard)),
        ("16 ", Some(Firm), Some(Almost)),
        ("17 ", Some(Soft), Some(Recovery)),
        ("18 ", Some(Firm), Some(Moderate)),
        ("19 ", Some(CloseCall), Some(Almost)),
        ("20 ", Some(Firm), Some(Almost)),
        ("20b ", Some(Firm), Some(Recovery)),
        ("20c ", Some(Firm), Some(Almost)),
        ("21 ", Some(Firm), Some(Moderate)),
        ("21b ", None, None),
        ("21c ", Some(Soft), Some(Recovery)),
        ("21d ", None, None),
        ("21e ", Some(Soft), Some(Recovery)),
        ("22 ", Some(Soft), Some(Recovery)),
        ("23 ", Some(Firm), Some(Recovery)),
        ("24 ", Some(Soft), Some(Moderate)),
        ("24b ", Some(Soft), Some(Almost)),
        ("25 ", Some(Soft), Some(Moderate)),
    ]
};

#[test]
fn every_worked_run_is_named_and_as_sure_as_the_rules_say() {
    let runs = load("vectors.json");
    for (start, certainty, was) in RULINGS {
        let (_, run) = runs.iter().find(|(name, _)| name.starts_with(start)).unwrap();
        let ruling = judged(run, &measured(run)).ruling;
        assert_eq!((ruling.certainty, ruling.was), (certainty, was), "{start}: {ruling:?}");
    }
}

#[test]
fn the_sentences_of_the_worked_runs() {
    let runs = load("vectors.json");
    let text: Vec<String> = runs
        .iter()
        .map(|(name, run)| {
            let Audit { ruling, next_time, .. } = judged(run, &measured(run));
            let next =
                next_time.map_or_else(String::new, |advice| format!("\n    {}", advice.text));
            format!("{name}: {:?}\n    {}{next}", ruling.verdict, ruling.because)
        })
        .collect();
    insta::assert_snapshot!(text.join("\n"));
}
