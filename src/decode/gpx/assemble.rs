//! Points and texts → activities.

use super::scan::{Scan, Segment};
use super::skeleton::{Skeleton, TrackTexts};
use crate::activity::{
    Activity, AltitudeSource, Gaps, LabelSource, LabelText, Pause, Record, Sport,
};
use crate::decode::{sport, text};

/// Points further apart belong to different sessions: nobody pauses a run for so long.
const MAX_GAP_MS: i64 = 6 * 3_600_000;

/// An activity's number has 16 bits.
pub(super) const MAX_ACTIVITIES: usize = u16::MAX as usize;

/// One activity for all points that follow each other within six hours in tracks of the same
/// sport: some apps write a track per lap, and some loggers all days into one track.
pub(super) fn activities(scan: Scan, skeleton: &Skeleton) -> Vec<Activity> {
    let Scan { records, segments, .. } = scan;
    let segments = split_at_rests(segments, &records);
    let groups = sessions(&segments, &records, skeleton);
    if let [only] = groups[..] {
        return vec![activity(records, only, skeleton, true)];
    }
    let one = |(group, session): (&[Segment], u16)| {
        let own = group[0].records.start..group[group.len() - 1].records.end;
        Activity { session, ..activity(records[own].to_vec(), group, skeleton, false) }
    };
    groups.into_iter().zip(0_u16..).map(one).collect()
}

/// The segments of each activity.
fn sessions<'a>(
    segments: &'a [Segment],
    records: &[Record],
    skeleton: &Skeleton,
) -> Vec<&'a [Segment]> {
    let kind_of = |segment: &Segment| skeleton.tracks.get(segment.track)?.kind.as_deref();
    // A track without type continues any sport, so the last type given stands for the session.
    let mut kind = segments.first().and_then(kind_of);
    let belongs = |a: &Segment, b: &Segment| {
        let gap_ms = gap_ms(&records[a.records.end - 1], &records[b.records.start]);
        let belongs = (0..MAX_GAP_MS).contains(&gap_ms) && same_sport(kind, kind_of(b));
        kind = kind_of(b).or(kind.filter(|_| belongs));
        belongs
    };
    segments.chunk_by(belongs).take(MAX_ACTIVITIES).collect()
}

fn gap_ms(before: &Record, after: &Record) -> i64 {
    after.time.0 - before.time.0
}

/// Ends a segment wherever no point comes for six hours.
fn split_at_rests(segments: Vec<Segment>, records: &[Record]) -> Vec<Segment> {
    let mut split = Vec::with_capacity(segments.len());
    for segment in segments {
        let mut start = segment.records.start;
        let within = |a: &Record, b: &Record| gap_ms(a, b) < MAX_GAP_MS;
        for piece in records[segment.records.clone()].chunk_by(within) {
            split.push(Segment { records: start..start + piece.len(), ..segment });
            start += piece.len();
        }
    }
    split
}

fn same_sport(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let one_sport = |sport: Sport| sport != Sport::Unspecified && sport == sport::sport(b);
    a.trim().eq_ignore_ascii_case(b.trim()) || one_sport(sport::sport(a))
}

/// One activity from its records and the segments in which they were recorded.
fn activity(
    mut records: Vec<Record>,
    segments: &[Segment],
    skeleton: &Skeleton,
    alone: bool,
) -> Activity {
    let tracks = tracks_of(segments, skeleton);
    let kind = tracks.iter().find_map(|track| track.kind.as_deref()).unwrap_or_default();
    let sport = sport::sport(kind);
    let sub_sport = sport::sub_sport(kind, &sport);
    if sport != Sport::Cycling {
        count_both_feet(&mut records);
    }
    Activity {
        start: records[0].time,
        end: records.last().map(|record| record.time),
        utc_offset_s: segments[0].offset_s,
        pauses: pauses(&records, segments),
        texts: texts(skeleton, &tracks, alone),
        device: skeleton.creator.as_deref().and_then(|text| bounded(text, MAX_DEVICE)),
        altitude_source: AltitudeSource::Satellite,
        gaps: Gaps::MayBePauses,
        sport,
        sub_sport,
        records,
        ..Activity::default()
    }
}

fn tracks_of<'a>(segments: &[Segment], skeleton: &'a Skeleton) -> Vec<&'a TrackTexts> {
    let tracks = segments.chunk_by(|a, b| a.track == b.track);
    tracks.filter_map(|of_track| skeleton.tracks.get(of_track[0].track)).collect()
}

/// A new segment begins where recording went on after it had stopped.
fn pauses(records: &[Record], segments: &[Segment]) -> Vec<Pause> {
    let first = segments[0].records.start;
    let between = segments[1..].iter().map(|segment| segment.records.start - first);
    let between =
        between.map(|next| Pause { from: records[next - 1].time, to: records[next].time });
    between.filter(|pause| pause.to > pause.from).collect()
}

/// Below this, a run's median cadence counts one foot: nobody runs at under 60 strides, and
/// hardly anybody at under 120 steps, a minute.
const LEAST_STEPS_CENTI_SPM: u16 = 12_000;

/// GPX does not say whether cadence is strides or steps; the run as a whole does.
fn count_both_feet(records: &mut [Record]) {
    let cadences = records.iter().filter_map(|record| record.cadence_centi_spm);
    let mut moving: Vec<u16> = cadences.filter(|&cadence| cadence > 0).collect();
    if moving.is_empty() {
        return;
    }
    let middle = moving.len() / 2;
    if *moving.select_nth_unstable(middle).1 >= LEAST_STEPS_CENTI_SPM {
        return;
    }
    for cadence in records.iter_mut().filter_map(|record| record.cadence_centi_spm.as_mut()) {
        *cadence *= 2;
    }
}

/// Bytes of one text, of a device's name, and texts of one activity: beyond any real one.
const MAX_TEXT: usize = 4096;
const MAX_DEVICE: usize = 128;
const MAX_TEXTS: usize = 32;

/// Every text that may hold a label. Where the file holds several activities, its own name is
/// the title of none of them.
fn texts(skeleton: &Skeleton, tracks: &[&TrackTexts], alone: bool) -> Vec<LabelText> {
    use LabelSource::{Description, Title, Type};
    let of_file = if alone { Title } else { Description };
    let names = tracks.iter().map(|track| (Title, &track.name));
    let kinds = tracks.iter().map(|track| (Type, &track.kind));
    let descriptions = tracks.iter().map(|track| (Description, &track.description));
    let comments = tracks.iter().map(|track| (Description, &track.comment));
    let found = names
        .chain([(of_file, &skeleton.name)])
        .chain(kinds)
        .chain(descriptions.chain(comments))
        .chain([(Description, &skeleton.description)]);
    let mut texts: Vec<LabelText> = Vec::new();
    for (source, text) in found {
        let Some(text) = text.as_deref().and_then(|text| bounded(text, MAX_TEXT)) else { continue };
        let label = LabelText { source, text };
        if texts.len() < MAX_TEXTS && !texts.contains(&label) {
            texts.push(label);
        }
    }
    texts
}

/// The text without blanks around it, cut to a number of bytes; `None` where nothing is left.
fn bounded(text: &str, max_bytes: usize) -> Option<String> {
    let text = text.trim();
    let text = text::beginning(text, max_bytes).trim_end();
    (!text.is_empty()).then(|| text.to_owned())
}
