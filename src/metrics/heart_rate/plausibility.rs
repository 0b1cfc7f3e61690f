//! Step 7: nobody runs for a minute with a heart rate below 70.

use super::marking::remove;
use crate::metrics::series::{Movement, Removal, Series};
use crate::metrics::span::runs_where;

/// Looked at only after this time, in seconds.
const SETTLING_S: usize = 300;
/// A heart rate below this is not a runner's, in beats per minute.
const LOW_BPM: u16 = 70;
/// For at least this long, in seconds, …
const LEAST_S: usize = 60;
/// … of which so many in a hundred are run: a step of walking in between changes nothing.
const LEAST_RUNNING_PCT: usize = 80;

pub(super) fn clean(series: &mut Series) {
    if series.heart_rate.lowest().is_none_or(|beats| beats >= LOW_BPM) {
        return;
    }
    let low =
        |k: usize| k >= SETTLING_S && series.heart_rate.get(k).is_some_and(|beats| beats < LOW_BPM);
    for stretch in runs_where(series.len(), low) {
        let moves = &series.movement[stretch.clone()];
        let running = moves.iter().filter(|movement| **movement == Movement::Running).count();
        if stretch.len() >= LEAST_S && 100 * running >= LEAST_RUNNING_PCT * stretch.len() {
            remove(series, Removal::ImplausiblyLow, stretch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{removed, run};

    #[test]
    fn a_minute_of_sixty_while_running_goes() {
        let mut series =
            run(900, |k| (Some(if (400..460).contains(&k) { 60 } else { 130 }), 2_500, 166));
        clean(&mut series);
        assert_eq!(removed(&series, Removal::ImplausiblyLow), 60);
        let mut walking = run(900, |_| (Some(60), 1_500, 110));
        clean(&mut walking);
        assert!(walking.removed.is_empty());
    }
}
