//! One line per run for spreadsheets. Values are SI and machine-readable whatever the units.

use std::io;

use crate::audit::{Audit, Ruling};
use crate::report::output::{Output, OutputKind, Style};
use crate::report::pace::believable;
use crate::report::sanitize::sanitize;
use crate::review::{Review, ReviewedRun};
use crate::units::{BeatsPerMinute, Metres, SecondsPerKilometre};

/// `--format csv`.
pub static OUTPUT: Output = Output {
    id: "csv",
    about: "One line per run for a spreadsheet",
    kind: OutputKind::Rows,
    write,
};

/// One column.
pub struct Column {
    /// Its name in the first line.
    pub name: &'static str,
    /// What it holds, and in which unit.
    pub meaning: &'static str,
    cell: fn(&ReviewedRun) -> String,
}

const fn column(
    name: &'static str,
    meaning: &'static str,
    cell: fn(&ReviewedRun) -> String,
) -> Column {
    Column { name, meaning, cell }
}

/// Every column in its order; new ones are added at the end.
pub static COLUMNS: &[Column] = &[
    column("day", "local day of the start", |run| run.start.date().to_string()),
    column("local_start", "start with its offset from UTC", |run| run.start.time.to_rfc3339()),
    column("athlete", "name in the settings", |run| run.measured.athlete.clone()),
    column(
        "verdict",
        "kept, slipped, not_recovery or cannot_judge; blank where not judged",
        |run| ruling(run, |ruling| word(&ruling.verdict)),
    ),
    column("certainty", "firm, soft (borderline) or close_call", |run| {
        ruling(run, |ruling| ruling.certainty.map_or_else(String::new, |one| word(&one)))
    }),
    column("was", "what the run was", |run| {
        ruling(run, |ruling| ruling.was.map_or_else(String::new, |one| word(&one)))
    }),
    column("leaning", "what an unjudged run probably was: easy or hard", |run| {
        ruling(run, |ruling| ruling.leaning.map_or_else(String::new, |one| word(&one)))
    }),
    column("because", "the verdict in one sentence", |run| {
        ruling(run, |ruling| ruling.because.clone())
    }),
    column("next_time", "what to do next time", |run| {
        audit(run, |audit| {
            audit.next_time.as_ref().map_or_else(String::new, |one| one.text.clone())
        })
    }),
    column("label", "kind of run that the label says", |run| {
        run.label
            .as_ref()
            .and_then(|label| label.kind)
            .map_or("none", |kind| kind.name())
            .to_owned()
    }),
    column("label_text", "the text of the label", |run| {
        run.label.as_ref().map_or_else(String::new, |label| label.text.clone())
    }),
    column("label_source", "where the label was found", |run| {
        run.label.as_ref().map_or_else(String::new, |label| word(&label.source))
    }),
    column("session", "kind of run it was", |run| run.session.name().to_owned()),
    column("sport", "sport", |run| run.measured.row.metadata.sport.name().to_owned()),
    column("sub_sport", "kind of sport", |run| run.measured.row.metadata.sub_sport.0.clone()),
    column("elapsed_s", "from start to finish, in s", |run| {
        number(Some(run.measured.row.durations.elapsed.get()), 0)
    }),
    column("timer_s", "without pauses, in s", |run| {
        number(Some(run.measured.row.durations.timer.get()), 0)
    }),
    column("moving_s", "without pauses and standing still, in s", |run| {
        number(Some(run.measured.row.durations.moving.get()), 0)
    }),
    column("walking_s", "part of moving time that was walked, in s", |run| {
        number(Some(run.measured.row.durations.walking.get()), 0)
    }),
    column("distance_m", "distance in m", |run| {
        number(run.measured.row.distances.distance.map(Metres::get), 0)
    }),
    column("ascent_m", "climb in m", |run| {
        number(run.measured.row.distances.ascent.map(Metres::get), 0)
    }),
    column("pace_s_per_km", "pace over moving time, in s/km", |run| pace(run.measured.row.pace())),
    column(
        "grade_adjusted_pace_s_per_km",
        "grade-adjusted pace over moving time, in s/km",
        |run| pace(run.measured.row.grade_adjusted_pace()),
    ),
    column("mean_heart_rate_bpm", "mean heart rate of the usable seconds, in beats/min", |run| {
        bpm(run.measured.row.heart_rate.mean)
    }),
    column("max_30s_heart_rate_bpm", "highest mean heart rate over 30 s, in beats/min", |run| {
        bpm(run.measured.row.peak_heart_rate.over_30_s)
    }),
    column("heart_rate_coverage_pct", "judged time with a usable heart rate, in %", |run| {
        number(Some(run.coverage_pct), 1)
    }),
    column("heart_rate_grade", "quality of the heart rate, A (best) to D", |run| {
        word(&run.trust.grade)
    }),
    column("sensor", "what measured the heart rate", |run| word(&run.sensor)),
    column("ceiling_bpm", "recovery ceiling on that day, in beats/min", |run| {
        bpm(run.lines.map(|lines| lines.ceiling))
    }),
    column("ceiling_uncertainty_bpm", "uncertainty of the ceiling, in beats/min", |run| {
        number(run.lines.map(|lines| lines.uncertainty), 1)
    }),
    column("above_ceiling_pct", "judged time above the ceiling, in %", |run| {
        finding(run, "time-above-ceiling")
    }),
    column("longest_above_ceiling_s", "longest stretch above the ceiling, in s", |run| {
        finding(run, "longest-above-ceiling")
    }),
    column("above_moderate_s", "time above the moderate line, in s", |run| {
        finding(run, "time-moderate")
    }),
    column("decoupling_pct", "aerobic decoupling, in %", |run| finding(run, "aerobic-decoupling")),
    column(
        "heart_rate_slope_bpm_per_10min",
        "rise of heart rate at the same pace, in beats/min per 10 min",
        |run| finding(run, "heart-rate-slope"),
    ),
    column("file", "the file that it was read from", |run| run.measured.path().to_owned()),
    column("id", "id of the run", |run| run.id.clone()),
    column("zone_model", "model of the heart-rate zones; blank without", |run| {
        run.zones.as_ref().map_or_else(String::new, |zones| zones.model.id.to_owned())
    }),
    column("zone_1_s", "time in zone 1 of that model, in s", |run| zone(run, 0)),
    column("zone_2_s", "time in zone 2 of that model, in s", |run| zone(run, 1)),
    column("zone_3_s", "time in zone 3 of that model, in s", |run| zone(run, 2)),
    column("zone_4_s", "time in zone 4 of that model, in s", |run| zone(run, 3)),
    column("zone_5_s", "time in zone 5 of that model, in s", |run| zone(run, 4)),
    column("zone_6_s", "time in zone 6 of that model, in s", |run| zone(run, 5)),
    column("zone_7_s", "time in zone 7 of that model, in s", |run| zone(run, 6)),
    column("zone_8_s", "time in zone 8 of that model, in s", |run| zone(run, 7)),
    column("zone_9_s", "time in zone 9 of that model, in s", |run| zone(run, 8)),
    column("zone_10_s", "time in zone 10 of that model, in s", |run| zone(run, 9)),
    column("zone_11_s", "time in zone 11 of that model, in s", |run| zone(run, 10)),
    column("no_heart_rate_s", "timer time without a heart rate, in s", |run| {
        run.zones.as_ref().map_or_else(String::new, |zones| zones.time.missing.to_string())
    }),
];

