//! The channels of one run, unpacked, with what follows from them whatever the settings say. Each
//! thing is worked out when it is first asked for, and once.

use std::sync::{Arc, Mutex, OnceLock};

use super::best_speed::best_speed;
use super::cadence::moves_without_steps;
use super::channel::Channel;
use super::heart_rate::is_written_in_steps;
use super::judged_time::{JudgedTime, WARM_UP_S};
use super::minute_means::minute_means;
use super::row::RunMetrics;
use super::series::{Series, Suspicion};
use super::shortened::{first_seconds, share_of_distance, shortened};
use super::span::Span;
use super::steadiness::Steadiness;
use super::surges::{KnownSurges, SurgeRule};
use super::time_above::{Bridge, TimeAbove, TimesAbove, time_above};
use super::unmeasured::Unmeasured;
use super::unseen_heart_rate::with_unseen_hard;
use crate::parallel::held;
use crate::units::MetresPerSecond;

/// Five minutes tell a runner's speed, in seconds.
const BEST_SPEED_S: usize = 300;

/// One run at 1 Hz and what is known of it once its channels are.
#[derive(Debug)]
pub struct UnpackedRun {
    /// The channels.
    pub series: Series,
    /// The seconds that heart-rate rules look at.
    pub judged: JudgedTime,
    written_in_steps: OnceLock<bool>,
    without_steps: OnceLock<bool>,
    beats: OnceLock<Vec<u32>>,
    moving_beats: OnceLock<Vec<u32>>,
    minutes: OnceLock<Vec<(f32, f32)>>,
    best_5_min_speed: OnceLock<Option<MetresPerSecond>>,
    times: OnceLock<TimesAbove>,
    /// Where readings were held before a gap, and where not.
    unseen_hard: [OnceLock<Option<FilledHeartRate>>; 2],
    /// Without the seconds suspected to follow every other step, and without all suspected ones.
    trusted: [OnceLock<Box<UnpackedRun>>; 2],
    surges: KnownSurges,
    first_parts: Mutex<Vec<(usize, Arc<FirstPart>)>>,
}

/// The first part of a run, as if it had ended then.
#[derive(Debug)]
pub struct FirstPart {
    /// Its channels.
    pub channels: UnpackedRun,
    share_of_distance: f64,
    steadiness: Result<Steadiness, Unmeasured>,
}

/// First parts that are kept of a run: whoever looks for the longest that is good enough asks for
/// the same ones again when the limits have moved a little.
const MOST_PARTS: usize = 4;

#[derive(Debug)]
struct FilledHeartRate {
    heart_rate: Channel,
    times: TimesAbove,
}

/// Which suspected seconds of heart rate are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untrusted {
    /// Those that equal half the step rate.
    HalfCadence,
    /// All.
    EverySuspected,
}

impl UnpackedRun {
    /// The run of these channels.
    pub fn of(series: Series) -> Self {
        let judged = JudgedTime::of(&series, WARM_UP_S);
        Self::judged_in(series, judged)
    }

    fn judged_in(series: Series, judged: JudgedTime) -> Self {
        Self {
            series,
            judged,
            written_in_steps: OnceLock::new(),
            without_steps: OnceLock::new(),
            beats: OnceLock::new(),
            moving_beats: OnceLock::new(),
            minutes: OnceLock::new(),
            best_5_min_speed: OnceLock::new(),
            times: OnceLock::new(),
            unseen_hard: [OnceLock::new(), OnceLock::new()],
            trusted: [OnceLock::new(), OnceLock::new()],
            surges: KnownSurges::default(),
            first_parts: Mutex::new(Vec::new()),
        }
    }

    /// Whether the heart rate was written in steps.
    pub fn is_written_in_steps(&self) -> bool {
        *self.written_in_steps.get_or_init(|| is_written_in_steps(&self.series, &self.judged))
    }

    /// Whether nobody's steps moved it.
    pub fn moves_without_steps(&self) -> bool {
        *self.without_steps.get_or_init(|| moves_without_steps(&self.series))
    }

    /// Seconds at each heart rate, from 0 bpm on.
    pub fn beats(&self) -> &[u32] {
        self.beats.get_or_init(|| self.series.heart_rate.counts(|_| true))
    }

    /// Moving seconds at each heart rate, from 0 bpm on.
    pub fn moving_beats(&self) -> &[u32] {
        let Series { heart_rate, movement, .. } = &self.series;
        self.moving_beats.get_or_init(|| heart_rate.counts(|k| movement[k].is_moving()))
    }

