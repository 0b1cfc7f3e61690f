//! The table of `TrainingPeaks`.

use super::*;
use crate::activity::LabelSource::{Description, Title};
use crate::activity::{Exertion, PlannedEnd, Sport};
use crate::units::Metres;

const HEADER: &str = "\"Title\",\"WorkoutType\",\"WorkoutDescription\",\"PlannedDuration\",\"WorkoutDay\",\
    \"DistanceInMeters\",\"AthleteComments\",\"TimeTotalInHours\",\"HeartRateAverage\",\"HeartRateMax\",\"Rpe\",\"Feeling\"\n";

fn training_peaks(rows: &str) -> ExportEntries {
    read("workouts.csv", format!("{HEADER}{rows}").as_bytes())
}

#[test]
fn a_done_line_has_its_plan_and_its_rating() {
    let entry = only(training_peaks(
        "\"Recovery\",\"Run\",\"5 x 20 s, 3 min easy\",\"0.5\",\"2026-05-20\",\"5000\",\"calm\",\"0.75\",\"141\",\"150\",\
         \"3\",\"2\"\n",
    ));
    assert_eq!(entry.recording, Recording::ByDay);
    assert_eq!(
        start(&entry),
        Some(1_779_235_200),
        "2026-05-20T00:00:00, as if it were Greenwich's"
    );
    assert_eq!(texts(&entry), [(Title, "Recovery"), (Description, "calm")]);
    let annotations = &entry.annotations;
    assert_eq!(annotations.sport, Some(Sport::Running));
    assert_eq!(annotations.rating.exertion, Some(Exertion::cr10(3.0)));
    assert_eq!(annotations.rating.feel, None, "which way it counts is not known");
    assert_eq!(annotations.planned_end, Some(PlannedEnd::After(Seconds::of(1800.0))));
    assert_eq!(annotations.stated.timer, Seconds::new(2700.0));
    assert_eq!(annotations.stated.distance, Metres::new(5000.0));
    assert_eq!(annotations.stated.mean_heart_rate_bpm, Some(141));
}

#[test]
fn what_was_not_done_or_is_no_movement_says_nothing() {
    let table = training_peaks(
        "\"Intervals\",\"Run\",\"\",\"1\",\"2026-05-20\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
         \"Weights\",\"Strength\",\"\",\"\",\"2026-05-20\",\"\",\"\",\"0.5\",\"\",\"\",\"\",\"\"\n\
         \"Run\",\"Run\",\"\",\"\",\"20.5.\",\"\",\"\",\"0.5\",\"\",\"\",\"\",\"\"\n",
    );
    assert_eq!(table.entries, []);
    assert_eq!(kinds(&table), [ProblemKind::DroppedEntries]);
}

#[test]
fn any_damage_is_answered() {
    let text = format!(
        "{HEADER}\"é\nx\",\"Run\",\"\",\"1\",\"2026-05-20\",\"\",\"\",\"0.5\",\"\",\"\",\"2\",\"\"\n"
    );
    hostile::damaged(text.as_bytes(), |bytes| {
        let read = crate::export_tables::training_peaks::TABLE.read(bytes, &Bounds::default());
        if let Ok(table) = read {
            assert!(table.entries.len() <= 3, "{table:?}");
        }
    });
}
