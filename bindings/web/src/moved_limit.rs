//! What a slider of the report moves, as settings: with them the command judges alike.

use talktest::report::html::Page;
use talktest::review::{AthleteReview, ReviewedRun};
use talktest::settings::Settings;

use crate::heart_rates::{self, Entries};

/// The settings with a limit as a slider of a page moves it. On the page of a run it is moved for the
/// days of the entry that the run was judged by, on the page of a season for all days.
pub fn with(
    settings: &str,
    (page, athletes): (&Page, &[AthleteReview]),
    in_use: &Settings,
    limit: &str,
    bpm: f64,
) -> Result<String, String> {
    let only = || if let [only] = athletes { Some(only) } else { None };
    let athlete = page
        .athlete()
        .or_else(only)
        .ok_or_else(|| "this page is of several athletes".to_owned())?;
    let name = &athlete.name;
    let entries = page.run().map_or(Entries::Every, |run| entry_of(run, name, in_use));
    heart_rates::with_moved(settings, name, &entries, key(limit)?, bpm)
}

/// The entry that holds on the day of a run.
fn entry_of(run: &ReviewedRun, athlete: &str, in_use: &Settings) -> Entries {
    let athlete = in_use.athlete(athlete);
    let entry = athlete.and_then(|athlete| athlete.heart_rate_on(run.start.date()));
    Entries::From(entry.and_then(|(entry, _)| entry.from).map(|day| day.to_string()))
}

fn key(limit: &str) -> Result<&'static str, String> {
    match limit {
        "ceiling" => Ok("ceiling"),
        "maximum" => Ok("max"),
        "resting" => Ok("resting"),
        _ => Err(format!("no slider moves {limit}")),
    }
}