    /// Grade-adjusted speed (m/s) and heart rate (bpm) of its minutes.
    pub fn minutes(&self) -> &[(f32, f32)] {
        self.minutes.get_or_init(|| minute_means(&self.series))
    }

    /// Its best grade-adjusted speed over five minutes.
    pub fn best_5_min_speed(&self) -> Option<MetresPerSecond> {
        *self.best_5_min_speed.get_or_init(|| best_speed(&self.series, BEST_SPEED_S))
    }

    /// Judged time above a line.
    pub fn above(&self, line_bpm: f64, bridge: Bridge) -> &TimeAbove {
        let Series { heart_rate, pauses, .. } = &self.series;
        let times = self.times.get_or_init(|| TimesAbove::new(heart_rate));
        times.above(line_bpm, bridge, heart_rate, pauses, &self.judged)
    }

    /// Judged time above a line, had the run ended before second `end`.
    pub fn above_until(&self, end: usize, line_bpm: f64, bridge: Bridge) -> TimeAbove {
        let Series { heart_rate, pauses, .. } = &self.series;
        time_above(heart_rate, pauses, &self.judged, end, line_bpm, bridge)
    }

    /// Judged time above a line, had the heart been above all lines wherever it was not seen; `held`
    /// says whether readings were held before gaps.
    pub fn above_if_unseen_is_hard(&self, held: bool, line_bpm: f64, bridge: Bridge) -> &TimeAbove {
        let filled = self.unseen_hard[usize::from(held)].get_or_init(|| {
            let heart_rate = with_unseen_hard(&self.series.heart_rate, held)?;
            Some(FilledHeartRate { times: TimesAbove::new(&heart_rate), heart_rate })
        });
        match filled {
            None => self.above(line_bpm, bridge),
            Some(FilledHeartRate { heart_rate, times }) => {
                times.above(line_bpm, bridge, heart_rate, &self.series.pauses, &self.judged)
            }
        }
    }

    /// The run without suspected seconds of heart rate. Where all are left out, they are not judged
    /// either.
    pub fn trusted(&self, untrusted: Untrusted) -> &Self {
        self.trusted[untrusted as usize].get_or_init(|| {
            let is_untrusted = |suspicion: Suspicion| {
                untrusted == Untrusted::EverySuspected || suspicion == Suspicion::HalfCadenceMatch
            };
            let series = self.series.without_suspected(is_untrusted);
            let judged = match untrusted {
                Untrusted::HalfCadence => JudgedTime::of(&series, WARM_UP_S),
                Untrusted::EverySuspected => self.judged_without_suspected(&series),
            };
            Box::new(Self::judged_in(series, judged))
        })
    }

    /// The judged time without the seconds whose heart rate was taken out as suspected.
    fn judged_without_suspected(&self, trusted: &Series) -> JudgedTime {
        let (judged, own) = (&self.judged, &self.series.heart_rate);
        let is_trusted = |k: usize| own.get(k).is_some() == trusted.heart_rate.get(k).is_some();
        let mask: Vec<bool> =
            judged.mask.iter().enumerate().map(|(k, judged)| *judged && is_trusted(k)).collect();
        let seconds = mask.iter().filter(|judged| **judged).count() as u32;
        let suspected = judged.seconds - seconds;
        JudgedTime { mask, seconds, with_heart_rate: judged.with_heart_rate - suspected }
    }

    /// The surges of a run whose own recorded speed is `reference`, in m/s.
    pub fn surges(&self, reference: f64, rule: &SurgeRule) -> Vec<Span> {
        self.surges.find(&self.series, reference, rule)
    }

    /// The run up to, not including, second `end` of its timer time.
    pub fn first_part(&self, end: usize) -> Arc<FirstPart> {
        let mut known = held(&self.first_parts);
        if let Some((_, part)) = known.iter().find(|(of, _)| *of == end) {
            return Arc::clone(part);
        }
        let series = first_seconds(&self.series, end);
        let part = Arc::new(FirstPart {
            share_of_distance: share_of_distance(&self.series, &series),
            steadiness: Steadiness::of(&series),
            channels: Self::of(series),
        });
        if known.len() == MOST_PARTS {
            known.remove(0);
        }
        known.push((end, Arc::clone(&part)));
        part
    }
}

