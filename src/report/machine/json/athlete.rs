//! One athlete as the contract has it: counts, weeks, months, hints.

use chrono::Datelike;
use serde_json::{Value, json};

use super::anchors::{anchors_json, lines_json, period_json};
use super::number::round;
use crate::history::{Change, Direction};
use crate::report::limits;
use crate::review::{AthleteReview, Fitness, Month, MonthOfMinutes, ShortRuns, Week};
use crate::units::MetresPerSecond;

/// One athlete as the contract has it.
pub(super) fn athlete_json(athlete: &AthleteReview) -> Value {
    json!({
        "athlete": athlete.name,
        "anchors": anchors_json(&athlete.anchors),
        "lines_bpm": athlete.lines.as_ref().map(lines_json),
        "judged_by": athlete.judged_by.iter().map(period_json).collect::<Vec<_>>(),
        "passed_maximum": athlete.passed_maximum,
        "advice": limits::advice(athlete),
        "easy_pace_s_per_km": athlete.easy.speed().and_then(MetresPerSecond::pace).map(|pace| round(pace.get(), 1)),
        "recovery": athlete.recovery,
        "weeks": athlete.weeks.iter().map(week_json).collect::<Vec<_>>(),
        "months": athlete.months.iter().map(month_json).collect::<Vec<_>>(),
        "above_ceiling_change": athlete.above_ceiling.as_ref().map(change_json),
        "fitness": athlete.fitness.as_ref().map(fitness_json),
        "short_runs": athlete.short_runs.as_ref().map(short_runs_json),
        "shorter_and_calmer": athlete.shorter_and_calmer,
        "in_one_sentence": athlete.in_one_sentence,
        "hints": athlete.hints.iter().map(|hint| json!({"run": hint.run, "text": hint.text})).collect::<Vec<_>>(),
    })
}

fn week_json(week: &Week) -> Value {
    let iso = week.monday.iso_week();
    json!({
        "week": format!("{}-W{:02}", iso.year(), iso.week()),
        "monday": week.monday.to_string(),
        "cut": week.is_cut,
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
        "cut": month.is_cut,
        "recovery": month.recovery,
        "kept_pct": month.recovery.kept_pct().map(|pct| round(pct, 1)),
    })
}

fn fitness_json(fitness: &Fitness) -> Value {
    let pace = |speed: f64| MetresPerSecond::new(speed).and_then(MetresPerSecond::pace);
    let pace = |speed: f64| pace(speed).map(|pace| round(pace.get(), 1));
    let beats = |bpm: f64| round(bpm, 1);
    let month = |month: &MonthOfMinutes| format!("{}", month.first.format("%Y-%m"));
    json!({
        "heart_rate_bpm": beats(fitness.heart_rate.get()),
        "pace_at_heart_rate": fitness.speed_by_month.iter().map(|of| json!({
            "month": month(of),
            "minutes": of.minutes,
            "pace_s_per_km": pace(of.figure.median),
            // The faster quarter is the upper one of the speeds.
            "quartiles_s_per_km": [pace(of.figure.high), pace(of.figure.low)],
        })).collect::<Vec<_>>(),
        "pace_s_per_km": pace(fitness.speed.get()),
        "heart_rate_at_pace": fitness.heart_rate_by_month.iter().map(|of| json!({
            "month": month(of),
            "minutes": of.minutes,
            "heart_rate_bpm": beats(of.figure.median),
            "quartiles_bpm": [beats(of.figure.low), beats(of.figure.high)],
        })).collect::<Vec<_>>(),
    })
}

fn short_runs_json(short: &ShortRuns) -> Value {
    json!({
        "runs": short.runs,
        "kept": short.kept,
        "cannot_judge": short.cannot_judge,
        "above_ceiling_bpm": short.above_ceiling_bpm.map(|bpm| round(bpm, 1)),
    })
}

fn change_json(change: &Change) -> Value {
    let direction = match change.direction() {
        Direction::Lower => "better",
        Direction::Higher => "worse",
        Direction::Unclear => "no_clear_change",
    };
    let [recent, before] = change.runs;
    let (low, high) = change.shift.interval;
    json!({
        "direction": direction,
        "points": round(change.shift.difference, 2),
        "interval": [round(low, 2), round(high, 2)],
        "last_runs": recent,
        "runs_before": before,
    })
}
