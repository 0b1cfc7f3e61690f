//! Runkeeper's table.

use super::*;
use crate::activity::LabelSource::Description;
use crate::activity::Sport;
use crate::units::Metres;

const HEADER: &str = "Activity Id,Date,Type,Route Name,Distance (mi),Duration,Average Pace,Average Speed (mph),\
    Calories Burned,Climb (ft),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n";

fn runkeeper(rows: &str) -> ExportEntries {
    read("cardioActivities.csv", format!("{HEADER}{rows}").as_bytes())
}

#[test]
fn a_line_speaks_of_its_file() {
    let entry = only(runkeeper(
        "a,2026-05-20 18:00:00,Running,Recovery loop,4.00,1:02:03,10:00,6,500,61.35,141,,\"easy, calm\",\
         2026-05-20-1800.gpx\n",
    ));
    assert_eq!(entry.recording, Recording::File("2026-05-20-1800.gpx".to_owned()));
    assert_eq!((entry.start, &entry.annotations.sport), (None, &Some(Sport::Running)));
    assert_eq!(texts(&entry), [(Description, "easy, calm")], "a route's name is no run's");
    let stated = entry.annotations.stated;
    assert_eq!(stated.timer, Seconds::new(3723.0));
    assert_eq!(stated.distance, Metres::new(4.0 * 1609.344));
    assert_eq!(stated.mean_heart_rate_bpm, Some(141));
}

#[test]
fn a_line_without_a_file_or_with_wrong_cells() {
    let table = runkeeper(
        "a,2026-05-20 18:00:00,Yoga,,0,x,,,,,0,,,\n\
         a,2026-05-21 18:00:00,Running,,1,2:3,,,,,,x,one,two,c.gpx\n",
    );
    assert_eq!(table.entries.len(), 1);
    assert_eq!(table.entries[0].recording, Recording::None);
    let stated = table.entries[0].annotations.stated;
    assert_eq!((stated.timer, stated.mean_heart_rate_bpm), (None, None));
    assert_eq!(kinds(&table), [ProblemKind::DroppedEntries]);
}

#[test]
fn an_open_quotation_mark_swallows_no_line() {
    let line = |day: &str, notes: &str| {
        format!("a,2026-05-{day} 18:00:00,Running,,4,30:00,,,,,141,,{notes},{day}.gpx\n")
    };
    let table = runkeeper(&(line("20", "\"calm") + &line("21", "\"easy\"") + &line("22", "x")));
    let lines: Vec<usize> = table.entries.iter().map(|entry| entry.line).collect();
    assert_eq!(lines, [3, 4]);
    assert_eq!(kinds(&table), [ProblemKind::DroppedEntries, ProblemKind::UnreadCells]);
    let place = Some(Location::Line(2));
    assert_eq!(table.warnings.iter().map(|warning| warning.place).collect::<Vec<_>>(), [place; 2]);
}

#[test]
fn any_damage_is_answered() {
    let text = format!("{HEADER}a,2026-05-20 18:00:00,Running,,4,30:00,,,,,141,,\"é\nx\",b.gpx\n");
    hostile::damaged(text.as_bytes(), |bytes| {
        if let Ok(table) = crate::export_tables::runkeeper::TABLE.read(bytes, &Bounds::default()) {
            assert!(table.entries.len() <= 3, "{table:?}");
        }
    });
}
