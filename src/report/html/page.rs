//! The frame of every page.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::assets::Assets;
use super::names;
use crate::audit::RULES;

/// What a page is called and what stands in it.
pub(super) struct Frame<'a> {
    /// Its style and script.
    pub(super) assets: &'a Assets,
    /// Its title.
    pub(super) title: &'a str,
    /// The way from it to the report's folder: empty or `../`.
    pub(super) up: &'static str,
    /// Links beside the one to the index.
    pub(super) links: Markup,
    /// Everything else.
    pub(super) body: Markup,
}

/// A whole page.
pub(super) fn page(frame: &Frame) -> Markup {
    let up = frame.up;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(frame.assets.policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (frame.title) }
                style { (PreEscaped(&frame.assets.style)) }
            }
            body {
                a.skip href="#main" { "To the content" }
                header.top {
                    nav aria-label="Report" {
                        a.home href=(format!("{up}{}", names::INDEX)) { "talktest" }
                        (frame.links)
                        a.last href=(format!("{up}{}", names::EXPLANATIONS)) { "Criteria" }
                    }
                }
                main #main { (frame.body) }
                footer {
                    p { "talktest " (env!("CARGO_PKG_VERSION")) ", rules " (RULES) ". Judged on this computer; nothing was sent anywhere. No medical advice." }
                }
                script { (PreEscaped(&frame.assets.script)) }
            }
        }
    }
}
