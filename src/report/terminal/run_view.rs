//! One run in the terminal: verdict, chart, zones, criteria.

use super::chart;
use super::layout::{flow, fold, line};
use super::paint::{Paint, of_outcome, of_verdict, paint};
use crate::athlete::AnchorEvidence;
use crate::audit::wording::{Wording, clock, duration, plain};
use crate::audit::{Audit, CRITERIA, Finding, Outcome, Severity, describe_removal};
use crate::metrics::DamagedChannels;
use crate::report::limits;
use crate::report::output::Style;
use crate::report::pace::{believable, steady_pace};
use crate::report::sanitize::sanitize;
use crate::report::summary;
use crate::report::{what_if, words};
use crate::review::{DisplayedZones, OffsetSource, ReviewedRun};

/// A run as `talktest show` writes it; `sessions` is how many its file holds.
///
/// # Errors
/// Where the channels of its row are damaged.
pub fn run_view(
    run: &ReviewedRun,
    sessions: usize,
    anchors: &AnchorEvidence,
    style: &Style,
) -> Result<String, DamagedChannels> {
    let mut text = String::new();
    line(&mut text, &headline(run, sessions, style));
    if let Some(audit) = &run.audit {
        verdict(&mut text, run, audit, style);
    }
    let series = run.measured.row.channels.unpack()?;
    for row in chart::heart_rate(&series, run.lines.as_ref(), style) {
        line(&mut text, &row);
    }
    if let Some(zones) = &run.zones {
        zone_bars(&mut text, zones, style);
    }
    heart_rate(&mut text, run, style);
    if let Some(audit) = &run.audit {
        line(&mut text, "");
        findings(&mut text, &audit.findings, style);
        if let Some(advice) = &audit.next_time {
            line(&mut text, &format!("\n{}", fold(&advice.text, style)));
        }
        if let Some(sentence) = what_if::would_be_kept(audit, style.units) {
            line(&mut text, &fold(&sentence, style));
        }
        line(&mut text, &fold(&with_other_limits(audit), style));
    }
    line(&mut text, "");
    match &run.lines {
        Some(lines) => line(&mut text, &fold(&limits::by_lines(anchors, lines), style)),
        None => line(&mut text, &fold(limits::UNKNOWN_LIMITS, style)),
    }
    if run.start.source == OffsetSource::Utc {
        line(&mut text, &fold(NO_ZONE, style));
    }
    Ok(text)
}

/// The verdict with every other limit that could hold; empty where there is none.
fn with_other_limits(audit: &Audit) -> String {
    let verdicts: Vec<String> = audit
        .sensitivity
        .iter()
        .map(|other| format!("{}: {}", words::other_limits(&other.what), other.verdict.title()))
        .collect();
    if verdicts.is_empty() {
        return String::new();
    }
    format!("With other limits: {}.", verdicts.join("; "))
}

const NO_ZONE: &str = "Time zone unknown; the time is UTC (set `time_zone` in talktest.toml).";

fn headline(run: &ReviewedRun, sessions: usize, style: &Style) -> String {
    let row = &run.measured.row;
    let wording = Wording { units: style.units };
    let path = run.measured.path();
    let zone = if run.start.source == OffsetSource::Utc { " UTC" } else { "" };
    let mut parts = vec![paint(&sanitize(path, 80), Paint::Bold, style)];
    if sessions > 1 {
        parts.push(format!("session {} of {sessions}", row.metadata.session + 1));
    }
    parts.push(format!("{}{zone}", run.start.time.format("%Y-%m-%d %H:%M")));
    if row.is_run_walk() {
        parts.push("run-walk session".to_owned());
    }
    parts.push(format!("{} moving", clock(row.durations.moving.get())));
    parts.extend(row.distances.distance.map(|distance| wording.distance(distance)));
    let pace = believable(row.pace()).map(|pace| wording.pace(pace));
    if row.speed_is_estimated() {
        parts.extend(pace.map(|pace| format!("~{pace} (the watch's estimate)")));
    } else {
        let graded = believable(row.grade_adjusted_pace());
        parts.extend(pace);
        parts.extend(graded.map(|pace| format!("{} grade-adjusted", wording.pace(pace))));
        let steady = believable(steady_pace(row));
        parts.extend(steady.map(|pace| format!("{} steady", wording.pace(pace))));
    }
    parts.extend(row.heart_rate.mean.map(|mean| format!("mean {} bpm", plain(mean.get(), 0))));
    flow(&parts, " · ", 0, style)
}

fn verdict(text: &mut String, run: &ReviewedRun, audit: &Audit, style: &Style) {
    let ruling = &audit.ruling;
    let (sign, colour) = of_verdict(ruling.verdict);
    let was = ruling.was.map_or(String::new(), |was| format!(": {}", was.title()));
    let certainty =
        ruling.certainty.map_or(String::new(), |certainty| format!(" ({})", certainty.title()));
    let title = format!("{sign} {}{was}{certainty}", ruling.verdict.title().to_uppercase());
    line(text, &paint(&title, colour, style));
    line(text, &fold(&ruling.because, style));
    line(text, &fold(&summary::label(run), style));
    line(text, "");
}

