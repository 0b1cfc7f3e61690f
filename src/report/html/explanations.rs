//! The page that explains every criterion, from the criteria themselves.

use maud::{Markup, html};

use super::assets;
use super::page::{Frame, page};
use crate::audit::wording::plain;
use crate::audit::{CRITERIA, Criterion};

/// The whole page.
pub(super) fn page_of_all() -> Markup {
    let body = html! {
        header.heading { h1 { "Criteria" } }
        p.lead { "What every recovery run is checked for, why, how it is measured, and what can mislead it. The criteria that decide come first." }
        ul.contents { @for criterion in CRITERIA { li { a href=(format!("#{}", criterion.id)) { (criterion.question) } } } }
        @for criterion in CRITERIA { (explained(criterion)) }
    };
    page(&Frame {
        assets: &assets::INDEX,
        title: "talktest · criteria",
        up: "",
        links: html! {},
        body,
    })
}

fn explained(criterion: &Criterion) -> Markup {
    html! {
        section.explained id=(criterion.id) aria-label=(criterion.question) {
            h2 { (criterion.question) }
            p.dim { code { (criterion.id) } " " (criterion.severity.meaning()) "." }
            p { (criterion.why) }
            @if !criterion.article.is_empty() { blockquote { (criterion.article) } }
            h3 { "How it is measured" }
            p { (criterion.how) }
            @if !criterion.limits.is_empty() {
                h3 { "Limits" }
                ul { @for limit in criterion.limits {
                    li { code { (limit.key) } " = " (plain(limit.default, 2)) " " (limit.unit) ": " (limit.meaning) }
                } }
            }
            h3 { "Sources" }
            ul.cited { @for source in criterion.sources { li { (source.citation) " " span.dim { "(" (source.strength.name()) ")" } } } }
            h3 { "What can mislead it" }
            p { (criterion.misleads) }
        }
    }
}
