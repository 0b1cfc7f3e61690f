//! The 39 worked runs against the figures of an independent reference implementation.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use talktest::activity::{Exertion, PlannedEnd, Rating, SubSport};
use talktest::athlete::{AnchorEvidence, AnchorSource, MaxHeartRate, Sensor, Sourced, thresholds};
use talktest::audit::{ActualEffort, Audit, Certainty, Context, Verdict, judge};
use talktest::history::{EasyBaseline, Past};
use talktest::metrics::series::{Channel, GradeSource, Series, speed_to_channel};
use talktest::metrics::{RecordedMetadata, Resampled, RunMetrics, grade, measure_series, movement};
use talktest::review::facts::{PlanAndNotes, past_run};
use talktest::settings::LimitOverrides;
use talktest::units::{BeatsPerMinute, MetresPerSecond, Seconds};

type Table = BTreeMap<String, Value>;

fn load(name: &str) -> Table {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/worked_runs/");
    serde_json::from_slice(&std::fs::read(format!("{folder}{name}")).unwrap()).unwrap()
}

fn lane(values: &Value, seconds: usize, to_channel: impl Fn(f64) -> u16) -> Channel {
    match values.as_array() {
        Some(values) => Channel::of(values.iter().map(|value| value.as_f64().map(&to_channel))),
        None => Channel::blank(seconds),
    }
}

fn measured(run: &Value) -> RunMetrics {
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

fn judged(run: &Value, row: &RunMetrics) -> Audit {
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
    let this = past_run(row, &PlanAndNotes { day, is_run: true, ..PlanAndNotes::default() });
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
        weekly_running: run["W"].as_f64().map(Seconds::from_minutes),
        easy: easy.map_or(EasyBaseline::TooFew(0), |speed| EasyBaseline::Known {
            speed,
            runs: 5,
            share_too_hard: None,
        }),
        this: &this,
        past: Past::none(day),
        after: &[],
        limits: &limits,
        wording: talktest::audit::wording::Wording::default(),
    };
    judge(row, &row.channels.unpack().unwrap(), &context)
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
        let expected = self.expected[key].as_str().unwrap_or("none");
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
    check.number("moving_min", &expected["moving_min"], Some(row.durations.moving.minutes()), 1e-9);
    check.number(
        "elapsed_min",
        &expected["elapsed_min"],
        Some(row.durations.elapsed.minutes()),
        1e-9,
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
}

fn check_effort(check: &mut Check, audit: &Audit) {
    let hr = &check.expected["hr"];
    let Some(rated) = audit.effort.rated.as_ref().filter(|_| !hr.is_null()) else { return };
    let times = &rated.times;
    check.number("share", &hr["share"], Some(times.share_pct()), 6e-3);
    for (key, seconds) in [
        ("long1", times.ceiling.longest),
        ("t2", times.moderate.seconds),
        ("long2", times.moderate.longest),
        ("long3", times.hard.longest),
    ] {
        check.number(key, &hr[key], Some(f64::from(seconds)), 0.0);
    }
    check.word("strict", rated.strict.name());
    check.word("lenient", rated.lenient.name());
    let effort =
        if audit.effort.undecided.is_some() { "cannot" } else { rated.nominal.worst().name() };
    check.word("HR", effort);
}

/// The duration limit that the bounds of the run follow from.
fn limit_minutes(audit: &Audit) -> f64 {
    let duration = audit.findings.iter().find(|finding| finding.criterion == "duration").unwrap();
    duration.assessment.other_limit("limit").unwrap()
}

fn check_coverage(check: &mut Check, audit: &Audit) {
    let gate =
        audit.findings.iter().find(|finding| finding.criterion == "heart-rate-coverage").unwrap();
    let coverage = gate.assessment.value.unwrap();
    check.number("coverage", &check.expected["coverage"], Some(coverage), 0.06);
    let rated = audit.effort.rated.as_ref().filter(|_| !check.expected["share_hi"].is_null());
    let highest = rated.map(|rated| rated.times.share_pct() + 100.0 - coverage);
    check.number("share_hi", &check.expected["share_hi"], highest, 6e-3);
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
    let spans = |id: &str| {
        let finding = audit.findings.iter().find(|finding| finding.criterion == id).unwrap();
        finding.assessment.spans.iter().map(|span| u64::from(span.seconds)).collect::<Vec<_>>()
    };
    let expected: Vec<u64> =
        check.expected["surges"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    if expected != spans("surges") {
        check.wrong.push(format!("{}: surges: {expected:?} {:?}", check.run, spans("surges")));
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

#[test]
fn the_worked_runs_are_told_as_the_rules_tell_them() {
    let runs = load("vectors.json");
    let ruling = |start: &str| {
        let (_, run) = runs.iter().find(|(name, _)| name.starts_with(start)).unwrap();
        judged(run, &measured(run)).ruling
    };
    for (start, certainty) in [
        ("1 ", Certainty::Firm),
        ("6 ", Certainty::Soft),
        ("7 ", Certainty::Firm),
        ("11b", Certainty::Firm),
        ("17 ", Certainty::CloseCall),
    ] {
        assert_eq!(ruling(start).certainty, Some(certainty), "{start}");
    }
    for (start, was) in [
        ("2 ", ActualEffort::EasyButLong),
        ("3 ", ActualEffort::Moderate),
        ("12 ", ActualEffort::FeltHard),
        ("13 ", ActualEffort::Easy),
        ("15 ", ActualEffort::Hard),
    ] {
        assert_eq!(ruling(start).was, Some(was), "{start}");
    }
    assert_eq!(ruling("8 ").leaning, Some(talktest::audit::Leaning::Easy));
}
