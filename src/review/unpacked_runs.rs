//! What a review works out of the recordings alone, kept in memory for those that follow: settings,
//! plan and notes may change between them, the recordings do not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use xxhash_rust::xxh3::xxh3_128;

use crate::history::{HeartRateOnSpeed, Past};
use crate::metrics::{DamagedChannels, PackedSeries, UnpackedRun};
use crate::parallel::held;

/// Channels and relations of one review for the next ones. Channels are known again by their packed
/// bytes, relations by the minutes that they were drawn through.
#[derive(Debug, Default)]
pub struct UnpackedRuns {
    runs: Mutex<KeptRuns>,
    on_speed: Mutex<BTreeMap<u128, Option<HeartRateOnSpeed>>>,
}

#[derive(Debug, Default)]
struct KeptRuns {
    by_bytes: BTreeMap<u128, Arc<UnpackedRun>>,
    seconds: usize,
}

/// More seconds than this of all runs together are not kept: about 2,000 hours in 200 MB.
const MOST_SECONDS: usize = 7_200_000;

impl UnpackedRuns {
    /// The channels of a row; unpacked anew where they are not kept.
    pub(super) fn unpack(
        &self,
        packed: &PackedSeries,
    ) -> Result<Arc<UnpackedRun>, DamagedChannels> {
        let key = xxh3_128(&packed.bytes()?);
        if let Some(known) = held(&self.runs).by_bytes.get(&key) {
            return Ok(Arc::clone(known));
        }
        let run = Arc::new(UnpackedRun::of(packed.unpack()?));
        let mut runs = held(&self.runs);
        if runs.seconds + run.series.len() <= MOST_SECONDS {
            runs.seconds += run.series.len();
            runs.by_bytes.insert(key, Arc::clone(&run));
        }
        Ok(run)
    }

    /// The heart rate that the runs before one lead to expect at a speed.
    pub(super) fn on_speed(&self, past: &Past, at_wrist: bool) -> Option<HeartRateOnSpeed> {
        let minutes = HeartRateOnSpeed::minutes(past, at_wrist)?;
        let bytes = minutes.iter().flat_map(|(speed, beats)| [*speed, *beats]);
        let key = xxh3_128(&bytes.flat_map(f64::to_le_bytes).collect::<Vec<u8>>());
        if let Some(known) = held(&self.on_speed).get(&key) {
            return *known;
        }
        let found = HeartRateOnSpeed::through(&minutes);
        held(&self.on_speed).insert(key, found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::PastRun;
    use crate::history::testing::{day, run_on};
    use crate::metrics::testing::run;

    #[test]
    fn the_same_channels_are_unpacked_once() {
        let packed = |beats: u16| PackedSeries::pack(&run(600, |_| (Some(beats), 2_500, 166)));
        let kept = UnpackedRuns::default();
        let unpack = |beats| kept.unpack(&packed(beats)).unwrap();
        let (first, other) = (unpack(130), unpack(131));
        assert!(Arc::ptr_eq(&first, &unpack(130)) && !Arc::ptr_eq(&first, &other));
        assert_eq!(other.series, packed(131).unpack().unwrap());
    }

    #[test]
    fn a_relation_is_known_again_by_its_minutes() {
        let kept = UnpackedRuns::default();
        let usual = |k: u64| PastRun {
            minutes: (0..20).map(|n| (2.5 + 0.02 * n as f32, 120.0 + n as f32)).collect(),
            ..run_on(day(k), 40.0)
        };
        let mut runs: Vec<PastRun> = (0..8).map(usual).collect();
        for slower in [0.0, 0.5] {
            runs[3].minutes[4].0 -= slower;
            let past = Past { sessions: &runs, day: day(60) };
            for _ in 0..2 {
                let found = kept.on_speed(&past, false);
                assert!(found.is_some());
                assert_eq!(found, HeartRateOnSpeed::of(&past, false));
            }
        }
        assert_eq!(held(&kept.on_speed).len(), 2);
        assert_eq!(kept.on_speed(&Past { sessions: &runs, day: day(60) }, true), None);
    }
}
