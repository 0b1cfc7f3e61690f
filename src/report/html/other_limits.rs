//! The verdict of a run at every other limit that could hold, and sliders that move the limits.

use maud::{Markup, html};

use super::words;
use crate::audit::what_if::{MovedLimits, SHIFTS_BPM};
use crate::audit::{Audit, Verdict};
use crate::report::what_if::sentence;
use crate::report::words as report_words;
use crate::review::ReviewedRun;
use crate::units::BeatsPerMinute;

/// The section; empty where nothing but the verdict itself is known.
pub(super) fn section(run: &ReviewedRun, audit: &Audit) -> Markup {
    let limits = run.moved_limits.as_ref().map_or_else(Vec::new, |moved| limits(run, moved));
    html! {
        @if !audit.sensitivity.is_empty() {
            section aria-labelledby="other-limits" {
                h2 #other-limits { "With other limits" }
                ul.other-limits {
                    @for other in &audit.sensitivity {
                        li { span.what { (report_words::other_limits(&other.what)) ":" } " " (words::verdict(other.verdict)) }
                    }
                }
                div.sliders { @for limit in &limits { (slider(limit)) } }
            }
        }
    }
}

/// A limit that was moved.
struct MovedLimit<'a> {
    id: &'static str,
    name: &'static str,
    own: f64,
    verdicts: &'a [Verdict],
}

fn limits<'a>(run: &ReviewedRun, moved: &'a MovedLimits) -> Vec<MovedLimit<'a>> {
    let bpm = |bpm: Option<BeatsPerMinute>| bpm.map(BeatsPerMinute::get);
    let evidence = &run.evidence;
    let all = [
        ("ceiling", "Ceiling", bpm(run.lines.map(|lines| lines.ceiling)), &moved.ceiling),
        ("maximum", "Maximum", bpm(evidence.max.map(|max| max.bpm)), &moved.maximum),
        ("resting", "Resting", bpm(evidence.resting.map(|resting| resting.bpm)), &moved.resting),
    ];
    let known = all.into_iter().filter_map(|(id, name, own, verdicts)| {
        Some(MovedLimit { id, name, own: own?, verdicts: verdicts.as_deref()? })
    });
    known.collect()
}

/// Works without its script too: the sentence says it all.
fn slider(limit: &MovedLimit) -> Markup {
    let MovedLimit { id, name, own, verdicts } = *limit;
    let own_bpm = own.round();
    html! {
        div.what-if {
            p #(format!("if-{id}")) { (sentence(name, verdicts, own)) }
            input type="range" hidden min=(-SHIFTS_BPM) max=(SHIFTS_BPM) value="0" aria-labelledby=(format!("if-{id}"))
                data-limit=(id) data-own=(own_bpm) data-verdicts=(codes(verdicts));
            output {}
        }
    }
}

/// The verdicts, one letter each.
pub(super) fn codes(verdicts: &[Verdict]) -> String {
    let code = |verdict: &Verdict| match verdict {
        Verdict::Kept => 'k',
        Verdict::Slipped => 's',
        Verdict::NotRecovery => 'n',
        Verdict::CannotJudge => 'c',
    };
    verdicts.iter().map(code).collect()
}
