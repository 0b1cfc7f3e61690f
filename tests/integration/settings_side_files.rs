//! Plans and notes: what arrives, what is left out aloud, and what is refused where.

use chrono::NaiveDate;
use proptest::prelude::*;
use talktest::activity::Exertion;
use talktest::session::SessionKind;
use talktest::settings::{NextMorning, Notes, Plan, SideFileProblem, parse_notes, parse_plan};
use talktest::units::Seconds;

fn kind_of(text: &str) -> Option<SessionKind> {
    text.to_lowercase().contains("regen").then_some(SessionKind::Recovery)
}

fn plan(text: &str) -> Plan {
    parse_plan(text.as_bytes(), &kind_of).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn notes(text: &str) -> Notes {
    parse_notes(text.as_bytes(), &kind_of).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn told(problems: &[SideFileProblem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn a_plan_arrives_by_date() {
    let plan = plan(
        "date,label,planned_minutes,notes\n\
         2026-05-05,tempo,,\n\
         \n\
         2026-05-04,Recovery Run,30,\"flat, slow\n and short\"\n\
         ,,,\n\
         2026-05-04,Regeneration,20.5\n\
         2026-05-06,none,,\n\
         2026-05-07,rest,,\n",
    );
    let monday = plan.on(date("2026-05-04"));
    let lines: Vec<usize> = monday.iter().map(|row| row.line).collect();
    assert_eq!(lines, [4, 7]);
    assert_eq!(monday[0].planned, Some(Seconds::of(1800.0)));
    assert_eq!(monday[0].notes.as_deref(), Some("flat, slow\n and short"));
    let label = monday[0].label.as_ref().unwrap();
    assert_eq!((label.text.as_str(), label.kind), ("Recovery Run", Some(SessionKind::Recovery)));
    let label = monday[1].label.as_ref().unwrap();
    assert_eq!((label.text.as_str(), label.kind), ("Regeneration", Some(SessionKind::Recovery)));
    assert_eq!(monday[1].planned, Some(Seconds::of(1230.0)));

    let kind = |day: &str| plan.on(date(day))[0].label.as_ref().map(|label| label.kind);
    assert_eq!(kind("2026-05-05"), Some(Some(SessionKind::Tempo)));
    assert_eq!(kind("2026-05-06"), Some(None), "expressly none");
    assert_eq!(kind("2026-05-07"), None, "a day without a run says nothing about a run");
    assert!(plan.on(date("2026-05-08")).is_empty());
    assert!(plan.warnings.is_empty());
}

#[test]
fn spreadsheets_may_write_it_their_way() {
    let plain = plan("date,label,planned_minutes\n2026-05-04,easy,30.5\n");
    let semicolons = "\u{feff}Planned_Minutes; Label ;DATE\r\n30,5;Easy; 2026-05-04 \r\n";
    let tabs = "label\tdate\tplanned_minutes\neasy\t2026-05-04\t30,5\n";
    for text in [semicolons, tabs] {
        let other = plan(text);
        assert_eq!(other.rows[0].date, plain.rows[0].date);
        assert_eq!(other.rows[0].planned, plain.rows[0].planned);
        assert_eq!(other.rows[0].label.as_ref().unwrap().kind, Some(SessionKind::Easy));
    }
}

#[test]
fn old_windows_and_utf16_texts_are_read() {
    let text = "date,notes\n2026-05-04,müde\n";
    let windows: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let units = || text.encode_utf16();
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(units()).flat_map(u16::to_le_bytes).collect();
    let [little, big] =
        [u16::to_le_bytes, u16::to_be_bytes].map(|to| units().flat_map(to).collect::<Vec<u8>>());
    for bytes in [text.as_bytes(), &windows, &utf16, &little, &big] {
        let plan = parse_plan(bytes, &kind_of).unwrap();
        assert_eq!(plan.rows[0].notes.as_deref(), Some("müde"));
    }
}

#[test]
fn notes_arrive_by_file_before_date() {
    let notes = notes(
        "date,file,label,rpe,feel,next_morning\n\
         2026-05-04,,,2,75,same\n\
         ,b.fit,recovery,2.5,,Worse\n\
         2026-05-04,c.gpx,,,0,better\n",
    );
    let lines = |path: &str, day: &str| -> Vec<usize> {
        notes.about(&[path], date(day)).iter().map(|row| row.line).collect()
    };
    assert_eq!(lines("a/b.fit", "2026-05-04"), [3, 2]);
    assert_eq!(lines("a\\b.fit.gz", "2026-05-05"), [3]);
    assert_eq!(lines("ab.fit", "2026-05-05"), [0; 0]);
    assert_eq!(lines("c.gpx", "2026-05-04"), [4, 2]);
    assert_eq!(lines("c.gpx", "2026-05-05"), [0; 0]);

    let [day, file, both] = notes.rows.as_slice() else { panic!("three rows") };
    assert_eq!((day.rating.exertion, day.rating.feel), (Some(Exertion::cr10(2.0)), Some(75)));
    assert_eq!((file.rating.exertion, file.rating.feel), (Some(Exertion::cr10(2.5)), None));
    assert_eq!(file.label.as_ref().unwrap().kind, Some(SessionKind::Recovery));
    assert_eq!(
        (day.next_morning, file.next_morning),
        (Some(NextMorning::Same), Some(NextMorning::Worse))
    );
    assert_eq!((both.rating.feel, both.next_morning), (Some(0), Some(NextMorning::Better)));
}

#[test]
fn what_is_meant_for_other_eyes_is_left_out_aloud() {
    let plan = plan("date,label,coach,\n2026-05-04,bike,kim,\n2026-05-05,easy,kim,\n");
    assert_eq!(plan.rows.len(), 2);
    assert_eq!(plan.rows[0].label, None);
    assert_eq!(
        told(&plan.warnings),
        [
            "line 1: coach: unknown column, not read; known are date, label, planned_minutes, notes",
            "line 2: label: `bike` is no kind of run, not read; known are recovery, easy, long, tempo, interval, race",
        ]
    );
}

#[test]
fn every_mistake_of_a_plan_is_told_at_once() {
    let text = "date,labl,label,planned_minutes,date\n\
                04.05.2026,,recovry,,\n\
                ,,easy,30,\n\
                \r\n\
                2026-5-4,,,0,\n\
                2026-02-30,,,soon,\n\
                2026-05-04,,long,1e3,,too much\n";
    let errors = parse_plan(text.as_bytes(), &kind_of).unwrap_err();
    assert_eq!(
        told(&errors),
        [
            "line 1: labl: unknown column; did you mean `label`?",
            "line 1: date: the column stands there twice; remove one",
            "line 2: date: `04.05.2026` is not a date; write year-month-day, such as 2026-01-31",
            "line 2: label: `recovry` is no kind of run; did you mean `recovery`?",
            "line 3: date: the date is missing; write one or remove the line",
            "line 5: date: `2026-5-4` is not a date; write year-month-day, such as 2026-01-31",
            "line 5: planned_minutes: `0` is not a planned duration (1–1440 min)",
            "line 6: date: `2026-02-30` is not a date; write year-month-day, such as 2026-01-31",
            "line 6: planned_minutes: `soon` is not a planned duration (1–1440 min)",
            "line 7: 6 cells under 5 columns; put texts that hold a separator in quotation marks",
        ]
    );
}

#[test]
fn every_mistake_of_notes_is_told_at_once() {
    let text = "file,rpe,feel,next_morning\n,11,101,fine\na.fit,nan,-1,wors\n";
    let errors = parse_notes(text.as_bytes(), &kind_of).unwrap_err();
    assert_eq!(
        told(&errors),
        [
            "line 2: neither a date nor a file says which run is meant",
            "line 2: rpe: `11` is not an effort on the CR10 scale (0–10)",
            "line 2: feel: `101` is not a feeling, very weak to very strong (0–100)",
            "line 2: next_morning: `fine` is not one of better, same, worse",
            "line 3: rpe: `nan` is not an effort on the CR10 scale (0–10)",
            "line 3: feel: `-1` is not a feeling, very weak to very strong (0–100)",
            "line 3: next_morning: `wors` is not one of better, same, worse; did you mean `worse`?",
        ]
    );
}

#[test]
fn an_open_quotation_mark_is_named_and_swallows_no_row() {
    let unclosed = "a quotation mark is opened here and never closed; close it, and write one within a text twice";
    for behind in ["", "2026-05-06,tempo,,\"slow\"\n", "2026-05-06,tempo,,\"slow\n and wet\"\n"] {
        let text = format!(
            "date,label,planned_minutes,notes\n\
             2026-05-04,recovery,30,\"flat\n\
             2026-05-05,recovry,30,wet\n{behind}"
        );
        let errors = parse_plan(text.as_bytes(), &kind_of).unwrap_err();
        assert_eq!(
            told(&errors),
            [
                format!("line 2: {unclosed}"),
                "line 3: label: `recovry` is no kind of run; did you mean `recovery`?".to_owned(),
            ],
            "{text}"
        );
    }
    let errors = parse_notes(b"date;\"rpe;file\n2026-05-04;2;a.fit\n", &kind_of).unwrap_err();
    assert!(told(&errors).contains(&format!("line 1: {unclosed}")), "{errors:?}");
}

#[test]
fn rows_within_a_text_in_quotation_marks_are_named() {
    let plan = plan(
        "date,label,planned_minutes,notes\n\
         2026-05-04,recovery,30,\"flat\n\
         2026-05-05,easy,30,wet\"\n\
         2026-05-06,easy,30,\"slow,\n or not\"\n",
    );
    assert_eq!(plan.rows.len(), 2);
    assert_eq!(
        told(&plan.warnings),
        [
            "line 2: the text in quotation marks goes on over the next lines, with what looks like a row, which \
             is not read; close the quotation mark on its own line"
        ]
    );
}

#[test]
fn a_file_without_names_of_columns_is_refused() {
    let refused = |text: &str| told(&parse_notes(text.as_bytes(), &kind_of).unwrap_err());
    let empty = "line 1: the file is empty; its first line must name its columns: date,file,label,planned_minutes,rpe,feel,next_morning";
    assert_eq!(refused(""), [empty]);
    assert_eq!(refused("\u{feff}\n\n"), [empty]);
    assert_eq!(
        refused("rpe\n2"),
        [
            "line 1: the first line must name a column date or file",
            "line 2: neither a date nor a file says which run is meant",
        ]
    );
    assert!(plan("date,label\n").rows.is_empty());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse_plan(&bytes, &kind_of);
        let _ = parse_notes(&bytes, &kind_of);
    }

    #[test]
    fn no_cells_make_it_panic(cells in "(date|label|file|rpe|\"|,|;|\n|\r|2026-05-04|ü| ){0,60}") {
        let _ = parse_plan(cells.as_bytes(), &kind_of);
        let _ = parse_notes(cells.as_bytes(), &kind_of);
    }
}
