//! Runs that are written as every service writes them.

use crate::fixtures::day::Day;
use crate::fixtures::run::Track;
use crate::fixtures::season::days;

/// Three runs of the season, the second with a stop at a red light.
pub fn three_tracks() -> Vec<Track> {
    let tracks: Vec<Track> = days().iter().map(Day::track).collect();
    let stopped = tracks.iter().position(|track| !track.pauses.is_empty()).unwrap();
    tracks[stopped - 1..stopped + 2].to_vec()
}

/// The mean of heart rates.
pub fn mean(beats: impl Iterator<Item = u8>) -> f64 {
    let beats: Vec<f64> = beats.map(f64::from).collect();
    beats.iter().sum::<f64>() / beats.len() as f64
}
