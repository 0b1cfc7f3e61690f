//! The tables that exports keep beside their recordings: Strava's list of activities with the 103
//! columns of 2026, in English, and Garmin's summaries.

use chrono::DateTime;
use serde_json::json;

/// One activity and what the runner said of it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry<'a> {
    /// Seconds since 1970.
    pub(crate) start: i64,
    /// Whole seconds from first to last.
    pub(crate) elapsed: u32,
    pub(crate) name: &'a str,
    pub(crate) description: &'a str,
    /// The type in the words of the export: `Run` at Strava, `running` at Garmin.
    pub(crate) kind: &'a str,
    /// Relative to the table; Strava alone says which file it is.
    pub(crate) file: &'a str,
    /// From 1 to 10.
    pub(crate) exertion: Option<u8>,
    /// Degrees Celsius; Strava's alone.
    pub(crate) air_temperature: Option<f64>,
    /// Strava's tags: recovery, competition, long run.
    pub(crate) tags: [bool; 3],
    /// What the watch says it trained; Garmin's alone.
    pub(crate) training_effect: Option<&'a str>,
}

/// `activities.csv` of a Strava account.
pub(crate) fn strava_table(entries: &[Entry<'_>]) -> String {
    let mut lines = vec![COLUMNS.join(",")];
    lines.extend(entries.iter().enumerate().map(|(at, entry)| strava_line(at, entry)));
    lines.join("\n") + "\n"
}

fn strava_line(at: usize, entry: &Entry<'_>) -> String {
    let date = DateTime::from_timestamp(entry.start, 0);
    let date = date.map(|date| date.format("%b %-d, %Y, %-I:%M:%S %p").to_string());
    let flag = |tag: bool| if tag { "1.0" } else { "" }.to_owned();
    let mut is_first_elapsed = true;
    let cell = |name: &&str| match *name {
        "Activity ID" => (at + 1).to_string(),
        "Activity Date" => date.clone().unwrap_or_default(),
        "Activity Name" => entry.name.to_owned(),
        "Activity Type" => entry.kind.to_owned(),
        "Activity Description" => entry.description.to_owned(),
        "Filename" => entry.file.to_owned(),
        "Elapsed Time" if std::mem::take(&mut is_first_elapsed) => entry.elapsed.to_string(),
        "Elapsed Time" => format!("{}.0", entry.elapsed),
        "Perceived Exertion" => {
            entry.exertion.map(|value| format!("{value}.0")).unwrap_or_default()
        }
        "Weather Temperature" => {
            entry.air_temperature.map(|degrees| degrees.to_string()).unwrap_or_default()
        }
        "Recovery" => flag(entry.tags[0]),
        "Competition" => flag(entry.tags[1]),
        "Long Run" => flag(entry.tags[2]),
        _ => String::new(),
    };
    COLUMNS.iter().map(cell).map(|cell| quoted(&cell)).collect::<Vec<_>>().join(",")
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}

/// `…_summarizedActivities.json` of a Garmin account.
pub(crate) fn garmin_table(entries: &[Entry<'_>]) -> String {
    let entry = |(at, entry): (usize, &Entry<'_>)| {
        let milliseconds = u64::from(entry.elapsed) * 1000;
        json!({
            "activityId": at + 1,
            "name": entry.name,
            "activityType": entry.kind,
            "beginTimestamp": entry.start * 1000,
            "startTimeGmt": entry.start * 1000,
            "duration": milliseconds,
            "elapsedDuration": milliseconds,
            "description": entry.description,
            "workoutRpe": entry.exertion.map(|value| value * 10),
            "trainingEffectLabel": entry.training_effect,
        })
    };
    let entries: Vec<_> = entries.iter().enumerate().map(entry).collect();
    json!([{ "summarizedActivitiesExport": entries }]).to_string()
}

#[rustfmt::skip] // one line of the header's text after the other
const COLUMNS: [&str; 103] = [
    "Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description",
    "Elapsed Time", "Distance", "Max Heart Rate", "Relative Effort", "Commute",
    "Activity Private Note", "Activity Gear", "Filename", "Athlete Weight", "Bike Weight",
    "Elapsed Time", "Moving Time", "Distance", "Max Speed", "Average Speed", "Elevation Gain",
    "Elevation Loss", "Elevation Low", "Elevation High", "Max Grade", "Average Grade",
    "Average Positive Grade", "Average Negative Grade", "Max Cadence", "Average Cadence",
    "Max Heart Rate", "Average Heart Rate", "Max Watts", "Average Watts", "Calories",
    "Max Temperature", "Average Temperature", "Relative Effort", "Total Work", "Number of Runs",
    "Uphill Time", "Downhill Time", "Other Time", "Perceived Exertion", "Type", "Start Time",
    "Weighted Average Power", "Power Count", "Prefer Perceived Exertion",
    "Perceived Relative Effort", "Commute", "Total Weight Lifted", "From Upload",
    "Grade Adjusted Distance", "Weather Observation Time", "Weather Condition",
    "Weather Temperature", "Apparent Temperature", "Dewpoint", "Humidity", "Weather Pressure",
    "Wind Speed", "Wind Gust", "Wind Bearing", "Precipitation Intensity", "Sunrise Time",
    "Sunset Time", "Moon Phase", "Bike", "Gear", "Precipitation Probability",
    "Precipitation Type", "Cloud Cover", "Weather Visibility", "UV Index", "Weather Ozone",
    "Jump Count", "Total Grit", "Average Flow", "Flagged", "Average Elapsed Speed",
    "Dirt Distance", "Newly Explored Distance", "Newly Explored Dirt Distance", "Activity Count",
    "Total Steps", "Carbon Saved", "Pool Length", "Training Load", "Intensity",
    "Average Grade Adjusted Pace", "Timer Time", "Total Cycles", "Recovery", "With Pet",
    "Competition", "Long Run", "For a Cause", "With Kid", "Downhill Distance", "Total Sets",
    "Total Reps", "Media",
];

#[cfg(test)]
mod tests {
    use talktest::activity::LabelSource::{self, Description, StravaTag, Title};
    use talktest::activity::Sport;
    use talktest::export_tables::{Bounds, ExportEntry, Recording, recognise};
    use talktest::units::{DegreesCelsius, Seconds};

    use super::*;

    const RUN: Entry<'_> = Entry {
        start: 1_789_913_532,
        elapsed: 1860,
        name: "Round \"the\" park, slowly",
        description: "two\nlines",
        kind: "Run",
        file: "activities/1.fit.gz",
        exertion: Some(2),
        air_temperature: Some(-4.5),
        tags: [true, false, false],
        training_effect: Some("RECOVERY"),
    };

    fn read_back(name: &str, text: &str) -> Vec<ExportEntry> {
        let table = recognise(name, text.as_bytes()).unwrap();
        let listing = table.read(text.as_bytes(), &Bounds::default()).unwrap();
        assert_eq!(listing.warnings, []);
        listing.entries
    }

    fn check(listed: &ExportEntry) {
        assert_eq!(listed.start.map(|start| start.0), Some(1_789_913_532_000));
        assert_eq!(listed.elapsed.map(Seconds::get), Some(1860.0));
        assert_eq!(listed.annotations.rating.exertion.map(|exertion| exertion.value), Some(2.0));
        assert_eq!(listed.annotations.sport.as_ref().map(Sport::name), Some("running"));
    }

    fn texts(listed: &ExportEntry) -> Vec<(LabelSource, &str)> {
        listed.annotations.texts.iter().map(|text| (text.source, text.text.as_str())).collect()
    }

    #[test]
    fn what_is_written_as_strava_does_is_read_back() {
        let by_hand = Entry { file: "", tags: [false; 3], ..RUN };
        let listed = read_back("activities.csv", &strava_table(&[RUN, by_hand]));
        listed.iter().for_each(check);
        let common = [(Title, RUN.name), (Description, RUN.description)];
        assert_eq!(texts(&listed[0]), [&[(StravaTag, "Recovery")][..], &common].concat());
        assert_eq!(texts(&listed[1]), common);
        assert_eq!(listed[0].recording, Recording::File(RUN.file.to_owned()));
        assert_eq!(listed[1].recording, Recording::None);
        let degrees = listed[0].annotations.air_temperature.map(DegreesCelsius::get);
        assert_eq!(degrees, RUN.air_temperature);
    }

    #[test]
    fn what_is_written_as_garmin_does_is_read_back() {
        let run = Entry { kind: "running", ..RUN };
        let listed = read_back("me_0_summarizedActivities.json", &garmin_table(&[run]));
        check(&listed[0]);
        assert_eq!(texts(&listed[0]), [(Title, RUN.name), (Description, RUN.description)]);
        assert_eq!(listed[0].recording, Recording::ByStart);
        assert_eq!(listed[0].annotations.training_effect.as_deref(), RUN.training_effect);
    }
}
