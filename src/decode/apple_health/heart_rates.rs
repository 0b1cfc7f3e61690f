//! The heart rates of years, few bytes each, and those of one workout among them.

use crate::decode::Limits;
use crate::units::UnixTime;

/// So many readings for each record that a file may have: by default twelve millions in 72 MB, of which
/// a watch that is worn for ten years writes a third.
const READINGS_PER_RECORD: usize = 12;
/// Names of sources: more than anybody has devices and programs.
const MOST_SOURCES: usize = 255;

/// Who recorded something: a watch, a strap's program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SourceNumber(u8);

/// The names of sources, each with a number; all beyond the last number share it.
#[derive(Debug, Default)]
pub(super) struct Sources(Vec<String>);

impl Sources {
    pub(super) fn number(&mut self, name: &str) -> SourceNumber {
        const LONGEST_NAME: usize = 256;
        let known = self.0.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            if self.0.len() < MOST_SOURCES && name.len() <= LONGEST_NAME {
                self.0.push(name.to_owned());
                self.0.len() - 1
            } else {
                MOST_SOURCES
            }
        });
        SourceNumber(number as u8)
    }
}

/// Second since 1970, source and beats: the bytes sort as their times do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Packed([u8; 6]);

impl Packed {
    fn second(self) -> u32 {
        let [a, b, c, d, ..] = self.0;
        u32::from_be_bytes([a, b, c, d])
    }

    fn source(self) -> SourceNumber {
        SourceNumber(self.0[4])
    }

    fn beats(self) -> u8 {
        self.0[5]
    }
}

/// All heart rates of an export.
#[derive(Debug)]
pub(super) struct HeartRates {
    readings: Vec<Packed>,
    most: usize,
    pub(super) left_out: usize,
}

impl HeartRates {
    pub(super) fn new(limits: &Limits) -> Self {
        let most = limits.max_records.saturating_mul(READINGS_PER_RECORD);
        Self { readings: Vec::new(), most, left_out: 0 }
    }

    /// How many are too many.
    pub(super) fn limit(&self) -> usize {
        self.most
    }

    /// Takes one, if there is room.
    pub(super) fn add(&mut self, time: UnixTime, source: SourceNumber, beats: u8) {
        let Ok(second) = u32::try_from(time.0.div_euclid(1000)) else { return };
        if self.readings.len() >= self.most {
            self.left_out += 1;
            return;
        }
        let [a, b, c, d] = second.to_be_bytes();
        self.readings.push(Packed([a, b, c, d, source.0, beats]));
    }

    /// Puts all in order of time, before any are asked for.
    pub(super) fn sort(&mut self) {
        self.readings.sort_unstable();
    }

    /// Those from one moment to another, of one source: the preferred one if it has any, else the one
    /// that has most. Two sensors that take turns would look like a heart that leaps.
    pub(super) fn between(
        &self,
        from: UnixTime,
        to: UnixTime,
        preferred: SourceNumber,
    ) -> impl Iterator<Item = (UnixTime, u8)> {
        let time = |reading: Packed| UnixTime::from_seconds(i64::from(reading.second()));
        let first = self.readings.partition_point(|reading| time(*reading) < from);
        let count = self.readings[first..].partition_point(|reading| time(*reading) <= to);
        let within = &self.readings[first..first + count];
        let mut counts = [0_usize; MOST_SOURCES + 1];
        within.iter().for_each(|reading| counts[usize::from(reading.source().0)] += 1);
        let most = (0..=u8::MAX).rev().max_by_key(|source| counts[usize::from(*source)]);
        let has_any = counts[usize::from(preferred.0)] > 0;
        let source = if has_any { preferred } else { SourceNumber(most.unwrap_or_default()) };
        let of_source = move |reading: &&Packed| reading.source() == source;
        within.iter().filter(of_source).map(move |reading| (time(*reading), reading.beats()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workout_gets_the_heart_rates_of_its_time_and_source() {
        let mut sources = Sources::default();
        let [watch, strap] = ["watch", "strap"].map(|name| sources.number(name));
        assert_eq!(sources.number("watch"), watch);
        let mut rates = HeartRates::new(&Limits::default());
        for (second, source, beats) in [
            (30, watch, 130),
            (10, watch, 110),
            (20, strap, 121),
            (21, strap, 122),
            (40, watch, 140),
        ] {
            rates.add(UnixTime::from_seconds(second), source, beats);
        }
        rates.sort();
        let between = |from, to, source| -> Vec<u8> {
            let [from, to] = [from, to].map(UnixTime::from_seconds);
            rates.between(from, to, source).map(|(_, beats)| beats).collect()
        };
        assert_eq!(between(10, 30, watch), [110, 130]);
        assert_eq!(between(11, 29, watch), [121, 122], "the watch has none there");
        assert_eq!(
            between(0, 99, sources.number("phone")),
            [110, 130, 140],
            "most are of the watch"
        );
        assert_eq!(between(41, 99, watch), [0; 0]);
    }

    #[test]
    fn more_sources_than_numbers_share_the_last() {
        let mut sources = Sources::default();
        let numbers: Vec<SourceNumber> = (0..300).map(|n| sources.number(&n.to_string())).collect();
        assert_eq!((numbers[254], numbers[299]), (SourceNumber(254), SourceNumber(255)));
    }
}
