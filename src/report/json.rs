//! The contract for machines: `talktest/audit/1`. Keys may be added, never renamed; values are SI.

use std::io::{self, Write};

use chrono::Datelike;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use super::pace::{believable, reason};
use super::sanitize::Escaping;
use super::{Output, Style};
use crate::athlete::{AnchorEvidence, AnchorSource, HeartRateThresholds, Sourced};
use crate::audit::{Advice, Audit, Finding, RULES};
use crate::ingest::{FileProblem, NotRun};
use crate::metrics::{RunMetrics, Unmeasured};
use crate::review::{AthleteReview, Month, Review, ReviewedRun, Week};
use crate::session::Session;
use crate::units::{BeatsPerMinute, MetresPerSecond};

/// `--format json`.
pub static OUTPUT: Output = Output { id: "json", write };

/// The name and version of the contract.
pub const SCHEMA: &str = "talktest/audit/1";

fn write(review: &Review, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(Escaping(&mut *out), &Document(review))?;
    out.write_all(b"\n")
}

/// The document as it is written: one value at a time, for all of them would take ten times the
/// memory of their text.
struct Document<'a>(&'a Review);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(review) = self;
        let not_run = |not: &NotRun| json!({"path": not.path, "what": not.what});
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", SCHEMA)?;
        map.serialize_entry("tool", env!("CARGO_PKG_VERSION"))?;
        map.serialize_entry("rules", RULES)?;
        map.serialize_entry("settings_hash", &review.settings_hash)?;
        map.serialize_entry("files", &review.files)?;
        map.serialize_entry("left_out", &review.left_out)?;
        map.serialize_entry("problems", &Each(&review.problems, problem_json))?;
        map.serialize_entry("not_runs", &Each(&review.not_runs, not_run))?;
        map.serialize_entry("athletes", &Each(&review.athletes, athlete_json))?;
        map.serialize_entry("runs", &Each(&review.runs, run_json))?;
        map.serialize_entry("unlabelled", &Each(&review.unlabelled, run_json))?;
        map.end()
    }
}

/// A list, each of its values made when it is written.
struct Each<'a, T, F: Fn(&T) -> Value>(&'a [T], F);

impl<T, F: Fn(&T) -> Value> Serialize for Each<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

fn problem_json(problem: &FileProblem) -> Value {
    json!({
        "path": problem.path,
        "kind": problem.problem.kind,
        "detail": problem.problem.to_string(),
        "fatal": problem.fatal,
    })
}

fn athlete_json(athlete: &AthleteReview) -> Value {
    json!({
        "athlete": athlete.name,
        "anchors": anchors_json(&athlete.anchors),
        "lines_bpm": athlete.lines.as_ref().map(lines_json),
        "easy_pace_s_per_km": athlete.easy.speed().and_then(MetresPerSecond::pace).map(|pace| round(pace.get(), 1)),
        "recovery": athlete.recovery,
        "weeks": athlete.weeks.iter().map(week_json).collect::<Vec<_>>(),
        "months": athlete.months.iter().map(month_json).collect::<Vec<_>>(),
        "in_one_sentence": athlete.in_one_sentence,
        "hints": athlete.hints.iter().map(|hint| json!({"run": hint.run, "text": hint.text})).collect::<Vec<_>>(),
    })
}

fn week_json(week: &Week) -> Value {
    let iso = week.monday.iso_week();
    json!({
        "week": format!("{}-W{:02}", iso.year(), iso.week()),
        "monday": week.monday.to_string(),
        "runs": week.runs,
        "running_days": week.running_days,
        "quality": week.quality,
        "moving_s": round(week.moving_s, 0),
        "recovery": week.recovery,
        "band_s": week.band_s,
    })
}

fn month_json(month: &Month) -> Value {
    json!({
        "month": month.month,
        "recovery": month.recovery,
        "kept_pct": month.recovery.kept_pct().map(|pct| round(pct, 1)),
    })
}

fn anchors_json(anchors: &AnchorEvidence) -> Value {
    let stated =
        |bpm: Option<BeatsPerMinute>| bpm.map(|bpm| anchor_json(bpm, AnchorSource::Settings));
    let watch = anchors.watch_threshold.map(|bpm| anchor_json(bpm, AnchorSource::Watch));
    json!({
        "ceiling": stated(anchors.ceiling),
        "talk_test": stated(anchors.talk_test),
        "threshold": stated(anchors.stated_threshold).or(watch),
        "max": anchors.max.map(|max| json!({
            "bpm": round(max.bpm.get(), 1), "source": max.source,
            "uncertainty": round(max.uncertainty, 1), "guessed": max.guessed,
        })),
        "resting": anchors.resting.map(|Sourced { bpm, source }| anchor_json(bpm, source)),
    })
}

