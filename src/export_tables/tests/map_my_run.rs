//! The table of `MapMyRun`.

use super::*;
use crate::activity::LabelSource::Description;
use crate::activity::Sport;
use crate::units::Metres;

const HEADER: &str = "Date Submitted,Workout Date,Activity Type,Distance (mi),Workout Time (seconds),\
                      Avg Heart Rate,Notes,Source,Link\n";

fn map_my_run(rows: &str) -> ExportEntries {
    read("user_workout_history.csv", format!("{HEADER}{rows}").as_bytes())
}

#[test]
fn a_line_has_its_day_its_totals_and_its_notes() {
    let entry = only(map_my_run(
        "\"May 21, 2026\",\"May 20, 2026\",Indoor Run / Jog,5.0,2364,146,\"recovery, calm\",Map,http://x\n",
    ));
    assert_eq!(entry.recording, Recording::ByDay);
    assert_eq!(
        start(&entry),
        Some(1_779_235_200),
        "2026-05-20T00:00:00, as if it were Greenwich's"
    );
    assert_eq!(texts(&entry), [(Description, "recovery, calm")]);
    assert_eq!(entry.annotations.sport, Some(Sport::Running));
    assert!(entry.annotations.sub_sport.is_some_and(|sub_sport| sub_sport.is_in_place()));
    let stated = entry.annotations.stated;
    assert_eq!((stated.timer, stated.mean_heart_rate_bpm), (Seconds::new(2364.0), Some(146)));
    assert_eq!(stated.distance, Metres::new(8046.72));
}

#[test]
fn kilometres_are_kilometres_and_what_has_no_day_is_told() {
    let header = HEADER.replace("(mi)", "(km)");
    let text = format!(
        "{header}\"June 4, 2022\",\"June 4, 2022\",Run,7.5,2815,,,Map,http://x\n\
         today,today,Run,7.5,2815,,,Map,http://x\n"
    );
    let table = read("user_workout_history.csv", text.as_bytes());
    assert_eq!(table.entries[0].annotations.stated.distance, Metres::new(7500.0));
    assert_eq!((table.entries.len(), kinds(&table)), (1, vec![ProblemKind::DroppedEntries]));
}

#[test]
fn any_damage_is_answered() {
    let text =
        format!("{HEADER}\"May 21, 2026\",\"May 20, 2026\",Run,5.0,2364,146,é,Map,http://x\n");
    hostile::damaged(text.as_bytes(), |bytes| {
        let read = crate::export_tables::map_my_run::TABLE.read(bytes, &Bounds::default());
        assert!(read.is_err() || read.is_ok_and(|table| table.entries.len() <= 2));
    });
}
