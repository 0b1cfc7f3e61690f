//! A summary for a mail or an issue: the newest runs first, each with verdict, reason and advice;
//! since the last audit, or beside an earlier report, only what is new is written in full.

use std::fmt::Write;
use std::io;

use super::output::{Output, OutputKind, Style};
use super::pace::believable;
use super::sanitize::sanitize;
use super::short_reason::short_reason;
use super::{limits, signs, summary, words};
use crate::audit::wording::{Wording, clock, plain};
use crate::audit::{Audit, Certainty};
use crate::review::{AthleteReview, Review, ReviewedRun};
use crate::units::counted;

/// `--format markdown`.
pub static OUTPUT: Output = Output {
    id: "markdown",
    about: "A summary for a mail, the newest runs first",
    kind: OutputKind::Document,
    write,
};

/// Runs written in full; the others are in the table alone.
const IN_FULL: usize = 10;
/// Problems listed.
const LISTED_PROBLEMS: usize = 20;

fn write(review: &Review, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(text(review, style).as_bytes())
}

fn text(review: &Review, style: &Style) -> String {
    let mut text = String::from("# Recovery runs\n\n");
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{}\n", escaped(&headline(review)));
    if let Some(count_of_changes) = summary::since_last_job(review) {
        let _ = writeln!(text, "{}\n", escaped(&count_of_changes));
    }
    let newest = newest_first(review);
    let is_worth_reporting = |run: &&&ReviewedRun| run.is_new.unwrap_or(true);
    if newest.iter().any(|run| run.is_new.is_some()) {
        let _ = writeln!(
            text,
            "{}\n",
            count_of_changes(newest.iter().filter(is_worth_reporting).count())
        );
    }
    text.push_str(&changes_by_athlete(review, &newest));
    let in_full =
        newest.iter().filter(is_worth_reporting).take(IN_FULL).filter(|run| run.audit.is_some());
    let in_full: Vec<String> = in_full.map(|run| paragraph(run, review, style)).collect();
    text.push_str(&in_full.concat());
    if newest.len() > 1 || in_full.len() < newest.len() {
        text.push_str(&table(&newest, style));
    }
    review.athletes.iter().for_each(|athlete| text.push_str(&season(athlete, review)));
    text.push_str(&problems(review));
    text
}

fn headline(review: &Review) -> String {
    if review.is_empty() {
        return summary::nothing(review);
    }
    if !review.has_recovery() {
        return "No run here is labelled recovery.".to_owned();
    }
    let counts = review.athletes.iter().filter(|athlete| athlete.recovery.runs > 0);
    let several = review.athletes.len() > 1;
    let sentences = counts.map(|athlete| {
        let name = if several { format!("{}: ", athlete.name) } else { String::new() };
        format!("{name}{}", summary::counts(&athlete.recovery))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// What there is since the last report.
fn count_of_changes(new: usize) -> String {
    match new {
        0 => "Nothing new since the last report.".to_owned(),
        1 => "1 run is new since the last report.".to_owned(),
        several => format!("{several} runs are new since the last report."),
    }
}

/// What is new of each of several athletes, in a line each; empty where nothing is told to be new.
fn changes_by_athlete(review: &Review, newest: &[&ReviewedRun]) -> String {
    let is_compared = review.left_out.is_some() || newest.iter().any(|run| run.is_new.is_some());
    if review.athletes.len() < 2 || !is_compared {
        return String::new();
    }
    let line = |athlete: &AthleteReview| {
        let is_own = |run: &&&ReviewedRun| run.measured.athlete == athlete.name;
        let own = newest.iter().filter(is_own).filter(|run| run.is_new.unwrap_or(true));
        let judged: Vec<(&ReviewedRun, &Audit)> =
            own.filter_map(|run| Some((*run, run.audit.as_deref()?))).collect();
        let (last, audit) = judged.first()?;
        let verdict = audit.ruling.verdict;
        Some(format!(
            "- **{}**: {}, the last on {}: {} {}, {}\n",
            escaped(&athlete.name),
            counted(judged.len(), "run"),
            last.start.date(),
            signs::of_verdict(verdict),
            verdict.title(),
            escaped(&short_reason(audit))
        ))
    };
    let lines: String = review.athletes.iter().filter_map(line).collect();
    if lines.is_empty() { lines } else { lines + "\n" }
}

fn newest_first(review: &Review) -> Vec<&ReviewedRun> {
    let mut runs: Vec<&ReviewedRun> = review.runs.iter().collect();
    runs.sort_by(|left, right| {
        let key = |run: &ReviewedRun| (run.measured.row.metadata.start, run.id.clone());
        key(right).cmp(&key(left))
    });
    runs
}

/// A text from a file as Markdown shows it: nothing in it is markup, and no mail client is led
/// anywhere by it.
fn escaped(text: &str) -> String {
    let mut shown = String::new();
    for c in sanitize(text, 500).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '@'
        ) {
            shown.push('\\');
        }
        shown.push(c);
    }
    without_hosts(&shown.replace("://", ":\u{2060}//"))
}

/// Ends of names that are no hosts.
const FILE_ENDINGS: [&str; 12] =
    ["fit", "gpx", "tcx", "hrm", "pwx", "sml", "xml", "gz", "tar", "tgz", "csv", "json"];

/// Keeps mail clients from making links of bare names of hosts: an invisible character stands behind
/// the dot of what looks like one.
fn without_hosts(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        shown.push(c);
        let rest = &text[at + c.len_utf8()..];
        let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_name = c == '.'
            && before.is_alphanumeric()
            && word.starts_with(char::is_alphabetic)
            && !FILE_ENDINGS.contains(&word.to_lowercase().as_str());
        if is_name {
            shown.push('\u{2060}');
        }
        before = c;
    }
    shown
}