fn zone_bars(text: &mut String, zones: &DisplayedZones, style: &Style) {
    line(text, &format!("\nTime in zones ({})", zones.model));
    let total = zones.time.seconds.iter().sum::<u32>() + zones.time.missing;
    let bounds: Vec<String> = zones.bounds.iter().map(|bound| plain(bound.get(), 0)).collect();
    for (zone, seconds) in zones.time.seconds.iter().enumerate() {
        let name = match (zone.checked_sub(1).and_then(|lower| bounds.get(lower)), bounds.get(zone))
        {
            (None, Some(upper)) => format!("up to {upper}"),
            (Some(lower), Some(upper)) => format!("{lower}–{upper}"),
            (Some(lower), None) => format!("above {lower}"),
            (None, None) => "all".to_owned(),
        };
        zone_bar(text, &name, *seconds, total, style);
    }
    zone_bar(text, "no heart rate", zones.time.missing, total, style);
}

fn zone_bar(text: &mut String, name: &str, seconds: u32, total: u32, style: &Style) {
    let share = f64::from(seconds) / f64::from(total.max(1));
    let widest = f64::from(style.width.clamp(50, 120)) - 40.0;
    let bar = "█".repeat((share * widest).round() as usize);
    line(
        text,
        &format!(
            "{name:>14} {:>8} {:>4} % {bar}",
            clock(f64::from(seconds)),
            plain(100.0 * share, 0)
        ),
    );
}

fn heart_rate(text: &mut String, run: &ReviewedRun, style: &Style) {
    let heart = &run.measured.row.heart_rate;
    if heart.raw_mean.is_none() {
        return;
    }
    let removed: Vec<String> = heart
        .removed
        .iter()
        .map(|total| {
            let seconds = duration(f64::from(total.seconds));
            format!("{seconds} removed ({})", describe_removal(total.reason))
        })
        .collect();
    let removed =
        if removed.is_empty() { "nothing removed".to_owned() } else { removed.join(", ") };
    let sentence = format!(
        "Heart rate: quality {} (A is best, D worst), {}, usable for {} % of the judged time, {removed}.",
        run.trust.grade.name(),
        words::sensor(run.sensor),
        plain(run.coverage_pct, 0)
    );
    line(text, &format!("\n{}", fold(&sentence, style)));
}

/// The criteria that ask for the heart rate above a line.
const ABOVE_LINES: [&str; 4] =
    ["time-above-ceiling", "longest-above-ceiling", "time-moderate", "time-hard"];

/// All answers; where the heart rate cannot be compared with any line, one entry says so.
fn findings(text: &mut String, findings: &[Finding], style: &Style) {
    let above = |found: &&Finding| ABOVE_LINES.contains(&found.criterion.as_ref());
    let asked: Vec<&Finding> = findings.iter().filter(above).collect();
    let alike = asked.len() == ABOVE_LINES.len()
        && asked.iter().all(|found| {
            found.result() == Outcome::Cannot && found.assessment.text == asked[0].assessment.text
        });
    let (unanswered, answered): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|found| {
            found.severity == Severity::Advisory && found.result() == Outcome::Cannot
        });
    for found in answered {
        if !(alike && above(&found)) {
            let question = CRITERIA.iter().find(|criterion| criterion.id == found.criterion);
            let question = question.map_or("", |criterion| criterion.question);
            finding(text, found, &format!("{question} [{}]", found.criterion), style);
        } else if found.criterion == asked[0].criterion {
            let question = "How long was the heart rate above the lines?";
            finding(text, found, &format!("{question} [{}]", ABOVE_LINES.join(", ")), style);
        }
    }
    if !unanswered.is_empty() {
        let ids: Vec<&str> = unanswered.iter().map(|found| found.criterion.as_ref()).collect();
        let sentence = format!(
            "Not checked (no data, or no earlier runs; `talktest audit` of the whole folder has them): {}.",
            ids.join(", ")
        );
        line(text, &format!("\n{}", fold(&sentence, style)));
    }
}

fn finding(text: &mut String, finding: &Finding, question: &str, style: &Style) {
    let (sign, colour) = of_outcome(finding.result());
    let answer = format!("{sign} {:<11}", words::answer(finding.result()));
    let margin = "              ";
    let width = usize::from(style.width.min(120));
    let hanging = textwrap::Options::new(width)
        .initial_indent(margin)
        .subsequent_indent(margin)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let question = textwrap::fill(question, &hanging);
    line(text, &format!("{} {}", paint(&answer, colour, style), question.trim_start()));
    line(text, &textwrap::fill(&finding.assessment.text, hanging));
}
