//! What a recording leaves open and somebody else says: its sport, and the temperature of the air.

use crate::activity::{Sport, SubSport};
use crate::annotations::Annotations;
use crate::ingest::MeasuredSession;

/// Fills in what the recording itself does not say; what it says stands.
pub(super) fn fill_missing(measured: &mut MeasuredSession) {
    let MeasuredSession { listed, copies, row, .. } = measured;
    let remarks = || listed.iter().chain(copies.iter());
    let own = &mut row.metadata;
    if own.sport == Sport::Unspecified
        && let Some(sport) = remarks().find_map(|remarks| remarks.sport.clone())
    {
        own.sport = sport;
    }
    if own.sub_sport == SubSport::default()
        && let Some(sub_sport) = remarks().filter(|of| is_of(of, &own.sport)).find_map(narrower)
    {
        own.sub_sport = sub_sport;
    }
    row.conditions.air_temperature = remarks().find_map(|remarks| remarks.air_temperature);
}

fn is_of(remarks: &Annotations, sport: &Sport) -> bool {
    remarks.sport.as_ref().is_none_or(|stated| stated == sport)
}

fn narrower(remarks: &Annotations) -> Option<SubSport> {
    remarks.sub_sport.clone().filter(|sub_sport| *sub_sport != SubSport::default())
}