fn anchor_json(bpm: BeatsPerMinute, source: AnchorSource) -> Value {
    json!({"bpm": round(bpm.get(), 1), "source": source})
}

/// One run as the contract has it.
pub fn run_json(run: &ReviewedRun) -> Value {
    let said = &run.measured.row.metadata;
    json!({
        "id": run.id,
        "athlete": run.measured.athlete,
        "sources": run.measured.sources,
        "start": said.start.date_time().map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        "local_start": run.start.time.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        "offset_source": run.start.source,
        "sport": said.sport.name(),
        "sub_sport": said.sub_sport.0,
        "device": said.device,
        "label": label_json(run),
        "session": session_json(run.session),
        "metrics": metrics_json(run),
        "audit": run.audit.as_ref().map(audit_json),
    })
}

fn label_json(run: &ReviewedRun) -> Value {
    let Some(label) = &run.label else {
        return json!({"kind": "none", "text": null, "source": null, "by": null, "conflicts": []});
    };
    json!({
        "kind": label.kind.map_or("none", |kind| kind.name()),
        "text": label.text,
        "source": label.source,
        "by": label.by,
        "conflicts": label.conflicts,
    })
}

fn session_json(session: Session) -> Value {
    let by = match session {
        Session::Known(_, by) => Some(by),
        Session::Unknown | Session::OtherSport => None,
    };
    json!({"kind": session.name(), "by": by})
}

fn metrics_json(run: &ReviewedRun) -> Value {
    let row = &run.measured.row;
    let (clocks, way) = (&row.durations, &row.distances);
    let metres = |way: Option<crate::units::Metres>| way.map(|way| round(way.get(), 1));
    let pace = |pace| believable(pace).map(|pace| round(pace.get(), 1));
    json!({
        "elapsed_s": round(clocks.elapsed.get(), 1),
        "timer_s": round(clocks.timer.get(), 1),
        "moving_s": round(clocks.moving.get(), 1),
        "walking_s": round(clocks.walking.get(), 1),
        "distance_m": metres(way.distance),
        "ascent_m": metres(way.ascent),
        "pace_s_per_km": pace(row.pace()),
        "timer_pace_s_per_km": pace(row.timer_pace()),
        "elapsed_pace_s_per_km": pace(row.elapsed_pace()),
        "grade_adjusted_pace_s_per_km": pace(row.grade_adjusted_pace()),
        "speed_is_estimated": row.speed_is_estimated(),
        "recording_interval_s": clocks.recording_interval.map(|interval| round(interval.get(), 2)),
        "heart_rate": heart_rate_json(run),
        "time_in_zone": zones_json(run),
        "device_zones": device_zones_json(row),
        "drift": drift_json(row),
        "not_measured": not_measured(run),
    })
}

fn heart_rate_json(run: &ReviewedRun) -> Value {
    let heart = &run.measured.row.heart_rate;
    let bpm = |bpm: Option<BeatsPerMinute>| bpm.map(|bpm| round(bpm.get(), 1));
    json!({
        "raw_mean_bpm": bpm(heart.raw_mean),
        "mean_bpm": bpm(heart.mean),
        "max_bpm": heart.max.map(|max| max.get() as u32),
        "max_30s_bpm": bpm(run.measured.row.peak_heart_rate.over_30_s),
        "coverage_pct": round(run.coverage_pct, 2),
        "grade": run.trust.grade,
        "sensor": run.sensor,
        "removed": seconds_json(&heart.removed),
        "suspected": seconds_json(&heart.suspected),
    })
}

fn seconds_json<R: Serialize>(reasons: &[(R, u32)]) -> Vec<Value> {
    reasons.iter().map(|(reason, seconds)| json!({"reason": reason, "seconds": seconds})).collect()
}

fn zones_json(run: &ReviewedRun) -> Value {
    run.zones.as_ref().map_or(Value::Null, |zones| {
        json!({
            "model": zones.model,
            "bounds_bpm": zones.bounds.iter().map(|bound| round(bound.get(), 1)).collect::<Vec<_>>(),
            "seconds": zones.time.seconds,
            "missing_s": zones.time.missing,
        })
    })
}

fn device_zones_json(row: &RunMetrics) -> Value {
    row.metadata.device_zones.as_ref().map_or(Value::Null, |zones| {
        json!({
            "bounds_bpm": zones.bounds_bpm,
            "stated_s": zones.stated_s.iter().map(|seconds| round(*seconds, 1)).collect::<Vec<_>>(),
            "computed_s": row.heart_rate.in_device_zones_s,
        })
    })
}

