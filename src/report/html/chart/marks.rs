//! What is marked on a run: stretches that broke a limit, seconds removed, pauses and stops.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::shape::{RectangleRow, percent};
use crate::audit::wording::{clock, duration};
use crate::audit::{Audit, CRITERIA, Outcome, Severity, describe_removal};
use crate::metrics::series::{Movement, Removal, Series};
use crate::metrics::span::{Span, runs_where};

/// Height of one track of offending stretches, in pixels, and of the bars in it.
const TRACK: f64 = 13.0;
const BAR: f64 = 7.0;
/// Most rectangles of one kind: damaged files may have thousands of gaps.
const MOST: usize = 20;
/// Most times listed in a sentence.
const MOST_LISTED: usize = 4;
/// A stop shorter than this is no pause, in seconds.
const SHORTEST_STOP: usize = 5;

/// The stretches by which one criterion was not passed.
pub(super) struct Offence {
    question: &'static str,
    outcome: Outcome,
    spans: Vec<Span>,
}

/// What made the verdict worse, as far as it has a place in the run.
pub(super) fn offences(audit: Option<&Audit>) -> Vec<Offence> {
    let findings = audit.map(|audit| audit.findings.as_slice()).unwrap_or_default();
    let lowers = |severity| matches!(severity, Severity::Decisive | Severity::Lowering);
    let broken = findings.iter().filter(|finding| {
        lowers(finding.severity)
            && matches!(finding.result(), Outcome::Slip | Outcome::Fail)
            && !finding.assessment.spans.is_empty()
    });
    let offence = broken.map(|finding| Offence {
        question: CRITERIA
            .iter()
            .find(|criterion| criterion.id == finding.criterion)
            .map_or("", |criterion| criterion.question),
        outcome: finding.result(),
        spans: finding.assessment.spans.to_vec(),
    });
    offence.collect()
}

/// Pixels that the tracks of so many offences take.
pub(super) fn tracks_height(offences: &[Offence]) -> f64 {
    if offences.is_empty() { 0.0 } else { 6.0 + TRACK * offences.len() as f64 }
}

/// The offences as bars, one track each, numbered as in the list below the picture.
pub(super) fn offence_bars(offences: &[Offence], seconds: usize) -> Markup {
    html! {
        @for (track, offence) in offences.iter().enumerate() {
            @let top = 4.0 + TRACK * track as f64;
            @let row = RectangleRow { class: offence.class(), top, height: BAR, seconds };
            (row.over(&longest(joined(&offence.spans, seconds)), times))
            text class="track" x="4" y=(top + 7.5) { (track + 1) }
        }
    }
}

/// Spans with those joined that lie less than a hundredth of the run apart: slivers tell nothing.
fn joined(spans: &[Span], seconds: usize) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.start + last.seconds + (seconds / 100) as u32 => {
                last.seconds = last.seconds.max(span.start + span.seconds - last.start);
            }
            _ => joined.push(*span),
        }
    }
    joined
}

impl Offence {
    fn class(&self) -> &'static str {
        if self.outcome == Outcome::Fail { "broken fail" } else { "broken slip" }
    }
}

/// The offences in words, with their times.
pub(super) fn offence_list(offences: &[Offence], seconds: usize) -> Markup {
    html! {
        @if !offences.is_empty() {
            ol.offences {
                @for offence in offences {
                    li {
                        span class=(offence.class()) aria-hidden="true" {}
                        (offence.question) " " span.dim { (all_times(&joined(&offence.spans, seconds))) }
                    }
                }
            }
        }
    }
}

fn times(span: &Span) -> String {
    let from = f64::from(span.start);
    if span.seconds == 0 {
        return clock(from);
    }
    format!("{}–{}", clock(from), clock(from + f64::from(span.seconds)))
}

fn all_times(spans: &[Span]) -> String {
    let listed: Vec<String> = spans.iter().take(MOST_LISTED).map(times).collect();
    let rest = spans.len() - listed.len();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{}{more}", listed.join(", "))
}

/// Stretches that show no heart rate, or no movement, for one reason.
pub(super) struct MissingSpans {
    class: &'static str,
    why: String,
    spans: Vec<Span>,
}

/// Seconds removed, by reason, and seconds never recorded.
pub(super) fn gaps(series: &Series) -> Vec<MissingSpans> {
    let mut of_reason: BTreeMap<Removal, Vec<Span>> = BTreeMap::new();
    series.removed.iter().for_each(|(why, span)| of_reason.entry(*why).or_default().push(*span));
    let removed = of_reason.into_iter().map(|(reason, spans)| MissingSpans {
        class: "removed",
        why: format!("removed, {}", describe_removal(reason)),
        spans,
    });
    let taken = series.mask(series.removed.iter().map(|(_, span)| span));
    let unheard = |k: usize| series.heart_rate.get(k).is_none() && !taken[k];
    let mut silent: Vec<Span> = runs_where(series.len(), unheard).iter().map(Span::of).collect();
    silent.retain(|span| (span.seconds as usize) < series.len());
    let silent =
        MissingSpans { class: "silent", why: "no heart rate recorded".to_owned(), spans: silent };
    removed.chain([silent]).filter(|gaps| !gaps.spans.is_empty()).collect()
}

