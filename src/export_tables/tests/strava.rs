//! What single rows of Strava's table say.

use super::*;
use crate::activity::LabelSource::{StravaTag, Title};
use crate::activity::{Sport, SubSport};

const HEADER: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Filename,\
                      Perceived Exertion,Weather Temperature,Recovery,Competition,Long Run,Media\n";

fn rows(rows: &[&str]) -> ExportEntries {
    strava(&format!("{HEADER}{}\n", rows.join("\n")))
}

#[test]
fn the_table_of_2018() {
    let entry = only(strava(
        "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
         1836776031,2018-09-12 15:02:23,Evening Run,Run,,783,3681.0,true,,activities/1836776031.gpx\n",
    ));
    // date -u -d '2018-09-12 15:02:23' +%s
    assert_eq!(start(&entry), Some(1_536_764_543));
    assert_eq!(entry.recording, Recording::File("activities/1836776031.gpx".to_owned()));
    assert_eq!(entry.elapsed, Seconds::new(783.0));
    assert_eq!(texts(&entry), [(Title, "Evening Run")]);
}

#[test]
fn activities_without_a_recording() {
    let table = rows(&[
        "1,\"Sep 20, 2026, 2:12:12 PM\",a,Run,,,,,,,",
        "2,\"Sep 21, 2026, 2:12:12 PM\",b,Run,#error#,,,,,,",
    ]);
    assert_eq!(table.warnings, []);
    assert!(table.entries.iter().all(|entry| entry.recording == Recording::None));
}

#[test]
fn every_tag_is_a_label_of_its_own() {
    let table = rows(&[
        "1,\"Sep 20, 2026, 2:12:12 PM\",a,Run,activities/1.fit.gz,,,1.0,0.0,0.0,",
        "2,\"Sep 21, 2026, 2:12:12 PM\",b,Run,activities/2.fit.gz,,,0,true,yes,",
        "3,\"Sep 22, 2026, 2:12:12 PM\",c,Run,activities/3.fit.gz,,,false,no,,",
    ]);
    let all: Vec<_> = table.entries.iter().map(texts).collect();
    assert_eq!(all[0], [(StravaTag, "Recovery"), (Title, "a")]);
    assert_eq!(all[1], [(StravaTag, "Race"), (StravaTag, "Long run"), (Title, "b")]);
    assert_eq!(all[2], [(Title, "c")]);
}

#[test]
fn types_that_are_no_known_sport_may_be_labels() {
    let table = rows(&[
        "1,\"Sep 20, 2026, 2:12:12 PM\",a,Virtual Run,activities/1.fit.gz,,,,,,",
        "2,\"Sep 21, 2026, 2:12:12 PM\",b,Regenerationsrunde,activities/2.fit.gz,,,,,,",
        "3,\"Sep 22, 2026, 2:12:12 PM\",c,Nordic Ski,activities/3.fit.gz,,,,,,",
    ]);
    let annotations: Vec<&Annotations> =
        table.entries.iter().map(|entry| &entry.annotations).collect();
    let sub_sport = SubSport("virtual_run".to_owned());
    assert_eq!(
        (&annotations[0].sport, &annotations[0].sub_sport),
        (&Some(Sport::Running), &Some(sub_sport))
    );
    assert_eq!(annotations[1].sport, None);
    let types = [(Title, "b"), (LabelSource::Type, "Regenerationsrunde")];
    assert_eq!(texts(&table.entries[1]), types);
    assert_eq!(annotations[2].sport, Some(Sport::Other("skiing".to_owned())));
    assert_eq!(texts(&table.entries[2]), [(Title, "c")]);
}

#[test]
fn numbers_that_cannot_be_right_are_left_out_and_said() {
    let table = rows(&[
        "1,\"Sep 20, 2026, 2:12:12 PM\",a,Run,activities/1.fit.gz,0,-4,,,,",
        "2,\"Sep 21, 2026, 2:12:12 PM\",b,Run,activities/2.fit.gz,11,20,,,,",
        "3,\"Sep 22, 2026, 2:12:12 PM\",c,Run,activities/3.fit.gz,hard,300.5,,,,",
    ]);
    assert_eq!(kinds(&table), [ProblemKind::UnreadCells]);
    assert_eq!(table.warnings[0].place, Some(Location::Line(3)));
    assert!(table.warnings[0].detail.ends_with("3, 4"), "{}", table.warnings[0]);
    assert!(table.entries.iter().all(|entry| entry.annotations.rating.exertion.is_none()));
    let degrees: Vec<_> =
        table.entries.iter().map(|entry| entry.annotations.air_temperature).collect();
    let expected = [-4.0, 20.0].map(crate::units::DegreesCelsius::new);
    assert_eq!(degrees, [expected[0], expected[1], None]);
}

#[test]
fn the_table_as_a_whole_says_which_number_is_the_day() {
    let row = |date: &str| format!("1,\"{date}\",a,Run,activities/1.fit.gz,,,,,,");
    let unclear = row("03/04/2026, 07:00:00");
    let starts = |table: &ExportEntries| table.entries.iter().map(start).collect::<Vec<_>>();
    let alone = rows(&[&unclear]);
    assert_eq!((starts(&alone), kinds(&alone)), (vec![None], vec![ProblemKind::UnreadCells]));
    assert_eq!(alone.warnings[0].place, Some(Location::Line(2)));
    let day_first = rows(&[&unclear, &row("13/04/2026, 07:00:00")]);
    // date -u -d '2026-04-03 07:00' +%s
    assert_eq!(starts(&day_first)[0], Some(1_775_199_600));
    let month_first = rows(&[&unclear, &row("4/13/2026, 07:00:00")]);
    // date -u -d '2026-03-04 07:00' +%s
    assert_eq!(starts(&month_first)[0], Some(1_772_607_600));
    assert_eq!((kinds(&day_first), kinds(&month_first)), (vec![], vec![]));
}

