//! Garmin's two forms of JSON.

use super::*;
use crate::activity::LabelSource::{Description, Title};
use crate::activity::{Exertion, Sport, SubSport};

fn export(entries: &str) -> ExportEntries {
    let text = format!("[{{\"summarizedActivitiesExport\":[{entries}]}}]");
    read("me_0_summarizedActivities.json", text.as_bytes())
}

#[test]
fn an_entry_of_the_account_export() {
    let entry = only(export(
        r#"{"activityId":111,"uuidMsb":-1,"name":"Dijon - Recovery","activityType":"trail_running",
            "sportType":"RUNNING","beginTimestamp":1789913532000,"startTimeGmt":1.789913532E12,
            "startTimeLocal":1789920732000,"duration":1800000.5,"elapsedDuration":1860500,
            "distance":500000,"avgHr":140,"description":"calm","workoutRpe":20,"workoutFeel":75,
            "trainingEffectLabel":"RECOVERY","splits":[{"name":"x","duration":1}]}"#,
    ));
    assert_eq!((entry.line, &entry.recording), (1, &Recording::ByStart));
    assert_eq!(start(&entry), Some(1_789_913_532));
    assert_eq!(entry.elapsed, Seconds::new(1860.5));
    let annotations = &entry.annotations;
    assert_eq!(texts(&entry), [(Title, "Dijon - Recovery"), (Description, "calm")]);
    assert_eq!(annotations.sport, Some(Sport::Running));
    assert_eq!(annotations.sub_sport, Some(SubSport("trail".to_owned())));
    assert_eq!(annotations.rating.exertion, Some(Exertion::cr10(2.0)));
    assert_eq!(annotations.rating.feel, Some(75));
    assert_eq!(annotations.training_effect.as_deref(), Some("RECOVERY"));
}

#[test]
fn bad_entries_do_not_lose_good_ones() {
    let table = export(
        r#"7, null, [1], "x", {}, {"name":"no start"}, {"startTimeGmt":-5},
           {"startTimeGmt":"1789913532000","name":7,"duration":"nope","workoutRpe":NaN,
            "workoutFeel":101,"trainingEffectLabel":"UNKNOWN","activityType":{"typeKey":"walking"}}"#,
    );
    assert_eq!(table.entries.len(), 1);
    let entry = &table.entries[0];
    assert_eq!((entry.line, start(entry)), (8, Some(1_789_913_532)));
    assert_eq!((entry.elapsed, texts(entry)), (None, vec![]));
    assert_eq!(entry.annotations.sport, Some(Sport::Walking));
    assert_eq!(entry.annotations.rating, crate::activity::Rating::default());
    assert_eq!(entry.annotations.training_effect, None);
    assert_eq!(kinds(&table), [ProblemKind::DroppedEntries]);
    assert!(table.warnings[0].detail.starts_with("7 entries"), "{}", table.warnings[0]);
}

#[test]
fn exertion_is_told_in_tenths_and_only_where_given() {
    let exertion = |value: &str| {
        let entry = format!("{{\"startTimeGmt\":1789913532000,\"workoutRpe\":{value}}}");
        only(export(&entry)).annotations.rating.exertion
    };
    assert_eq!(exertion("10"), Some(Exertion::cr10(1.0)));
    assert_eq!(exertion("\"100\""), Some(Exertion::cr10(10.0)));
    for none in ["0", "7", "110", "null", "-10", "{}"] {
        assert_eq!(exertion(none), None, "{none}");
    }
}

#[test]
fn a_file_that_breaks_off_keeps_what_came_before() {
    let text = "[{\"summarizedActivitiesExport\":[{\"startTimeGmt\":1789913532000},{\"na";
    let table = read("a.json", text.as_bytes());
    assert_eq!(table.entries.len(), 1);
    assert_eq!(kinds(&table), [ProblemKind::Truncated]);
    let nothing = &text[..40];
    let refused = crate::export_tables::garmin::TABLE
        .read(nothing.as_bytes(), &Bounds::default())
        .unwrap_err();
    assert_eq!(refused.kind, ProblemKind::Truncated);
}

#[test]
fn one_activity_of_the_website() {
    let entry = only(read(
        "activity_18606916834.json",
        br#"{"activityId":18606916834,"activityName":"Somewhere Trail Running","description":null,
            "activityTypeDTO":{"typeId":6,"typeKey":"treadmill_running","parentTypeId":1},
            "eventTypeDTO":{"typeId":9,"typeKey":"uncategorized"},
            "timeZoneUnitDTO":{"unitKey":"Europe/Paris"},
            "summaryDTO":{"startTimeLocal":"2026-09-20T16:12:12.0",
            "startTimeGMT":"2026-09-20T14:12:12.0","duration":1800.5,"elapsedDuration":1860.0,
            "trainingEffectLabel":"AEROBIC_BASE","directWorkoutFeel":0,"directWorkoutRpe":80}}"#,
    ));
    assert_eq!((entry.line, start(&entry)), (1, Some(1_789_913_532)));
    assert_eq!(entry.elapsed, Seconds::new(1860.0));
    assert_eq!(texts(&entry), [(Title, "Somewhere Trail Running")]);
    assert_eq!(entry.annotations.sub_sport, Some(SubSport("treadmill".to_owned())));
    assert_eq!(entry.annotations.rating.exertion, Some(Exertion::cr10(8.0)));
    assert_eq!(entry.annotations.rating.feel, Some(0));
}
