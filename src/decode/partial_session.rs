//! What a file says of a session, in whatever order, → an activity.

use super::samples::SessionSamples;
use super::xml::texts::label_texts;
use super::{Decoded, Problem, Refusal};
use crate::activity::{
    Activity, AltitudeSource, FileAnchors, Gaps, LabelSource, LabelText, Pause, Rating, Sport,
    StatedTotals, SubSport,
};
use crate::units::{Seconds, UnixTime};

/// One session, as far as it was read.
#[derive(Debug, Default)]
pub struct PartialSession {
    pub sport: Sport,
    pub sub_sport: SubSport,
    pub start: Option<UnixTime>,
    pub end: Option<UnixTime>,
    pub utc_offset_s: Option<i32>,
    pub samples: SessionSamples,
    pub gaps: Gaps,
    pub stops: Vec<(UnixTime, TimerState)>,
    pub stated: StatedTotals,
    pub anchors: FileAnchors,
    pub rating: Rating,
    pub device: Option<String>,
    pub texts: Vec<(LabelSource, String)>,
    /// The files beside this one that a part of it was read from.
    pub joined: Vec<String>,
}

/// What the timer does from a moment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimerState {
    Runs,
    Stands,
}

impl PartialSession {
    /// Takes a text that may hold a label.
    pub fn add_text(&mut self, source: LabelSource, text: Option<&str>) {
        const MOST: usize = 32;
        const LONGEST: usize = 4096;
        if let Some(text) = text.filter(|_| self.texts.len() < MOST) {
            self.texts.push((source, text.chars().take(LONGEST).collect()));
        }
    }

    /// The time from the stated start to the stated end.
    pub fn start_to_end(&self) -> Option<Seconds> {
        let (start, end) = self.start.zip(self.end)?;
        Seconds::new((end.0 - start.0) as f64 / 1000.0).filter(|elapsed| elapsed.get() > 0.0)
    }

    /// The activity, if the session has a start or any reading, and what was left out of it.
    pub fn activity(self, session: u16) -> Option<(Activity, Vec<Problem>)> {
        let Self { sport, stops, .. } = self;
        let (records, warnings) = self.samples.finish(&sport);
        let first = records.first().map(|record| record.time);
        let start =
            self.start.filter(|start| first.is_none_or(|first| *start <= first)).or(first)?;
        let last = records.last().map(|record| record.time);
        let end = self.end.filter(|end| *end >= last.unwrap_or(start)).or(last);
        let activity = Activity {
            session,
            sub_sport: self.sub_sport,
            sport,
            start,
            stated_start: self.start,
            end,
            utc_offset_s: self.utc_offset_s,
            pauses: pauses(stops, start, end),
            records,
            altitude_source: AltitudeSource::Satellite,
            gaps: self.gaps,
            stated: self.stated,
            anchors: self.anchors,
            rating: self.rating,
            device: self.device.as_deref().and_then(crate::decode::xml::texts::device),
            texts: texts(&self.texts),
            joined: self.joined,
            ..Activity::default()
        };
        Some((activity, warnings))
    }
}

fn texts(texts: &[(LabelSource, String)]) -> Vec<LabelText> {
    label_texts(texts.iter().map(|(source, text)| (*source, Some(text.as_str()))))
}

/// When the timer stood, within the session.
fn pauses(
    mut stops: Vec<(UnixTime, TimerState)>,
    start: UnixTime,
    end: Option<UnixTime>,
) -> Vec<Pause> {
    stops.sort_by_key(|(time, _)| *time);
    let end = end.unwrap_or(start);
    let (mut pauses, mut since) = (Vec::new(), None);
    for (time, state) in stops {
        match (state, since) {
            (TimerState::Stands, None) => since = Some(time),
            (TimerState::Runs, Some(from)) => {
                pauses.push(Pause { from, to: time });
                since = None;
            }
            _ => {}
        }
    }
    pauses.extend(since.map(|from| Pause { from, to: end }));
    let within = |time: UnixTime| time.clamp(start, end.max(start));
    let clipped =
        pauses.iter().map(|pause| Pause { from: within(pause.from), to: within(pause.to) });
    clipped.filter(|pause| pause.from < pause.to).collect()
}

/// The sessions of a file, or why there are none.
pub fn decoded(
    sessions: impl IntoIterator<Item = PartialSession>,
    damage: Option<Problem>,
    nothing: &str,
) -> Result<Decoded, Refusal> {
    let mut decoded = Decoded::default();
    for session in sessions {
        let number = u16::try_from(decoded.activities.len()).unwrap_or(u16::MAX);
        if let Some((activity, warnings)) = session.activity(number).filter(|_| number < u16::MAX) {
            decoded.activities.push(activity);
            decoded.warnings.extend(warnings);
        }
    }
    match damage {
        Some(damage) if decoded.activities.is_empty() => return Err(Refusal::Unusable(damage)),
        damage => decoded.warnings.splice(0..0, damage),
    };
    if decoded.activities.is_empty() {
        return Err(Refusal::NotAnActivity(nothing.to_owned()));
    }
    Ok(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_pauses_within_the_session() {
        let at = UnixTime::from_seconds;
        let stops = vec![
            (at(50), TimerState::Runs),
            (at(30), TimerState::Stands),
            (at(40), TimerState::Stands),
            (at(2), TimerState::Runs),
            (at(90), TimerState::Stands),
        ];
        let expected = [(30, 50), (90, 100)].map(|(from, to)| Pause { from: at(from), to: at(to) });
        assert_eq!(pauses(stops, at(10), Some(at(100))), expected);
    }
}