#[test]
fn ragged_rows_lose_themselves_and_not_the_table() {
    let table = rows(&[
        "1,\"Sep 20, 2026, 2:12:12 PM\",a,Run,activities/1.fit.gz,,,1",
        "2,\"Sep 21, 2026, 2:12:12 PM\",b,Run,activities/2.fit.gz,,,,,,,,",
        "3,\"Sep 22, 2026, 2:12:12 PM\",c, and d,Run,activities/3.fit.gz,,,,,,",
        "4,\"Sep 23, 2026, 2:12:12 PM\",d Run,activities/4.fit.gz,,,1,,,",
        "",
        ",,,",
        "5,\"Sep 24, 2026, 2:12:12 PM\",e,Run,activities/5.fit.gz,,,,,,m",
    ]);
    let lines: Vec<usize> = table.entries.iter().map(|entry| entry.line).collect();
    assert_eq!(lines, [2, 8]);
    assert_eq!(kinds(&table), [ProblemKind::DroppedEntries, ProblemKind::UnreadCells]);
    let details: Vec<&str> = table.warnings.iter().map(|one| one.detail.as_str()).collect();
    assert!(details[0].starts_with("3 lines") && details[0].ends_with("3, 4, 5"), "{details:?}");
    assert!(details[1].starts_with("1 line ") && details[1].ends_with(": 2"), "{details:?}");
}

#[test]
fn lines_are_counted_through_texts_of_many_lines() {
    let table = rows(&[
        "1,\"Sep 20, 2026, 2:12:12 PM\",\"a\r\nb\n\nc\",Run,activities/1.fit.gz,,,,,,",
        "2,nonsense,b,Run,activities/2.fit.gz,,,,,,",
    ]);
    assert_eq!(table.entries[1].line, 6);
    assert_eq!(table.warnings[0].place, Some(Location::Line(6)));
    assert_eq!(texts(&table.entries[0]), [(Title, "a\r\nb\n\nc")]);
}

#[test]
fn a_table_saved_again_by_a_spreadsheet() {
    let text = format!("{HEADER}1;20.09.2026 14:12;a;Lauf;activities/1.fit.gz;3;-4,5;WAHR;;;\n");
    let entry = only(strava(&text.replace(',', ";").replace("-4;5", "-4,5")));
    assert_eq!(start(&entry), Some(1_789_913_520));
    assert_eq!(entry.annotations.air_temperature, crate::units::DegreesCelsius::new(-4.5));
    assert_eq!(texts(&entry)[0], (StravaTag, "Recovery"));
}

#[test]
fn the_number_of_activities_is_bounded() {
    let row = "1,\"Sep 20, 2026, 2:12:12 PM\",a,Run,activities/1.fit.gz,,,,,,\n";
    let text = format!("{HEADER}{}", row.repeat(3));
    let bounds = Bounds { max_entries: 2, ..Bounds::default() };
    let table = TABLES[0].read(text.as_bytes(), &bounds).unwrap();
    assert_eq!(table.entries.len(), 2);
    assert_eq!(kinds(&table), [ProblemKind::LimitExceeded]);
    assert_eq!(table.warnings[0].place, Some(Location::Line(4)));
    let small = Bounds { max_bytes: 10, ..Bounds::default() };
    let refused = TABLES[0].read(text.as_bytes(), &small).unwrap_err();
    assert_eq!(refused.kind, ProblemKind::LimitExceeded);
}

#[test]
fn chinese_names_and_dates() {
    let entry = only(strava(
        "活动 ID,活动日期,活动名称,活动类型,活动描述,全程耗时,距离,恢复,文件名\n\
         1,2026年9月20日 14:12:12,恢复跑,跑步,,1800,4.68,1.0,activities/1.fit.gz\n",
    ));
    assert_eq!(start(&entry), Some(1_789_913_532));
    assert_eq!(entry.elapsed, Seconds::new(1800.0));
    assert_eq!(entry.annotations.sport, Some(Sport::Running));
    assert_eq!(texts(&entry), [(StravaTag, "Recovery"), (Title, "恢复跑")]);
}

#[test]
fn the_column_of_files_alone_makes_a_table() {
    let table = strava(
        "a,b,c,d,e,f,g\n\
         1,día 3 de la luna,Rodaje,Carrera,suave,1800,activities/1.fit.gz\n\
         2,día 4 de la luna,Otro,Carrera,,1800,activities/2.fit.gz\n",
    );
    assert_eq!(kinds(&table), [ProblemKind::UnreadCells, ProblemKind::UnreadCells]);
    let details: Vec<&str> = table.warnings.iter().map(|one| one.detail.as_str()).collect();
    assert!(details[1].starts_with("2 lines with a date that cannot be read"), "{details:?}");
    let entry = &table.entries[0];
    assert_eq!((start(entry), entry.line), (None, 2));
    assert_eq!(entry.recording, Recording::File("activities/1.fit.gz".to_owned()));
    assert_eq!(texts(entry)[0], (Title, "Rodaje"));
}
