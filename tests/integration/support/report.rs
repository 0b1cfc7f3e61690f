//! Reports made by hand, for the tests that look at them.

use std::collections::BTreeMap;

use chrono::Days;
use talktest::decode::{Limits, decode};
use talktest::ingest::{ContentHash, Ingested, MeasuredSession, Source};
use talktest::metrics::measure;
use talktest::report::html::Site;
use talktest::review::{CalendarEntry, NoCache, Review, ReviewedRun, Selection, Week, review};
use talktest::settings::{Settings, UnitSystem, parse};
use talktest::units::UnixTime;

/// The generated season.
pub const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

/// Two recovery runs of the season, taking turns, as if they had been run on each of so many days.
/// The copies are not judged anew: that is not what is tested here.
pub fn many_runs(days: u64) -> Review {
    let mut review = season(&["2026-05-09-18-15-00.fit", "2026-04-29-07-30-00.fit"]);
    let pattern = review.runs.clone();
    review.runs = (0..days).map(|day| on_day(&pattern[day as usize % 2], day)).collect();
    let athlete = &mut review.athletes[0];
    let outing = |run: &ReviewedRun| {
        let of_pattern = athlete.calendar[0].clone();
        CalendarEntry { id: run.id.clone(), start: run.start, ..of_pattern }
    };
    athlete.calendar = review.runs.iter().map(outing).collect();
    let week = athlete.weeks[0].clone();
    let monday = |weeks: u64| week.monday + Days::new(7 * weeks);
    let weeks = (0..days.div_ceil(7)).map(|weeks| Week { monday: monday(weeks), ..week.clone() });
    athlete.weeks = weeks.collect();
    review
}

fn on_day(pattern: &ReviewedRun, day: u64) -> ReviewedRun {
    let mut run = pattern.clone();
    run.start.time = run.start.time + Days::new(day);
    run.measured.row.metadata.start =
        UnixTime(run.measured.row.metadata.start.0 + 86_400_000 * day as i64);
    run.id = format!("{}Z-running", run.start.time.naive_utc().format("%Y-%m-%dT%H:%M:%S"));
    run
}

/// The index of a report of 2,000 runs.
pub fn large_index() -> String {
    let review = many_runs(2_000);
    let site = Site::of(&review, UnitSystem::Metric);
    let pages = site.pages();
    site.render(pages.last().unwrap()).unwrap()
}

/// The review of every recording of the season.
pub fn whole_season() -> Review {
    let names = std::fs::read_dir(SEASON).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    let is_recording = |name: &String| {
        let bytes = std::fs::read(format!("{SEASON}/{name}")).unwrap();
        decode(&bytes, &Limits::default()).is_ok_and(|(decoded, _)| !decoded.activities.is_empty())
    };
    names.retain(is_recording);
    names.sort();
    season(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The review of these files of the season alone.
pub fn season(names: &[&str]) -> Review {
    let toml = std::fs::read_to_string(format!("{SEASON}/talktest.toml")).unwrap();
    let settings: Settings = parse(&toml, &talktest::audit::limit_catalogue()).unwrap();
    let measured = names.iter().map(|name| {
        let bytes = std::fs::read(format!("{SEASON}/{name}")).unwrap();
        let (decoded, format) = decode(&bytes, &Limits::default()).unwrap();
        let source = Source { path: (*name).to_owned(), format: format.id.into(), session: 0 };
        let row = measure(&decoded.activities[0]).unwrap();
        MeasuredSession {
            athlete: "me".to_owned(),
            content: ContentHash::of(name.as_bytes()),
            sources: vec![source],
            listed: Vec::new(),
            copies: Vec::new(),
            row: Box::new(row),
        }
    });
    let gathered =
        Ingested { seen: names.len(), measured: measured.collect(), ..Ingested::default() };
    review(gathered, &settings, &BTreeMap::new(), &Selection::default(), &NoCache).unwrap()
}