fn drift_json(row: &RunMetrics) -> Value {
    let Ok(drift) = &row.drift else { return Value::Null };
    json!({
        "decoupling_pct": round(drift.decoupling.get(), 2),
        "slope_bpm_per_10min": drift.slope.map(|slope| round(slope.bpm_per_10_min, 2)),
        "slope_ci": drift.slope.map(|slope| [round(slope.low, 2), round(slope.high, 2)]),
    })
}

/// The reasons of null values, by key.
fn not_measured(run: &ReviewedRun) -> Value {
    let row = &run.measured.row;
    let mut reasons = Map::new();
    let mut note = |key: &str, reason: Option<&str>| {
        if let Some(reason) = reason {
            reasons.insert(key.to_owned(), json!(reason));
        }
    };
    note("drift", row.drift.as_ref().err().map(|reason| unmeasured(*reason)));
    let paces = [
        ("pace_s_per_km", row.pace(), row.durations.moving),
        ("timer_pace_s_per_km", row.timer_pace(), row.durations.timer),
        ("elapsed_pace_s_per_km", row.elapsed_pace(), row.durations.elapsed),
        ("grade_adjusted_pace_s_per_km", row.grade_adjusted_pace(), row.durations.moving),
    ];
    for (key, pace, time) in paces {
        note(key, believable(pace).is_none().then(|| reason(row, time)));
    }
    let no_slope = row.drift.as_ref().is_ok_and(|drift| drift.slope.is_none());
    note("drift.slope_bpm_per_10min", no_slope.then_some("fewer_than_ten_minutes"));
    let heart = &row.heart_rate;
    let unheard = |unless| if heart.raw_mean.is_none() { "not_recorded" } else { unless };
    note("heart_rate.mean_bpm", heart.mean.is_none().then(|| unheard("all_taken_out")));
    note(
        "heart_rate.max_30s_bpm",
        row.peak_heart_rate.over_30_s.is_none().then(|| unheard("too_short")),
    );
    note("distance_m", row.distances.distance.is_none().then_some("not_recorded"));
    note("ascent_m", row.distances.ascent.is_none().then_some("not_recorded"));
    note("time_in_zone", run.zones.is_none().then_some("no_boundaries_for_this_model"));
    note("device_zones", row.metadata.device_zones.is_none().then_some("not_recorded"));
    Value::Object(reasons)
}

fn unmeasured(reason: Unmeasured) -> &'static str {
    match reason {
        Unmeasured::TooShort => "too_short",
        Unmeasured::NoSpeed => "no_speed",
        Unmeasured::Walked => "all_walked",
        Unmeasured::NoHeartRate => "no_heart_rate",
    }
}

fn audit_json(audit: &Audit) -> Value {
    let ruling = &audit.ruling;
    json!({
        "verdict": ruling.verdict,
        "certainty": ruling.certainty,
        "leaning": ruling.leaning,
        "was": ruling.was,
        "because": ruling.because,
        "next_time": audit.next_time.as_ref().map(advice_json),
        "sensitivity": audit.sensitivity,
        "lines_bpm": audit.lines.as_ref().map(lines_json),
        "findings": audit.findings.iter().map(finding_json).collect::<Vec<_>>(),
    })
}

fn advice_json(advice: &Advice) -> Value {
    json!({
        "text": advice.text,
        "up_to_pace_s_per_km": advice.up_to.map(|pace| round(pace.get(), 1)),
        "basis_runs": advice.basis_runs,
    })
}

fn lines_json(lines: &HeartRateThresholds) -> Value {
    let bpm = |line: BeatsPerMinute| round(line.get(), 1);
    json!({
        "target": bpm(lines.target),
        "ceiling": bpm(lines.ceiling),
        "moderate": bpm(lines.moderate),
        "hard": bpm(lines.hard),
        "uncertainty": round(lines.uncertainty, 2),
        "model": lines.model,
        "source": lines.source,
        "guessed": lines.guessed,
        "disagreeing_ceiling": lines.disagreeing_ceiling.map(bpm),
    })
}

fn finding_json(finding: &Finding) -> Value {
    let assessment = &finding.assessment;
    json!({
        "criterion": finding.criterion,
        "severity": finding.severity,
        "result": assessment.result,
        "value": assessment.value.map(|value| round(value, 2)),
        "limit": assessment.limit.map(|limit| round(limit, 2)),
        "unit": assessment.unit,
        "text": assessment.text,
        "spans_s": assessment.spans.iter().map(|span| [span.start, span.start + span.seconds]).collect::<Vec<_>>(),
    })
}

fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    let rounded = (value * scale).round() / scale;
    // Minus zero reads like a fault.
    if rounded == 0.0 { 0.0 } else { rounded }
}
