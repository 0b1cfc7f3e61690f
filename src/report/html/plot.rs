//! What every plot is made of, whatever its axis.

use maud::{Markup, html};

use super::scale::Scale;

/// A number without needless zeros.
pub(super) fn trimmed(value: f64, decimals: usize) -> String {
    crate::audit::wording::plain(value, decimals)
}

/// Labels of a scale, left of its plot.
pub(super) fn gutter(
    scale: &Scale,
    steps: &[f64],
    most: usize,
    text: impl Fn(f64) -> String,
) -> Markup {
    let clear = |value: &f64| (10.0..=scale.height() - 4.0).contains(&scale.y(*value));
    html! {
        @for value in scale.ticks(steps, most).iter().filter(|value| clear(value)) {
            text x="100%" dx="-6" y=(trimmed(scale.y(*value) + 4.0, 1)) text-anchor="end" { (text(*value)) }
        }
    }
}

/// A line across the whole width.
pub(super) fn across(y: f64, class: &str) -> Markup {
    let y = trimmed(y, 1);
    html! { line class=(class) x1="0" x2="100%" y1=(y) y2=(y) {} }
}