fn title(run: &ReviewedRun, review: &Review) -> String {
    let athlete = if review.athletes.len() > 1 {
        format!("{}, ", run.measured.athlete)
    } else {
        String::new()
    };
    let name = run.title();
    format!("{athlete}{}: {}", run.start.date(), sanitize(name, 80))
}

fn paragraph(run: &ReviewedRun, review: &Review, style: &Style) -> String {
    let Some(audit) = &run.audit else { return String::new() };
    let mut text = format!("## {}\n\n", escaped(&title(run, review)));
    let leaning = audit.ruling.leaning.map_or("", words::leaning);
    let because = format!("{} {leaning}", audit.ruling.because);
    let _ = writeln!(text, "**{}** {}\n", verdict(audit), escaped(because.trim_end()));
    let _ = writeln!(text, "{}\n", escaped(&figures(run, style)));
    if let Some(advice) = &audit.next_time {
        let _ = writeln!(text, "{}\n", escaped(&advice.text));
    }
    text
}

fn verdict(audit: &Audit) -> String {
    let sign = signs::of_verdict(audit.ruling.verdict);
    let doubt = match audit.ruling.certainty {
        None | Some(Certainty::Firm) => String::new(),
        Some(certainty) => format!(" ({})", certainty.title()),
    };
    format!("{sign} {}{doubt}.", audit.ruling.verdict.title())
}

fn figures(run: &ReviewedRun, style: &Style) -> String {
    let row = &run.measured.row;
    let wording = Wording { units: style.units };
    let moving = format!("{} moving", clock(row.durations.moving.get()));
    let distance = row.distances.distance.map(|distance| wording.distance(distance));
    let pace = believable(row.pace()).map(|pace| wording.pace(pace));
    let beats = row.heart_rate.mean.map(|mean| format!("mean {} bpm", plain(mean.get(), 0)));
    let ceiling = run.lines.map(|lines| format!("ceiling {}", plain(lines.ceiling.get(), 0)));
    let parts = [Some(moving), distance, pace, beats, ceiling];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn table(runs: &[&ReviewedRun], style: &Style) -> String {
    let mut text = String::from(
        "## All runs\n\n| Day | Run | Moving | Pace | Mean bpm | Verdict |\n|---|---|--:|--:|--:|---|\n",
    );
    for run in runs {
        let row = &run.measured.row;
        let wording = Wording { units: style.units };
        let name = run.title();
        let verdict =
            run.audit.as_deref().map_or_else(|| run.session.name().replace('_', " "), verdict);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            run.start.date(),
            escaped(&sanitize(name, 60)),
            clock(row.durations.moving.get()),
            believable(row.pace()).map_or("–".to_owned(), |pace| wording.pace(pace)),
            row.heart_rate.mean.map_or("–".to_owned(), |mean| plain(mean.get(), 0)),
            escaped(&verdict)
        );
    }
    text + "\n"
}

fn season(athlete: &AthleteReview, review: &Review) -> String {
    let sentence = athlete.in_one_sentence.iter().cloned();
    let hints = athlete.hints.iter().map(|hint| format!("Check: {}", hint.text));
    let advice = limits::advice(athlete);
    let label = summary::how_to_label(athlete, review);
    let sentences: Vec<String> =
        label.into_iter().chain(sentence).chain(hints).chain(advice).collect();
    if sentences.is_empty() {
        return String::new();
    }
    let name = if review.athletes.len() > 1 { athlete.name.as_str() } else { "Season" };
    let lines: String = sentences.iter().map(|line| format!("- {}\n", escaped(line))).collect();
    format!("## {}\n\n{lines}\n", escaped(name))
}

fn problems(review: &Review) -> String {
    if review.problems.is_empty() {
        return String::new();
    }
    let line = |problem: &crate::ingest::FileProblem| {
        let fate = if problem.fatal { "could not be read" } else { "read with problems" };
        format!(
            "- {} ({fate}): {}\n",
            escaped(&problem.path),
            escaped(&problem.problem.to_string())
        )
    };
    let lines: String = review.problems.iter().take(LISTED_PROBLEMS).map(line).collect();
    let more = review.problems.len().saturating_sub(LISTED_PROBLEMS);
    let rest = if more > 0 { format!("- and {more} more\n") } else { String::new() };
    format!("## Files\n\n{lines}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_host_is_no_link_and_a_file_keeps_its_name() {
        assert_eq!(escaped("see www.evil.example/a"), "see www.\u{2060}evil.\u{2060}example/a");
        assert_eq!(escaped("2026-05-04.fit.gz, 6.5 km."), "2026-05-04.fit.gz, 6.5 km.");
    }

    #[test]
    fn names_are_text_and_nothing_else() {
        let shown =
            escaped("<img src=x> [a](javascript:b) **c** | @all \u{202e}d\n# e https://f.example");
        assert_eq!(
            shown,
            "\\<img src=x\\> \\[a\\](javascript:b) \\*\\*c\\*\\* \\| \\@all d \\# e https:\u{2060}//f.\u{2060}example"
        );
    }
}