fn write(review: &Review, _: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    writer.write_record(COLUMNS.iter().map(|column| column.name)).map_err(plain)?;
    for run in &review.runs {
        let cells = COLUMNS.iter().map(|column| harmless(&(column.cell)(run)));
        writer.write_record(cells).map_err(plain)?;
    }
    writer.flush()
}

/// The fault of whoever takes the table, of its own kind: a closed pipe is none.
fn plain(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A text that no spreadsheet takes for a formula: a name may begin with `=` or `@`. Numbers may
/// begin with a minus.
fn harmless(cell: &str) -> String {
    let shown = sanitize(cell, LONGEST_CELL);
    let is_formula = shown.trim_start().starts_with(FORMULA);
    if is_formula && shown.parse::<f64>().is_err() { format!("'{shown}") } else { shown }
}

/// What a formula may begin with, in the wide forms that some spreadsheets take for the same, too.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹢', '﹣'];

/// Characters of one cell; spreadsheets take 32,767.
const LONGEST_CELL: usize = 2000;

/// The word that all outputs have for one of a few things.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(String::new, |value| format!("{value:.decimals$}"))
}

fn bpm(value: Option<BeatsPerMinute>) -> String {
    number(value.map(BeatsPerMinute::get), 1)
}

fn pace(value: Option<SecondsPerKilometre>) -> String {
    number(believable(value).map(SecondsPerKilometre::get), 1)
}

fn audit(run: &ReviewedRun, of: fn(&Audit) -> String) -> String {
    run.audit.as_deref().map_or_else(String::new, of)
}

fn ruling(run: &ReviewedRun, of: fn(&Ruling) -> String) -> String {
    run.audit.as_deref().map_or_else(String::new, |audit| of(&audit.ruling))
}

/// What a criterion measured.
fn finding(run: &ReviewedRun, criterion: &str) -> String {
    let findings = run.audit.iter().flat_map(|audit| &audit.findings);
    let found = findings.into_iter().find(|finding| finding.criterion == criterion);
    number(found.and_then(|finding| finding.assessment.value), 2)
}

/// Time in one zone, counted from 0; blank where the model has fewer.
fn zone(run: &ReviewedRun, index: usize) -> String {
    let seconds = run.zones.as_ref().and_then(|zones| zones.time.seconds.get(index));
    seconds.map_or_else(String::new, u32::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_formula() {
        let shown = |cell: &str| harmless(cell);
        assert_eq!(shown("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(shown("  @SUM(A1)"), "'  @SUM(A1)");
        assert_eq!(shown("\t=1+1"), "' =1+1");
        assert_eq!(shown("+49 run"), "'+49 run");
        assert_eq!(
            (shown("-3.5"), shown("Recovery = easy")),
            ("-3.5".into(), "Recovery = easy".into())
        );
        assert_eq!(shown("a\nb"), "a b");
        assert_eq!(shown("＝1+1"), "'＝1+1");
        assert_eq!(shown("\u{202e}a\u{2028}b\u{200b}\u{1b}[31mc"), "a b[31mc");
        assert_eq!(shown("\u{200b}=1+1"), "'=1+1");
    }

    #[test]
    fn every_column_has_one_name() {
        let mut names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COLUMNS.len());
    }
}
