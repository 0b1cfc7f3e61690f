//! One run in the terminal: verdict, picture, zones, criteria.

use std::fmt::Write;

use super::paint::{Paint, of_outcome, of_verdict, paint};
use super::safe::safe;
use super::{Style, chart, fold, summary};
use crate::athlete::AnchorEvidence;
use crate::audit::wording::{Wording, clock, plain};
use crate::audit::{Audit, CRITERIA, Finding, describe_removal};
use crate::metrics::DamagedLanes;
use crate::review::{DisplayedZones, ReviewedRun};

/// A run as `talktest show` writes it.
///
/// # Errors
/// Where the lanes of its row are damaged.
pub fn sheet(
    run: &ReviewedRun,
    anchors: &AnchorEvidence,
    style: &Style,
) -> Result<String, DamagedLanes> {
    let mut text = String::new();
    line(&mut text, &headline(run, style));
    if let Some(audit) = &run.audit {
        verdict(&mut text, run, audit, style);
    }
    let series = run.measured.row.lanes.unpack()?;
    for row in chart::heart_rate(&series, run.lines.as_ref(), style) {
        line(&mut text, &row);
    }
    if let Some(zones) = &run.zones {
        zone_bars(&mut text, zones, style);
    }
    trust(&mut text, run);
    if let Some(audit) = &run.audit {
        line(&mut text, "");
        audit.findings.iter().for_each(|found| finding(&mut text, found, style));
    }
    line(&mut text, "");
    match &run.lines {
        Some(lines) => line(&mut text, &fold(&summary::by_lines(anchors, lines), style)),
        None => line(
            &mut text,
            "No heart-rate anchor is known: `talktest init` writes a settings file for one.",
        ),
    }
    Ok(text)
}

fn line(text: &mut String, line: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{}", line.trim_end());
}

fn headline(run: &ReviewedRun, style: &Style) -> String {
    let row = &run.measured.row;
    let wording = Wording { units: style.units };
    let path = run.measured.sources.first().map_or("", |source| source.path.as_str());
    let mut parts = vec![
        paint(&safe(path, 80), Paint::Bold, style),
        run.start.time.format("%Y-%m-%d %H:%M").to_string(),
        format!("{} moving", clock(row.clocks.moving.get())),
    ];
    parts.extend(row.way.distance.map(|distance| wording.distance(distance)));
    parts.extend(row.pace().map(|pace| wording.pace(pace)));
    parts.extend(
        row.grade_adjusted_pace().map(|pace| format!("{} grade-adjusted", wording.pace(pace))),
    );
    parts.extend(row.heart_rate.mean.map(|mean| format!("mean {} bpm", plain(mean.get(), 0))));
    parts.join(" · ")
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
    match &run.label {
        Some(label) => line(text, &format!("Labelled \"{}\".", safe(&label.text, 80))),
        None => line(text, "Not labelled; judged as if it were a recovery run."),
    }
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

fn trust(text: &mut String, run: &ReviewedRun) {
    let heart = &run.measured.row.heart_rate;
    if heart.raw_mean.is_none() {
        return;
    }
    let removed: Vec<String> = heart
        .removed
        .iter()
        .map(|(reason, seconds)| format!("{seconds} s taken out ({})", describe_removal(*reason)))
        .collect();
    let removed =
        if removed.is_empty() { "nothing taken out".to_owned() } else { removed.join(", ") };
    line(
        text,
        &format!(
            "\nHeart rate: grade {}, sensor {}, {} % of the judged time covered, {removed}.",
            run.trust.grade.name(),
            run.sensor.name(),
            plain(run.coverage_pct, 1)
        ),
    );
}

fn finding(text: &mut String, finding: &Finding, style: &Style) {
    let (sign, colour) = of_outcome(finding.result());
    let question = CRITERIA
        .iter()
        .find(|criterion| criterion.id == finding.criterion)
        .map_or("", |c| c.question);
    let answer = format!("{sign} {:<6}", finding.result().name());
    line(text, &format!("{} {question} [{}]", paint(&answer, colour, style), finding.criterion));
    let indented = textwrap::Options::new(style.width.min(120) as usize)
        .initial_indent("         ")
        .subsequent_indent("         ");
    line(text, &textwrap::fill(&finding.assessment.text, indented));
}
