//! Points and texts → activities.

use super::skeleton::{Skeleton, TrackTexts};
use crate::activity::{
    Activity, AltitudeSource, Gaps, LabelSource, LabelText, Pause, Record, Sport, goes_on, runs_on,
};
use crate::decode::sport;
use crate::decode::xml::cadence::count_both_feet;
use crate::decode::xml::segments::{PointSegment, Points};
use crate::decode::xml::texts::{device, label_texts};

/// Points further apart belong to different sessions: nobody pauses a run for so long.
const MAX_GAP_MS: i64 = 6 * 3_600_000;

/// So few points of another day were left in the memory of the recorder.
const FEW_POINTS: usize = 60;
/// How far the way may go on to them, in metres.
const GOES_ON_M: f64 = 200.0;

/// One activity for all points that follow each other within six hours in tracks of the same
/// sport: some apps write a track per lap, and some loggers all days into one track.
pub(super) fn activities(points: Points, skeleton: &Skeleton, most: usize) -> Vec<Activity> {
    let Points { records, segments, .. } = points;
    let segments = split_at_rests(segments, &records);
    let groups = sessions(&segments, &records, skeleton, most);
    if let [only] = groups[..] {
        return vec![activity(records, only, skeleton, true)];
    }
    let one = |(group, session): (&[PointSegment], u16)| {
        let own = group[0].records.start..group[group.len() - 1].records.end;
        Activity { session, ..activity(records[own].to_vec(), group, skeleton, false) }
    };
    groups.into_iter().zip(0_u16..).map(one).collect()
}

/// The segments of each activity.
fn sessions<'a>(
    segments: &'a [PointSegment],
    records: &[Record],
    skeleton: &Skeleton,
    most: usize,
) -> Vec<&'a [PointSegment]> {
    let kind_of = |segment: &PointSegment| skeleton.tracks.get(segment.part)?.kind.as_deref();
    // A track without type continues any sport, so the last type given stands for the session.
    let mut kind = segments.first().and_then(kind_of);
    let belongs = |a: &PointSegment, b: &PointSegment| {
        let gap_ms = gap_ms(&records[a.records.end - 1], &records[b.records.start]);
        let belongs = (0..MAX_GAP_MS).contains(&gap_ms) && same_sport(kind, kind_of(b));
        kind = kind_of(b).or(kind.filter(|_| belongs));
        belongs
    };
    segments.chunk_by(belongs).take(most).collect()
}

fn gap_ms(before: &Record, after: &Record) -> i64 {
    after.time.0 - before.time.0
}

/// Ends a segment wherever no point comes for six hours, unless the run goes on there or only a few
/// points lie apart: then it was the clock that leapt.
fn split_at_rests(segments: Vec<PointSegment>, records: &[Record]) -> Vec<PointSegment> {
    let mut split = Vec::with_capacity(segments.len());
    for segment in segments {
        let own = &records[segment.records.clone()];
        let rests: Vec<usize> = (1..own.len())
            .filter(|next| gap_ms(&own[next - 1], &own[*next]) >= MAX_GAP_MS)
            .collect();
        let is_few = |length: usize| length < FEW_POINTS && 2 * length < own.len();
        let is_real = |(index, next): (usize, &usize)| {
            let before = next - index.checked_sub(1).map_or(0, |before| rests[before]);
            let after = rests.get(index + 1).copied().unwrap_or(own.len()) - next;
            let few = is_few(before) || is_few(after);
            let leapt = few && goes_on(&own[next - 1], &own[*next], GOES_ON_M);
            (!leapt && !runs_on(own, *next)).then_some(*next)
        };
        let ends: Vec<usize> = rests.iter().enumerate().filter_map(is_real).collect();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let start = segment.records.start;
        for (from, to) in starts.zip(ends.iter().copied().chain([own.len()])) {
            split.push(PointSegment { records: start + from..start + to, ..segment });
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
    segments: &[PointSegment],
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
        device: skeleton.creator.as_deref().and_then(device),
        altitude_source: AltitudeSource::Satellite,
        gaps: Gaps::MayBePauses,
        sport,
        sub_sport,
        records,
        ..Activity::default()
    }
}

fn tracks_of<'a>(segments: &[PointSegment], skeleton: &'a Skeleton) -> Vec<&'a TrackTexts> {
    let tracks = segments.chunk_by(|a, b| a.part == b.part);
    tracks.filter_map(|of_track| skeleton.tracks.get(of_track[0].part)).collect()
}

/// A new segment begins where recording went on after it had stopped.
fn pauses(records: &[Record], segments: &[PointSegment]) -> Vec<Pause> {
    let first = segments[0].records.start;
    let between = segments[1..].iter().map(|segment| segment.records.start - first);
    let between =
        between.map(|next| Pause { from: records[next - 1].time, to: records[next].time });
    between.filter(|pause| pause.to > pause.from).collect()
}

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
    label_texts(found.map(|(source, text)| (source, text.as_deref())))
}
