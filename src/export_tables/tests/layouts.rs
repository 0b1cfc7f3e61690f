//! Strava's headers in eight languages, at every width that the table has had.

use super::languages::{DATES, LANGUAGES, Names, TYPES};
use super::*;
use crate::activity::LabelSource::{Description, StravaTag, Title, Type};

/// The columns of one table: names and cells.
type Columns = Vec<(String, String)>;

/// A table of so many columns: 10 as until 2019, 86 without tags, 103 with all.
fn columns(names: &Names, date: &str, kind: &str, width: usize) -> Columns {
    let [id, day, name, sort, about, elapsed, way, note, file, rest @ ..] = *names;
    let [exertion, temperature, recovery, competition, long] = rest;
    let mut columns = vec![
        (id, "1001"),
        (day, date),
        (name, "Zehn, \"ruhig\""),
        (sort, kind),
        (about, "erste Zeile\n\nzweite, Zeile"),
        (elapsed, "1860"),
        (way, "5,01"),
    ];
    if width == 10 {
        columns.extend([("Commute", "false"), ("Gear", ""), (file, FILE)]);
    } else {
        columns.extend([
            ("Max HR", ""),
            ("Effort", ""),
            ("Commute", ""),
            (note, "müde"),
            ("Gear", ""),
        ]);
        columns.extend([(file, FILE), ("Athlete Weight", ""), ("Bike Weight", "")]);
        columns.extend([
            (elapsed, "1861.0"),
            ("Moving", "1800.0"),
            (way, "5010.0"),
            ("Max HR", "150"),
        ]);
        columns.extend([
            (exertion, "3.0"),
            ("Type", "7"),
            (temperature, "-4.5"),
            ("Commute", "0.0"),
        ]);
    }
    if width == 103 {
        columns.extend([(recovery, "1.0"), ("With Pet", "1.0"), (competition, "0.0"), (long, "")]);
    }
    let mut columns: Columns =
        columns.into_iter().map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect();
    columns.extend((columns.len()..width).map(|at| (format!("Column {at}"), String::new())));
    columns
}

const FILE: &str = "activities/2001.fit.gz";

fn table(columns: &Columns) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |cells: Vec<String>| cells.join(",") + "\n";
    let names = line(columns.iter().map(|(name, _)| quoted(name)).collect());
    names + &line(columns.iter().map(|(_, cell)| quoted(cell)).collect())
}

fn check(entry: &ExportEntry, width: usize) {
    assert_eq!(entry.line, 2);
    assert_eq!(entry.recording, Recording::File(FILE.to_owned()));
    // date -u -d '2026-09-20 14:12:12' +%s
    assert_eq!(start(entry), Some(1_789_913_532));
    let (title, about) = ("Zehn, \"ruhig\"", "erste Zeile\n\nzweite, Zeile");
    let annotations = &entry.annotations;
    assert_eq!(annotations.sport, Some(crate::activity::Sport::Running));
    assert_eq!(annotations.sub_sport, None);
    let elapsed = entry.elapsed.map(Seconds::get);
    if width == 10 {
        assert_eq!(elapsed, Some(1860.0));
        assert_eq!(texts(entry), [(Title, title), (Description, about)]);
        return;
    }
    assert_eq!(elapsed, Some(1861.0), "the second column is the exact one");
    let exertion = annotations.rating.exertion.unwrap();
    assert_eq!((exertion.value, exertion.scale.title()), (3.0, "Strava"));
    assert_eq!(annotations.air_temperature.map(crate::units::DegreesCelsius::get), Some(-4.5));
    let tag = (width == 103).then_some((StravaTag, "Recovery"));
    let others = [(Title, title), (Description, about), (Description, "müde")];
    let expected: Vec<_> = tag.into_iter().chain(others).collect();
    assert_eq!(texts(entry), expected);
}

#[test]
fn every_language_at_every_width() {
    for ((language, names), (date, kind)) in LANGUAGES.iter().zip(DATES.iter().zip(TYPES)) {
        for width in [10, 86, 103] {
            let columns = columns(names, date, kind, width);
            assert_eq!(columns.len(), width, "{language}");
            check(&only(strava(&table(&columns))), width);
        }
    }
}

#[test]
fn the_order_of_columns_does_not_matter_but_among_those_of_one_name() {
    let columns = columns(&LANGUAGES[0].1, DATES[0], TYPES[0], 103);
    let names =
        |columns: &Columns| columns.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    for step in [2, 5, 20, 51, 102] {
        // 103 is prime, so every step meets every column once.
        let mut shuffled: Columns = (0..103).map(|at| columns[at * step % 103].clone()).collect();
        for name in names(&columns) {
            let mut cells = columns.iter().filter(|(other, _)| *other == name);
            let places = shuffled.iter_mut().filter(|(other, _)| *other == name);
            places.for_each(|place| *place = cells.next().unwrap().clone());
        }
        assert_ne!(names(&shuffled), names(&columns));
        check(&only(strava(&table(&shuffled))), 103);
    }
}

#[test]
fn an_unknown_language_is_read_by_content_and_said() {
    let mut columns = columns(&LANGUAGES[0].1, DATES[1], "xyz", 103);
    for (at, (name, _)) in columns.iter_mut().enumerate() {
        *name = format!("Sarake {at}");
    }
    let table = strava(&table(&columns));
    assert_eq!(kinds(&table), [ProblemKind::UnreadCells]);
    let entry = &table.entries[0];
    assert_eq!(entry.recording, Recording::File(FILE.to_owned()));
    assert_eq!(start(entry), Some(1_789_913_532));
    let about = "erste Zeile\n\nzweite, Zeile";
    let expected = [(Title, "Zehn, \"ruhig\""), (Type, "xyz"), (Description, about)];
    assert_eq!(texts(entry), expected);
}

#[test]
fn every_encoding() {
    let columns = columns(&LANGUAGES[1].1, DATES[1], TYPES[1], 103);
    let text = table(&columns);
    let wide = |to: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(to).collect()
    };
    let mark = "\u{feff}";
    for bytes in [
        text.as_bytes().to_vec(),
        format!("{mark}{text}").into_bytes(),
        wide(u16::to_le_bytes, mark),
        wide(u16::to_be_bytes, mark),
        wide(u16::to_le_bytes, ""),
        encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
    ] {
        check(&only(read("activities.csv", &bytes)), 103);
    }
}
