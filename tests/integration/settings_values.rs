//! Sound settings: every value arrives, holds on the right dates and counts in the fingerprint.

use chrono::NaiveDate;
use talktest::activity::Sex;
use talktest::session::SessionKind;
use talktest::settings::{
    Holds, LimitCatalogue, LimitSpec, MaxSource, NoAthlete, Settings, UnitSystem, WornSensor,
    parse, template,
};
use talktest::units::BeatsPerMinute;

fn known() -> LimitCatalogue {
    LimitCatalogue::new(vec![
        LimitSpec {
            criterion: "duration",
            key: "max_minutes",
            default: 40.0,
            range: 10.0..=180.0,
            unit: "min",
        },
        LimitSpec {
            criterion: "surges",
            key: "speed_ratio",
            default: 1.25,
            range: 1.0..=3.0,
            unit: "",
        },
    ])
}

fn settings(text: &str) -> Settings {
    match parse(text, &known()) {
        Ok(settings) => settings,
        Err(errors) => panic!("{errors:#?}"),
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn bpm(value: f64) -> Option<BeatsPerMinute> {
    BeatsPerMinute::new(value)
}

const SAMPLE: &str = r#"
units = "imperial"
time_zone = "Europe/Berlin"

[athlete]
name = "first"
birth_year = 1988
sex = "female"
newer_runner = true
sensor = "chest"

[[athlete.heart_rate]]
from = 2026-01-01
max = 190
max_source = "race"
resting = 50
threshold = 170
talk_test = 148
ceiling = 145.5

[zones]
model = "custom"
bounds_bpm = [120, 140.5]

[labels]
recovery = ["regen", "shake ?out"]
ignore = ["recovery week"]

[limits]
duration = { max_minutes = 45 }

[plan]
file = "plan.csv"
[notes]
file = "notes.csv"
"#;

#[test]
fn every_value_of_a_full_file_arrives() {
    let settings = settings(SAMPLE);
    assert_eq!(settings.units, UnitSystem::Imperial);
    assert_eq!(settings.time_zone, Some(chrono_tz::Europe::Berlin));
    assert_eq!(settings.zones.model.id, "custom");
    assert_eq!(settings.zones.bounds, [120.0, 140.5].map(BeatsPerMinute::of));
    assert!(settings.labels.of(SessionKind::Recovery)[1].is_match("easy SHAKEOUT jog"));
    assert!(settings.labels.ignore[0].is_match("Recovery Week 3"));
    assert_eq!(settings.limits.get("duration", "max_minutes"), Some(45.0));
    assert_eq!(settings.limits.get("surges", "speed_ratio"), None);
    assert_eq!(settings.limits.iter().collect::<Vec<_>>(), [("duration", "max_minutes", 45.0)]);
    assert_eq!(settings.plan_file.as_deref(), Some("plan.csv"));
    assert_eq!(settings.notes_file.as_deref(), Some("notes.csv"));
}

#[test]
fn every_value_of_an_athlete_arrives() {
    let settings = settings(SAMPLE);
    let [athlete] = settings.athletes.as_slice() else { panic!("one athlete") };
    assert_eq!(athlete.name, "first");
    assert_eq!(athlete.folder, None);
    assert_eq!(athlete.birth_year, Some(1988));
    assert_eq!(athlete.sex, Some(Sex::Female));
    assert!(athlete.newer_runner);
    assert_eq!(athlete.sensor, Some(WornSensor::Chest));
    let (rates, _) = athlete.heart_rate_on(date("2026-05-04")).unwrap();
    assert_eq!(rates.from, Some(date("2026-01-01")));
    assert_eq!((rates.max, rates.max_source), (bpm(190.0), MaxSource::Race));
    assert_eq!((rates.resting, rates.threshold), (bpm(50.0), bpm(170.0)));
    assert_eq!((rates.talk_test, rates.ceiling), (bpm(148.0), bpm(145.5)));
}

#[test]
fn an_empty_file_is_the_defaults() {
    assert_eq!(settings(""), Settings::default());
    assert_eq!(settings("\u{feff}# nothing\r\n"), Settings::default());
    let athlete = settings("").athletes.remove(0);
    assert_eq!((athlete.name.as_str(), athlete.heart_rate_on(date("2026-01-01"))), ("me", None));
}

#[test]
fn the_newest_entry_that_is_not_later_holds_alone() {
    let settings = settings(
        "[[athlete.heart_rate]]\nfrom = 2026-03-01\ntalk_test = 150\n\
         [[athlete.heart_rate]]\nfrom = 2025-01-01\nmax = 190\nresting = 50\n",
    );
    let on = |day: &str| {
        let (rates, holds) = settings.athletes[0].heart_rate_on(date(day)).unwrap();
        (rates.max.map(BeatsPerMinute::get), rates.talk_test.map(BeatsPerMinute::get), holds)
    };
    assert_eq!(on("2024-12-31"), (Some(190.0), None, Holds::BeforeFirst));
    assert_eq!(on("2025-01-01"), (Some(190.0), None, Holds::OnDate));
    assert_eq!(on("2026-02-28"), (Some(190.0), None, Holds::OnDate));
    assert_eq!(on("2026-03-01"), (None, Some(150.0), Holds::OnDate));
    assert_eq!(on("2030-01-01"), (None, Some(150.0), Holds::OnDate));
}

#[test]
fn an_entry_without_a_date_holds_until_the_first_with_one() {
    let settings =
        settings("[athlete]\nheart_rate = [{ from = 2026-03-01, max = 185 }, { max = 190 }]\n");
    let on = |day: &str| {
        let (rates, holds) = settings.athletes[0].heart_rate_on(date(day)).unwrap();
        (rates.max.map(BeatsPerMinute::get), holds)
    };
    assert_eq!(on("1990-01-01"), (Some(190.0), Holds::OnDate));
    assert_eq!(on("2026-03-01"), (Some(185.0), Holds::OnDate));
}

#[test]
fn a_single_table_is_an_entry_too() {
    let settings = settings("[athlete.heart_rate]\nmax = 190\n");
    assert_eq!(settings.athletes[0].heart_rate[0].max_source, MaxSource::Tested);
}

#[test]
fn files_belong_to_athletes_by_folder() {
    let settings = settings(
        "notes = { file = \"all.csv\" }\n\
         [athletes.b]\nfolder = \"./second/\"\nplan.file = \"b.csv\"\n\
         [athletes.a]\nname = \"First\"\nfolder = \"first/**\"\n\
         [athletes.c]\nfolder = \"**/shared/*.fit\"\n",
    );
    let owner = |path| settings.athlete_of(path).map(|athlete| athlete.name.as_str());
    assert_eq!(owner("first/2026/a.fit"), Ok("First"));
    assert_eq!(owner("second/a.fit"), Ok("b"));
    assert_eq!(owner("x/shared/a.fit"), Ok("c"));
    assert_eq!(owner("secondly/a.fit"), Err(NoAthlete::OutsideEveryFolder("First, b, c".into())));
    assert_eq!(owner("x/shared/y/a.fit"), Err(NoAthlete::OutsideEveryFolder("First, b, c".into())));
    assert_eq!(owner("first/shared/a.fit"), Err(NoAthlete::InSeveralFolders("First, c".into())));

    let b = settings.athlete("b").unwrap();
    assert_eq!(
        (settings.plan_file_of(b), settings.notes_file_of(b)),
        (Some("b.csv"), Some("all.csv"))
    );
}

#[test]
fn a_single_athlete_owns_every_file() {
    let settings = settings("[athlete]\nname = \"first\"\n");
    assert_eq!(settings.athlete_of("anywhere/a.fit").map(|a| a.name.as_str()), Ok("first"));
}

#[test]
fn the_fingerprint_is_stable() {
    insta::assert_snapshot!(settings(SAMPLE).fingerprint_text());
}

#[test]
fn the_fingerprint_follows_what_judging_depends_on() {
    let print = |text: &str| settings(text).fingerprint_text();
    for display_only in [
        "units = \"imperial\"",
        "zones.model = \"hrr\"",
        "plan.file = \"a\"",
        "notes.file = \"a\"",
        "[athlete]\nname = \"me\"\nplan.file = \"a\"",
    ] {
        assert_eq!(print(display_only), print(""), "{display_only}");
    }
    let judged = [
        "",
        "time_zone = \"Asia/Tokyo\"",
        "athlete.name = \"a\"",
        "athlete.birth_year = 1980",
        "athlete.sex = \"male\"",
        "athlete.newer_runner = true",
        "athlete.sensor = \"arm\"",
        "athlete.heart_rate.max = 190",
        "athlete.heart_rate.threshold = 190",
        "athlete.heart_rate = [{ max = 190, max_source = \"guess\" }]",
        "athlete.heart_rate = [{ max = 190, from = 2026-01-01 }]",
        "athletes.me.folder = \"a\"",
        "labels.easy = [\"a\"]",
        "labels.ignore = [\"a\"]",
        "limits.duration.max_minutes = 45",
    ];
    let mut prints: Vec<String> = judged.iter().map(|text| print(text)).collect();
    prints.sort();
    prints.dedup();
    assert_eq!(prints.len(), judged.len());
}

#[test]
fn the_template_as_it_is_changes_nothing() {
    assert_eq!(settings(&template(&known())), Settings::default());
}

/// Removes the `# ` before everything that is a key or a table, as a reader of the file would.
fn uncommented(template: &str) -> String {
    let example = regex::Regex::new(r"(?m)^# (\[[^ ]*\]$|[a-z_]+ = )").expect("a sound expression");
    example.replace_all(template, "$1").into_owned()
}

#[test]
fn the_examples_of_the_template_are_sound_for_one_athlete_and_for_several() {
    let all = uncommented(&template(&known()));
    let part = |from: &str| all.find(from).unwrap_or_else(|| panic!("no {from} in {all}"));
    let (one, several, rest) = (part("[athlete]"), part("[athletes."), part("[zones]"));

    let alone = settings(&[&all[..several], &all[rest..]].concat());
    let rates = alone.athletes[0].heart_rate[0];
    assert!(rates.max.is_some() && rates.resting.is_some() && rates.threshold.is_some());
    assert!(rates.talk_test.is_some() && rates.ceiling.is_some() && rates.from.is_some());
    assert!(alone.plan_file.is_some() && alone.notes_file.is_some());
    assert!(SessionKind::ALL.into_iter().all(|kind| !alone.labels.of(kind).is_empty()));
    assert_eq!(alone.limits.iter().count(), 2);

    let together = settings(&[&all[..one], &all[several..]].concat());
    assert_eq!(together.athletes.len(), 2);
}
