//! Several recordings of one activity become one: the richest counts, and what all of them state is
//! kept with the path that states it.

use std::cmp::Reverse;

use crate::activity::{FileAnchors, Sport, StatedTotals};
use crate::annotations::Annotations;
use crate::ingest::MeasuredSession;
use crate::metrics::{DamagedChannels, RecordedMetadata, RunMetrics};
use crate::units::Seconds;

/// The share of moving time with a heart rate from which a recording has one.
const WITH_HEART_RATE: f64 = 0.7;

pub(super) fn known_sport(sport: &Sport) -> Option<Sport> {
    (*sport != Sport::Unspecified).then(|| sport.clone())
}

/// The richest recording of an activity with what the others state; `None` of none.
pub(super) fn merge_copies(
    group: Vec<MeasuredSession>,
) -> Result<Option<MeasuredSession>, DamagedChannels> {
    let mut recordings = if group.len() > 1 { richest_first(group)? } else { group }.into_iter();
    let Some(mut best) = recordings.next() else { return Ok(None) };
    for copy in recordings {
        add_copy(&mut best, copy);
    }
    Ok(Some(best))
}

fn richest_first(group: Vec<MeasuredSession>) -> Result<Vec<MeasuredSession>, DamagedChannels> {
    let rated = group.into_iter().map(|run| Ok((Reverse(richness(&run.row)?), run)));
    let mut rated: Vec<_> = rated.collect::<Result<_, DamagedChannels>>()?;
    rated.sort_by(|(one, left), (other, right)| {
        one.cmp(other).then_with(|| left.sources.cmp(&right.sources))
    });
    Ok(rated.into_iter().map(|(_, run)| run).collect())
}

/// What makes a recording worth more, the weightiest first.
type Richness = (bool, bool, u8, bool, usize, Reverse<u64>, usize);

fn richness(row: &RunMetrics) -> Result<Richness, DamagedChannels> {
    let heart = &row.heart_rate;
    let covered = f64::from(heart.recorded_moving_s) / row.durations.moving.get().max(1.0);
    let with_heart_rate = u8::from(covered > 0.0) + u8::from(covered >= WITH_HEART_RATE);
    let series = row.channels.unpack()?;
    let interval = row.durations.recording_interval.map_or(f64::MAX, Seconds::get);
    Ok((
        !row.metadata.breaks_off,
        !row.metadata.damaged,
        with_heart_rate,
        !series.cadence.is_blank(),
        count_stated(&row.metadata)
            + usize::from(row.form.is_some())
            + usize::from(row.distances.speed_recorded),
        Reverse((10.0 * interval) as u64),
        series.speed.present(),
    ))
}

/// How many kinds of things a file states beside its records.
fn count_stated(recorded: &RecordedMetadata) -> usize {
    let FileAnchors { max_bpm, resting_bpm, threshold_bpm, .. } = recorded.anchors;
    let stated = [
        max_bpm.or(resting_bpm).or(threshold_bpm).is_some(),
        recorded.device_zones.is_some(),
        recorded.stated.timer.is_some(),
        recorded.planned_end.is_some(),
        recorded.utc_offset_s.is_some(),
        recorded.located,
    ];
    stated.into_iter().filter(|is_stated| *is_stated).count()
}

fn add_copy(best: &mut MeasuredSession, copy: MeasuredSession) {
    let recorded = copy.row.metadata;
    best.copies.push(Annotations {
        by: copy.sources.first().map_or_else(String::new, |source| source.path.clone()),
        texts: recorded.texts,
        rating: recorded.rating,
        sport: known_sport(&recorded.sport),
        sub_sport: Some(recorded.sub_sport).filter(|_| recorded.sport != Sport::Unspecified),
        air_temperature: None,
        training_effect: None,
        planned_end: recorded.planned_end,
        stated: StatedTotals::default(),
    });
    best.copies.extend(copy.copies);
    best.sources.extend(copy.sources);
    for annotations in copy.listed {
        if !best.listed.contains(&annotations) {
            best.listed.push(annotations);
        }
    }
    let own = &mut best.row.metadata;
    own.utc_offset_s = own.utc_offset_s.or(recorded.utc_offset_s);
    own.time_zone = own.time_zone.or(recorded.time_zone);
    own.anchors = first_of(own.anchors, recorded.anchors);
}

fn first_of(own: FileAnchors, other: FileAnchors) -> FileAnchors {
    FileAnchors {
        max_bpm: own.max_bpm.or(other.max_bpm),
        resting_bpm: own.resting_bpm.or(other.resting_bpm),
        threshold_bpm: own.threshold_bpm.or(other.threshold_bpm),
        age_years: own.age_years.or(other.age_years),
        sex: own.sex.or(other.sex),
    }
}
