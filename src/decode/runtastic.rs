//! Sessions of Runtastic, now adidas Running: totals in one file, the route and the heart rates each in a
//! file of the same name in a folder beside it.
//!
//! Times of points have an offset, which need not be that of the runner; the session's own is.

use std::io::BufRead;

use super::joined::{JsonFile, LostParts, PartDoubts, SessionsInTurn};
use super::json::head;
use super::partial_session::{PartialSession, TimerState};
use super::plain_value::PlainValue;
use super::point_quantity::PointQuantity;
use super::points::{ListedPoint, PointKeys, points};
use super::streamed::{SiblingFiles, StreamedFormat};
use super::value_taker::ValueTaker;
use super::xml::time;
use super::{Limits, Problem, Refusal};
use crate::activity::{Activity, LabelSource, Position, Sport, SubSport};
use crate::units::{Metres, Seconds, UnixTime};

/// A session of Runtastic.
pub static FORMAT: StreamedFormat = StreamedFormat { id: "runtastic", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    head::has_keys(bytes, &["sport_type_id", "start_time", "pause_duration"])
}

fn decode(
    bytes: &mut dyn BufRead,
    sibling: SiblingFiles<'_>,
    limits: &Limits,
    take: &mut dyn FnMut(Activity),
) -> Result<Vec<Problem>, Refusal> {
    let mut taker = RuntasticTaker::default();
    let JsonFile { breaks_off, mut is_damaged, problems } =
        JsonFile::read(bytes, limits, &mut taker)?;
    let mut turns = SessionsInTurn::new(take, problems);
    let [mut routes, mut heart_rates] = [LostParts::default(), LostParts::default()];
    if taker.sport.is_some() {
        let route = taker.part(sibling, limits, "GPS-data", &ROUTE_POINT, &mut routes);
        let beats =
            taker.part(sibling, limits, "Heart-rate-data", &HEART_RATE_POINT, &mut heart_rates);
        heart_rates.missing += usize::from(beats.is_none() && taker.has_mean());
        is_damaged |= routes.unreadable + heart_rates.unreadable > 0;
        let session = taker.finish(route.unwrap_or_default(), beats.unwrap_or_default());
        turns.hand_over(session, PartDoubts { breaks_off, is_damaged });
    }
    turns.warnings.extend(routes.problems("the route"));
    turns.warnings.extend(heart_rates.problems("heart rates"));
    turns.finish("a Runtastic file without a session")
}

const ROUTE_POINT: PointKeys = PointKeys {
    time: "timestamp",
    read_time: date_time,
    numbers: &["duration", "latitude", "longitude", "altitude", "speed", "distance"],
};
const HEART_RATE_POINT: PointKeys =
    PointKeys { time: "timestamp", read_time: date_time, numbers: &["heart_rate"] };

fn date_time(value: PlainValue<'_>) -> Option<UnixTime> {
    Some(time::parse(value.text()?)?.time)
}

#[derive(Debug, Default)]
struct RuntasticTaker {
    session: PartialSession,
    id: Option<String>,
    sport: Option<f64>,
    paused_s: Option<f64>,
    is_indoors: bool,
}

impl ValueTaker for RuntasticTaker {
    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        let session = &mut self.session;
        let number = value.number().filter(|number| *number >= 0.0);
        let date_time = || number.map(|ms| UnixTime(ms as i64));
        let beats = || {
            let beats = number.filter(|beats| (1.0..=255.0).contains(beats));
            beats.map(|beats| beats.round() as u8)
        };
        match place {
            "id" => self.id = value.text().filter(|id| is_plain(id)).map(str::to_owned),
            "start_time" => session.start = date_time(),
            "end_time" => session.end = date_time(),
            "start_time_timezone_offset" => {
                let seconds = value.number().map(|ms| ms / 1000.0);
                let seconds = seconds.filter(|seconds| seconds.abs() <= 14.0 * 3600.0);
                session.utc_offset_s = seconds.map(|seconds| seconds as i32);
            }
            "duration" => session.stated.timer = number.and_then(|ms| Seconds::new(ms / 1000.0)),
            "pause_duration" => self.paused_s = number.map(|ms| ms / 1000.0),
            "distance" => session.stated.distance = number.and_then(Metres::new),
            "elevation_gain" => session.stated.ascent = number.and_then(Metres::new),
            "pulse_avg" => session.stated.mean_heart_rate_bpm = beats(),
            "pulse_max" => session.stated.max_heart_rate_bpm = beats(),
            "notes" => session.add_text(LabelSource::Description, value.text()),
            "sport_type_id" => self.sport = value.number(),
            "indoor" => self.is_indoors = value.is_true(),
            _ => {}
        }
    }

    fn taken(&self) -> (usize, usize) {
        (0, 1)
    }
}

