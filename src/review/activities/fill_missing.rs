//! What a recording leaves open and tables or copies state: its sport, its
//! totals, and the temperature of the air.

use crate::activity::{Sport, StatedTotals, SubSport};
use crate::annotations::Annotations;
use crate::ingest::MeasuredSession;

/// Fills in what the recording itself does not state; what it states holds.
pub(super) fn fill_missing(measured: &mut MeasuredSession) {
    let MeasuredSession { listed, copies, row, .. } = measured;
    let annotations = || listed.iter().chain(copies.iter());
    let own = &mut row.metadata;
    if own.sport == Sport::Unspecified
        && let Some(sport) = annotations().find_map(|stated| stated.sport.clone())
    {
        own.sport = sport;
    }
    if own.sub_sport == SubSport::default()
        && let Some(sub_sport) = annotations().filter(|of| is_of(of, &own.sport)).find_map(narrower)
    {
        own.sub_sport = sub_sport;
    }
    own.stated = annotations().fold(own.stated, |own, of| first_of(own, of.stated));
    row.conditions.air_temperature = annotations().find_map(|stated| stated.air_temperature);
}

fn first_of(own: StatedTotals, other: StatedTotals) -> StatedTotals {
    StatedTotals {
        elapsed: own.elapsed.or(other.elapsed),
        timer: own.timer.or(other.timer),
        distance: own.distance.or(other.distance),
        mean_heart_rate_bpm: own.mean_heart_rate_bpm.or(other.mean_heart_rate_bpm),
        max_heart_rate_bpm: own.max_heart_rate_bpm.or(other.max_heart_rate_bpm),
        ascent: own.ascent.or(other.ascent),
    }
}

fn is_of(stated: &Annotations, sport: &Sport) -> bool {
    stated.sport.as_ref().is_none_or(|stated| stated == sport)
}

fn narrower(stated: &Annotations) -> Option<SubSport> {
    stated.sub_sport.clone().filter(|sub_sport| *sub_sport != SubSport::default())
}