/// Stops with the timer running, and pauses of the timer, which take no time on the axis.
pub(super) fn pauses(series: &Series) -> Vec<MissingSpans> {
    let stops = runs_where(series.len(), |k| series.movement[k] == Movement::Stopped);
    let long = stops.iter().filter(|run| run.len() >= SHORTEST_STOP);
    let standing = MissingSpans {
        class: "paused",
        why: "standing still".to_owned(),
        spans: long.map(Span::of).collect(),
    };
    let paused: f64 = series.pauses.iter().map(|pause| f64::from(pause.seconds)).sum();
    let pauses = series.pauses.iter().map(|pause| Span { start: pause.before, seconds: 0 });
    let pauses = MissingSpans {
        class: "paused",
        why: format!("timer paused, {} in all", duration(paused.round())),
        spans: pauses.collect(),
    };
    [standing, pauses].into_iter().filter(|gaps| !gaps.spans.is_empty()).collect()
}

/// The gaps over the whole height of a plot.
pub(super) fn gap_blocks(gaps: &[MissingSpans], seconds: usize, top: f64, height: f64) -> Markup {
    html! {
        @for gaps in gaps {
            @let spans = longest(gaps.spans.clone());
            @let row = RectangleRow { class: gaps.class, top, height: height - top, seconds };
            (row.over(&spans, |span| format!("{}: {}", times(span), gaps.why)))
            @for span in spans.iter().filter(|span| is_wide(span, gaps, seconds)) {
                @let middle = f64::from(span.start) + f64::from(span.seconds) / 2.0;
                text.name x=(percent(middle, seconds)) y=(height - 14.0) text-anchor="middle" { "removed" }
            }
        }
    }
}

/// Whether there is room for a word in a stretch without heart rate.
fn is_wide(span: &Span, gaps: &MissingSpans, seconds: usize) -> bool {
    gaps.class == "removed" && 6 * span.seconds as usize > seconds
}

/// The longest spans, in time order.
fn longest(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| std::cmp::Reverse(span.seconds));
    spans.truncate(MOST);
    spans.sort();
    spans
}

/// The gaps in words.
pub(super) fn gap_list(gaps: &[MissingSpans]) -> Vec<(&'static str, String)> {
    gaps.iter()
        .map(|gaps| (gaps.class, format!("{}: {}", gaps.why, all_times(&gaps.spans))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::series::{Removal, TimerPause};
    use crate::metrics::testing::run;

    fn broken_run() -> Series {
        let mut series = run(600, |k| {
            let beats =
                if (100..160).contains(&k) || (300..330).contains(&k) { None } else { Some(130) };
            (beats, if (400..420).contains(&k) { 0 } else { 2_500 }, 166)
        });
        series.removed = vec![(Removal::Spike, Span { start: 100, seconds: 60 })];
        series.pauses = vec![TimerPause { before: 500, seconds: 45.0 }];
        series
    }

    #[test]
    fn a_gap_tells_why() {
        let told = gap_list(&gaps(&broken_run()));
        assert_eq!(
            told,
            [
                ("removed", "removed, single spikes: 1:40–2:40".to_owned()),
                ("silent", "no heart rate recorded: 5:00–5:30".to_owned()),
            ]
        );
    }

    #[test]
    fn stops_have_a_length_and_pauses_a_place() {
        let told = gap_list(&pauses(&broken_run()));
        assert_eq!(
            told,
            [
                ("paused", "standing still: 6:40–7:00".to_owned()),
                ("paused", "timer paused, 45 s in all: 8:20".to_owned()),
            ]
        );
    }

    #[test]
    fn what_lies_closer_than_a_dot_is_one_bar() {
        let span = |start, seconds| Span { start, seconds };
        let spans = [span(10, 5), span(17, 3), span(100, 20), span(105, 5)];
        assert_eq!(joined(&spans, 1_000), [span(10, 10), span(100, 20)]);
        assert_eq!(joined(&spans, 0).len(), 3);
    }

    #[test]
    fn a_run_without_any_heart_rate_has_no_gap_in_it() {
        assert!(gaps(&run(600, |_| (None, 2_500, 166))).is_empty());
    }

    #[test]
    fn hostile_numbers_of_gaps_are_cut() {
        let series = run(4_000, |k| ((k % 2 == 0).then_some(130), 2_500, 166));
        assert_eq!(longest(gaps(&series)[0].spans.clone()).len(), MOST);
        let spans = vec![Span { start: 0, seconds: 5 }; 9];
        assert!(all_times(&spans).ends_with("and 5 more"));
    }
}