impl FirstPart {
    /// Its row, of that of the whole run: durations, distances and evenness of the part; what only
    /// the whole has is unchanged, and there are no channels.
    pub fn row(&self, whole: &RunMetrics) -> RunMetrics {
        shortened(whole, &self.channels.series, self.share_of_distance, self.steadiness.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;
    use crate::metrics::{Durations, RecordedMetadata, Resampled, measure_series};
    use crate::units::{Metres, Seconds};

    #[test]
    fn half_a_run_is_half_as_long() {
        let series = run(1_800, |k| (Some(120 + (k / 60) as u16), 2_500, 166));
        let (distance_m, ascent_m) = (Some(4_500.0), Some(0.0));
        let resampled = Resampled { series, distance_m, ascent_m, speed_recorded: true };
        let whole = measure_series(RecordedMetadata::default(), resampled);
        let channels = UnpackedRun::of(whole.channels.unpack().unwrap());
        let half = channels.first_part(900);
        let row = half.row(&whole);
        let Durations { moving, timer, .. } = row.durations;
        assert_eq!((moving, timer), (Seconds::of(900.0), Seconds::of(900.0)));
        assert_eq!(row.distances.distance.map(Metres::get), Some(2_250.0));
        assert_eq!(half.channels.series.len(), 900);
        assert_eq!(half.channels.series.heart_rate.get(899), Some(134));
        let all = channels.first_part(5_000);
        assert_eq!(all.row(&whole).durations, whole.durations);
        assert_eq!(all.channels.series, channels.series);
    }

    #[test]
    fn a_few_first_parts_are_kept() {
        let channels = UnpackedRun::of(run(600, |_| (Some(130), 2_500, 166)));
        let first = channels.first_part(60);
        assert!(Arc::ptr_eq(&first, &channels.first_part(60)));
        (2..=5).for_each(|minutes| drop(channels.first_part(60 * minutes)));
        assert!(!Arc::ptr_eq(&first, &channels.first_part(60)));
        assert_eq!(held(&channels.first_parts).len(), MOST_PARTS);
    }

    /// Ten minutes at 130 bpm, two of them suspected.
    fn suspected(suspicion: Suspicion) -> UnpackedRun {
        let mut series = run(600, |_| (Some(130), 2_500, 166));
        series.suspected = vec![(suspicion, Span { start: 300, seconds: 120 })];
        UnpackedRun::of(series)
    }

    #[test]
    fn suspected_seconds_are_left_out_of_the_time_where_all_are() {
        let all = suspected(Suspicion::CadenceMatch);
        let time = |run: &UnpackedRun| (run.judged.seconds, run.judged.with_heart_rate);
        assert_eq!(time(&all), (420, 420));
        assert_eq!(time(all.trusted(Untrusted::EverySuspected)), (300, 300));
        assert_eq!(time(all.trusted(Untrusted::HalfCadence)), (420, 420));
        let half = suspected(Suspicion::HalfCadenceMatch);
        assert_eq!(time(half.trusted(Untrusted::HalfCadence)), (420, 300));
    }

    #[test]
    fn a_run_that_ends_earlier_was_above_lines_for_as_long_as_its_part() {
        let whole = run(900, |k| (Some(130 + (k / 7 % 30) as u16), 2_500, 166));
        let part = run(600, |k| (Some(130 + (k / 7 % 30) as u16), 2_500, 166));
        let (whole, part) = (UnpackedRun::of(whole), UnpackedRun::of(part));
        for (line, bridge) in [(140.0, Bridge::Long), (151.5, Bridge::Short)] {
            assert_eq!(&whole.above_until(600, line, bridge), part.above(line, bridge));
            assert_eq!(&whole.above_until(5_000, line, bridge), whole.above(line, bridge));
        }
    }

    #[test]
    fn what_was_not_seen_may_have_been_hard() {
        let seen = UnpackedRun::of(run(600, |k| ((k < 500).then_some(130), 2_500, 166)));
        assert_eq!(seen.above(150.0, Bridge::Long).seconds, 0);
        assert_eq!(seen.above_if_unseen_is_hard(false, 150.0, Bridge::Long).seconds, 100);
        let whole = UnpackedRun::of(run(600, |_| (Some(130), 2_500, 166)));
        assert_eq!(whole.above_if_unseen_is_hard(true, 150.0, Bridge::Long).seconds, 0);
    }
}
