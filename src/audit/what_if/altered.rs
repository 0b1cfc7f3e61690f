//! The verdict of the same run, had it been shorter, calmer or without its surges.

use crate::audit::criteria::surges::{find, surge_rule};
use crate::audit::criterion_input::{Context, CriterionInput};
use crate::audit::effort::is_fault_until;
use crate::audit::verdict::verdict;
use crate::metrics::series::{Channel, Series, speed_to_channel};
use crate::metrics::statistics::median;
use crate::metrics::{RunMetrics, UnpackedRun};
use crate::session::Verdict;

/// The heart rate goes on rising for this long after a surge, in seconds.
const AFTER_SURGE_S: usize = 60;

/// Whether a run would have been kept that ended earlier, at a heart rate so many bpm lower.
///
/// A lower heart rate under the same lines is the same heart rate under higher lines.
pub(super) fn is_kept(
    run: &RunMetrics,
    channels: &UnpackedRun,
    context: &Context,
    minutes_shorter: u32,
    bpm_lower: u32,
) -> bool {
    let lines = context.lines.map(|lines| lines.shifted(f64::from(bpm_lower)));
    let end = channels.series.len().saturating_sub(60 * minutes_shorter as usize);
    if lines.is_some_and(|lines| is_fault_until(channels, end, &lines, context.limits)) {
        return false;
    }
    let context = Context { lines, ..context.clone() };
    let shorter = channels.first_part(end);
    verdict(&shorter.row(run), &shorter.channels, &context) == Verdict::Kept
}

/// Whether it would have been kept without its surges: run at its own pace through them, at the
/// median heart rate of the rest where it was higher. `false` where it has none.
pub(super) fn is_kept_without_surges(input: &CriterionInput) -> bool {
    let rule = surge_rule(input.run, input.judged, input.context.limits);
    let Some(surges) = find(input.run, input.channels, &rule).filter(|found| !found.is_empty())
    else {
        return false;
    };
    let is_surge = input.series.mask(&surges);
    let mut near = is_surge.clone();
    for surge in &surges {
        let end = surge.range().end;
        near[end.min(is_surge.len())..(end + AFTER_SURGE_S).min(is_surge.len())].fill(true);
    }
    let calmed = calmed(input, &is_surge, &near);
    verdict(input.run, &UnpackedRun::of(calmed), input.context) == Verdict::Kept
}

fn calmed(input: &CriterionInput, is_surge: &[bool], near: &[bool]) -> Series {
    let series = input.series;
    let rest = (0..series.len()).filter(|k| !near[*k] && series.is_moving(*k));
    let beats: Vec<f64> = rest.filter_map(|k| series.heart_rate_bpm(k)).collect();
    let usual = median(&beats).map_or(u16::MAX, |beats| beats.round() as u16);
    let own = input.run.steadiness.as_ref().ok();
    let own = own.map(|steadiness| speed_to_channel(steadiness.reference_recorded_speed.get()));
    let heart_rate = series.heart_rate.iter().zip(near);
    let speed = series.speed.iter().zip(is_surge);
    Series {
        heart_rate: Channel::of(
            heart_rate.map(|(beats, near)| if *near { beats.map(|b| b.min(usual)) } else { beats }),
        ),
        speed: Channel::of(speed.map(|(speed, surge)| if *surge { own.or(speed) } else { speed })),
        ..series.clone()
    }
}