/// Nothing but the name of a file.
fn is_plain(id: &str) -> bool {
    const LONGEST: usize = 64;
    id.len() <= LONGEST && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// How far apart pauses and their sum may be, in seconds and as a share.
const SAME_PAUSES_S: f64 = 5.0;
const SAME_PAUSES_SHARE: f64 = 0.05;
/// A shorter difference of the two clocks is none, in seconds.
const SHORTEST_PAUSE_S: f64 = 2.0;

impl RuntasticTaker {
    fn has_mean(&self) -> bool {
        self.session.stated.mean_heart_rate_bpm.is_some()
    }

    fn part(
        &mut self,
        sibling: SiblingFiles<'_>,
        limits: &Limits,
        folder: &str,
        keys: &PointKeys,
        lost: &mut LostParts,
    ) -> Option<Vec<ListedPoint>> {
        let name = format!("{folder}/{}.json", self.id.as_deref()?);
        let bytes = sibling(&name)?;
        let (points, broken) = points(&bytes, limits, keys);
        lost.unreadable += usize::from(broken.is_some());
        self.session.joined.push(name);
        Some(points)
    }

    fn finish(self, route: Vec<ListedPoint>, beats: Vec<ListedPoint>) -> PartialSession {
        let Self { mut session, paused_s, .. } = self;
        let paused_s = paused_s.unwrap_or_default();
        (session.sport, session.sub_sport) = sport(self.sport, self.is_indoors);
        let timer = session.stated.timer.map(Seconds::get);
        session.stated.elapsed = timer.and_then(|timer| Seconds::new(timer + paused_s));
        session.stops = stops(&route, paused_s);
        for ListedPoint { time, numbers } in route {
            let [_, north, east, altitude, speed, distance] = numbers[..] else { continue };
            let place = north.zip(east);
            let place = place.and_then(|(north, east)| Position::from_degrees(north, east));
            let readings = [
                (PointQuantity::Altitude, altitude),
                (PointQuantity::Speed, speed.map(|kilometres| kilometres / 3.6)),
                (PointQuantity::Distance, distance),
            ];
            session.samples.add(time, readings, place);
        }
        for ListedPoint { time, numbers } in beats {
            let beats = numbers.first().copied().flatten().filter(|beats| *beats > 0.0);
            session.samples.add(time, [(PointQuantity::HeartRate, beats)], None);
        }
        session
    }
}

/// The only number of a sport that is certain is that of running.
fn sport(number: Option<f64>, is_indoors: bool) -> (Sport, SubSport) {
    match number {
        Some(1.0) if is_indoors => (Sport::Running, SubSport("indoor_running".to_owned())),
        Some(1.0) => (Sport::Running, SubSport::default()),
        number => {
            (Sport::Other(format!("sport {}", number.unwrap_or_default())), SubSport::default())
        }
    }
}

/// The timer stood where the clock of the wall went on and that of the session did not; believed only
/// where the pauses found so last as long together as the session states.
fn stops(route: &[ListedPoint], paused_s: f64) -> Vec<(UnixTime, TimerState)> {
    let mut stops = Vec::new();
    let mut sum_s = 0.0;
    let clocks = route.iter().filter_map(|point| point.time.zip(point.numbers[0]));
    let clocks: Vec<(UnixTime, f64)> = clocks.collect();
    for pair in clocks.windows(2) {
        let [(from, timer_from), (to, timer_to)] = pair else { continue };
        let wall_s = (to.0 - from.0) as f64 / 1000.0;
        let paused = wall_s - (timer_to - timer_from) / 1000.0;
        if paused > SHORTEST_PAUSE_S && paused <= wall_s {
            sum_s += paused;
            stops.push((UnixTime(to.0 - (1000.0 * paused) as i64), TimerState::Stands));
            stops.push((*to, TimerState::Runs));
        }
    }
    let most = SAME_PAUSES_S.max(SAME_PAUSES_SHARE * paused_s);
    if (sum_s - paused_s).abs() <= most { stops } else { Vec::new() }
}
