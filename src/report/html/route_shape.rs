//! The shape of the way, only where it is asked for: no place, no scale.

use std::fmt::Write;

use maud::{Markup, html};

use crate::metrics::RouteShape;
use crate::review::ReviewedRun;

/// Room around the line, so that its ends are not cut.
const MARGIN: i32 = 6;

/// The picture with its heading; nothing where no way was recorded.
pub(super) fn section(run: &ReviewedRun) -> Markup {
    let Some(outline) = &run.measured.row.route_shape else { return html! {} };
    let side = i32::from(RouteShape::SIDE) + 2 * MARGIN;
    let start = outline.points().first();
    html! {
        section aria-labelledby="outline" {
            h2 #outline { "The way" }
            svg.route_shape viewBox=(format!("{} {} {side} {side}", -MARGIN, -MARGIN)) role="img"
                aria-labelledby="outline-title outline-description" {
                title #outline-title { "Outline of the way" }
                desc #outline-description { "North is up. Where it was and how long is left out." }
                path d=(line(outline)) {}
                @if let Some([x, y]) = start { circle cx=(x) cy=(y) r="5" {} }
            }
            p.dim { "North is up; the dot is the start. No place is stored." }
        }
    }
}

fn line(outline: &RouteShape) -> String {
    let mut path = String::new();
    for (k, [x, y]) in outline.points().iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = write!(path, "{}{x} {y}", if k == 0 { "M" } else { "L" });
    }
    path
}
