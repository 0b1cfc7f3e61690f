//! The shape of the route, only where it is asked for: its place is left out, its scale follows
//! from the distance.

use std::fmt::Write;

use maud::{Markup, html};

use crate::metrics::RouteShape;
use crate::review::ReviewedRun;

/// Room around the line, so that its ends are not cut.
const MARGIN: i32 = 6;

/// The picture with its heading; nothing where no route was recorded.
pub(super) fn section(run: &ReviewedRun) -> Markup {
    let Some(shape) = &run.measured.row.route_shape else { return html! {} };
    let side = i32::from(RouteShape::SIDE) + 2 * MARGIN;
    let start = shape.points().first();
    html! {
        section aria-labelledby="route" {
            h2 #route { "Route" }
            svg.route-shape viewBox=(format!("{} {} {side} {side}", -MARGIN, -MARGIN)) role="img"
                aria-labelledby="route-title route-description" {
                title #route-title { "Shape of the route" }
                desc #route-description { "North is up. The place is left out; the scale follows from the distance." }
                path d=(line(shape)) {}
                @if let Some([x, y]) = start { circle cx=(x) cy=(y) r="5" {} }
            }
            p.dim { "North is up; the dot is the start. The place is left out, but the scale follows from the distance: whoever knows the area may recognise it." }
        }
    }
}

fn line(shape: &RouteShape) -> String {
    let mut path = String::new();
    for (k, [x, y]) in shape.points().iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = write!(path, "{}{x} {y}", if k == 0 { "M" } else { "L" });
    }
    path
}
