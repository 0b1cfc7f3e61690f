//! The command line: exit codes, messages, and what goes where.
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn talktest(arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("talktest").unwrap();
    command.env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR")).args(arguments).assert()
}

fn out(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stdout).into_owned()
}

fn err(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

/// A folder with copies of files of the season.
fn folder_of(copies: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in copies {
        std::fs::copy(Path::new(SEASON).join(from), folder.path().join(to)).unwrap();
    }
    folder
}

fn audit(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    talktest(&[&["audit", folder.to_str().unwrap()], arguments].concat())
}

fn document(folder: &Path, arguments: &[&str]) -> Value {
    let done = audit(folder, &[&["--format", "json"], arguments].concat()).code(0);
    serde_json::from_str(&out(&done)).unwrap()
}

/// A run without a label, and a long one.
const UNLABELLED: &str = "2026-03-31-18-15-00.fit";
const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error_in_any_format() {
    for format in talktest::report::OUTPUTS.iter().map(|output| output.id) {
        let line = "\"$@\"; echo $? >&2".to_owned();
        let mut command = Command::new("sh");
        command.args([
            "-c",
            &format!("{{ {line}; }} | true"),
            "sh",
            env!("CARGO_BIN_EXE_talktest"),
        ]);
        command.args(["audit", SEASON, "--all", "--as-recovery", "-q", "--format", format]);
        let told = command.output().unwrap().stderr;
        assert_eq!(String::from_utf8(told).unwrap(), "0\n", "{format}");
    }
}

#[test]
fn results_go_to_standard_output_and_nothing_else_does() {
    let done = talktest(&["audit", SEASON, "--format", "json"]).code(0);
    assert_eq!(err(&done), "");
    assert!(serde_json::from_str::<Value>(&out(&done)).is_ok());
}

#[test]
fn ndjson_is_one_run_a_line() {
    let done = talktest(&["audit", SEASON, "--format", "ndjson"]).code(0);
    let text = out(&done);
    assert_eq!(text.lines().count(), 35);
    for line in text.lines() {
        let run: Value = serde_json::from_str(line).unwrap();
        assert!(run["audit"]["verdict"].is_string());
    }
}

#[test]
fn conditions_end_with_one_and_name_themselves() {
    let failed =
        talktest(&["audit", SEASON, "--fail-on", "slipped", "--fail-on", "not-recovery"]).code(1);
    assert!(
        err(&failed).contains("slipped") && err(&failed).contains("not recovery"),
        "{}",
        err(&failed)
    );
    talktest(&["audit", SEASON, "--fail-on", "problems"]).code(0);
}

#[test]
fn days_select() {
    let done = talktest(&[
        "audit",
        SEASON,
        "--format",
        "ndjson",
        "--since",
        "2026-05-01",
        "--until",
        "2026-05-04",
    ]);
    assert_eq!(out(&done.code(0)).lines().count(), 2);
}

#[test]
fn wrong_usage_ends_with_two() {
    talktest(&["audit", "no/such/folder"]).code(2);
    talktest(&["audit", SEASON, "--format", "xml"]).code(2);
    talktest(&["explain", "no-such-criterion"]).code(2);
    talktest(&["show", SEASON]).code(2);
    talktest(&["audit", SEASON, "--athlete", "nobody"]).code(2);
    talktest(&[]).code(2);
    talktest(&["--version"]).code(0);
}

#[test]
fn every_mistake_of_a_settings_file_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talktest.toml");
    std::fs::write(&file, "units = \"furlongs\"\n[athlete]\nnmae = \"me\"\n[limits]\nduration = { max_minutes = -1 }\n")
        .unwrap();
    let failed = talktest(&["check-config", file.to_str().unwrap()]).code(2);
    let told = err(&failed);
    for place in ["line 1, column 9", "line 3, column 1", "line 5, column 28"] {
        assert!(told.contains(place), "{place} is missing in:\n{told}");
    }
}

#[test]
fn a_fresh_settings_file_is_sound_and_never_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str().unwrap();
    talktest(&["init", folder]).code(0);
    talktest(&["check-config", folder]).code(0);
    talktest(&["init", folder]).code(2);
    talktest(&["init", folder, "--force"]).code(0);
    talktest(&["init", "no/such/folder"]).code(2);
}

#[test]
fn a_folder_without_labels_says_how_to_label() {
    let folder = folder_of(&[(UNLABELLED, "run.fit")]);
    for arguments in [&[][..], &["--all"], &["--as-recovery"]] {
        let shown = out(&audit(folder.path(), arguments).code(0));
        for words in ["No run here is labelled recovery", "2026-03-31,recovery", "notes.csv"] {
            assert!(shown.contains(words), "{arguments:?}:\n{shown}");
        }
    }
    let lines = audit(folder.path(), &["--format", "ndjson"]).code(0);
    assert!(err(&lines).contains("No run here is labelled recovery"));
    assert_eq!(err(&audit(folder.path(), &["--format", "ndjson", "-q"]).code(0)), "");
}

#[test]
fn days_without_a_run_are_said() {
    let shown = out(&audit(Path::new(SEASON), &["--since", "2027-01-01"]).code(0));
    assert!(
        shown.contains("No runs from 2027-01-01 on; 75 runs are outside these dates."),
        "{shown}"
    );
    let turned = audit(Path::new(SEASON), &["--since", "2026-05-02", "--until", "2026-05-01"]);
    assert!(err(&turned.code(2)).contains("--since 2026-05-02 lies after --until 2026-05-01"));
    let wrong = audit(Path::new(SEASON), &["--since", "May 1"]).code(2);
    assert!(err(&wrong).contains("a day such as 2026-05-01"));
}

fn assert_adds_up(files: &Value) {
    let count = |key: &str| files[key].as_u64().unwrap();
    let sum = ["with_runs", "not_runs", "duplicates", "failed"].map(count).iter().sum::<u64>();
    assert_eq!(count("seen"), sum, "{files}");
}

#[test]
fn every_file_is_counted_once() {
    assert_adds_up(&document(Path::new(SEASON), &[])["files"]);
    if let Some(corpus) = crate::support::beside("corpus") {
        assert_adds_up(&document(&corpus, &[])["files"]);
    }
    let folder = folder_of(&[(UNLABELLED, "a.fit"), (UNLABELLED, "b.fit"), ("Settings.fit", "c")]);
    std::fs::write(folder.path().join("d.fit"), "no run").unwrap();
    std::fs::write(folder.path().join("e.txt"), "no run").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.path().join("f.fit")).unwrap();
    assert_adds_up(&document(folder.path(), &[])["files"]);
    let shown = out(&audit(&folder.path().join("a.fit"), &[]).code(0));
    assert!(shown.contains("1 file: 1 run in 1 file, 0 without a run, 0 duplicates"), "{shown}");
}

#[cfg(unix)]
#[test]
fn names_are_shown_and_never_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let name = "\u{1b}[31m\nfake\u{202e}\u{9b}x.fit";
    std::fs::write(folder.path().join(name), "no run").unwrap();
    let file = folder.path().join(name);
    let plain = |text: &str| {
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{text:?}");
        assert!(!text.contains("\nfake"), "{text:?}");
    };
    plain(&err(&talktest(&["show", file.to_str().unwrap()]).code(2)));
    plain(&err(&talktest(&["audit", &format!("{}.not", file.display())]).code(2)));
    plain(&err(&talktest(&["check-config", file.to_str().unwrap()]).code(2)));
    plain(&out(&audit(folder.path(), &[]).code(0)));
    plain(&out(&audit(folder.path(), &["--format", "json"]).code(0)));
    assert_eq!(document(folder.path(), &[])["problems"][0]["path"], name);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_said() {
    let shown = out(&talktest(&["audit", "/dev/null"]).code(0));
    assert!(shown.contains("is not a regular file"), "{shown}");
    assert!(err(&talktest(&["show", "/dev/null"]).code(2)).contains("is not a regular file"));
}

#[test]
fn a_copy_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(SEASON).join("2026-04-29-07-30-00.fit");
    for copy in ["a.fit", "b.fit"] {
        std::fs::copy(&from, folder.path().join(copy)).unwrap();
    }
    let done = talktest(&["audit", folder.path().to_str().unwrap(), "--format", "json"]).code(0);
    let document: Value = serde_json::from_str(&out(&done)).unwrap();
    assert_eq!(document["files"]["duplicates"], 1);
    assert_eq!(document["runs"].as_array().unwrap().len(), 1);
    assert_eq!(document["runs"][0]["sources"].as_array().unwrap().len(), 2);
}

#[test]
fn paths_may_come_from_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list");
    std::fs::write(&list, format!("{SEASON}/2026-04-20_recovery.fit\n")).unwrap();
    let done =
        talktest(&["audit", "--files-from", list.to_str().unwrap(), "--format", "ndjson"]).code(0);
    assert_eq!(out(&done).lines().count(), 1);
}

#[test]
fn notes_and_plan_speak_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(SEASON).join("2026-04-29-07-30-00.fit");
    std::fs::copy(from, folder.path().join("run.fit")).unwrap();
    std::fs::write(folder.path().join("notes.csv"), "date,label,rpe\n2026-04-29,recovery,6\n")
        .unwrap();
    std::fs::write(folder.path().join("talktest.toml"), "[notes]\nfile = \"notes.csv\"\n").unwrap();
    let done = talktest(&["audit", folder.path().to_str().unwrap(), "--format", "ndjson"]).code(0);
    let run: Value = serde_json::from_str(&out(&done)).unwrap();
    assert_eq!(run["label"]["source"], "notes");
    assert_eq!(run["audit"]["was"], "felt_hard");
}

#[test]
fn units_are_honoured() {
    let done =
        talktest(&["show", &format!("{SEASON}/2026-04-20_recovery.fit"), "--units", "imperial"])
            .code(0);
    assert!(out(&done).contains("/mi"));
}

#[test]
fn a_sheet_fits_the_terminal_and_says_who_labelled_the_run() {
    for columns in [60, 80] {
        let file = format!("{SEASON}/2026-05-13_recovery_30min.fit");
        let mut command = Command::cargo_bin("talktest").unwrap();
        let done = command.args(["show", &file]).env("COLUMNS", columns.to_string()).assert();
        let shown = out(&done.code(0));
        assert!(shown.lines().all(|line| line.chars().count() <= columns), "{shown}");
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        for told in [
            "Labelled recovery by its file name (\"2026-05-13_recovery_30min\").",
            "15 min removed",
            "[time-above-ceiling, longest-above-ceiling, time-moderate, time-hard]",
        ] {
            assert!(words.contains(told), "{told} is missing in:\n{shown}");
        }
    }
    let file = format!("{SEASON}/activity_593770.gpx");
    let shown = out(&talktest(&["show", &file]).code(0));
    assert!(shown.contains("05:30 UTC") && shown.contains("`time_zone`"), "{shown}");
}

#[test]
fn a_sheet_says_who_contradicts_the_label() {
    let folder = folder_of(&[("2026-04-20_recovery.fit", "2026-04-20_recovery.fit")]);
    let write = |file: &str, text: &str| std::fs::write(folder.path().join(file), text).unwrap();
    write("talktest.toml", "[notes]\nfile = \"notes.csv\"\n");
    write("notes.csv", "date,label\n2026-04-20,tempo\n");
    let file = folder.path().join("2026-04-20_recovery.fit");
    let shown = out(&talktest(&["show", file.to_str().unwrap()]).code(0));
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Labelled tempo by the notes file (\"tempo\"); judged as if"),
        "{shown}"
    );
    assert!(words.contains("But its file name says recovery."), "{shown}");
}

#[test]
fn settings_are_checked_with_all_that_they_name() {
    let folder = tempfile::tempdir().unwrap();
    let check = || talktest(&["check-config", folder.path().to_str().unwrap()]);
    assert!(err(&check().code(2)).contains("`talktest init` writes one"));
    let write = |file: &str, text: &[u8]| std::fs::write(folder.path().join(file), text).unwrap();
    write("talktest.toml", b"units = \"metric\"\n");
    assert!(out(&check().code(0)).contains("no heart rate of yours is stated"));
    let rates = b"[notes]\nfile = \"notes.csv\"\n[[athlete.heart_rate]]\nmax = 190\nresting = 50\n";
    write("talktest.toml", rates);
    check().code(2);
    write("notes.csv", b"date,label,rpe\n2026-04-29,recovery,60\n");
    assert!(err(&check().code(2)).contains("line 2: rpe"), "{}", err(&check()));
    write("notes.csv", b"date,label,rpe\n2026-04-29,recovery,6\n");
    let told = out(&check().code(0));
    let expected = "me: ceiling 145.2, moderate 153.6, hard 164.8, from heart-rate reserve";
    assert!(told.contains(expected), "{told}");
    write("talktest.toml", b"# \xff\xfe\n");
    assert!(err(&check().code(2)).contains("save it as UTF-8"));
}

#[test]
fn the_table_names_the_settings_and_those_not_used() {
    let folder = folder_of(&[(UNLABELLED, "run.fit")]);
    let deeper = folder.path().join("2026");
    std::fs::create_dir(&deeper).unwrap();
    let file = deeper.join("talktest.toml");
    std::fs::write(&file, "[notes]\nfile = \"notes.csv\"\n").unwrap();
    std::fs::write(deeper.join("notes.csv"), "date,label\n2026-03-31,recovery\n").unwrap();
    let shown = out(&audit(folder.path(), &[]).code(0));
    assert!(shown.contains("Settings: none") && shown.contains("--config"), "{shown}");
    let shown = out(&audit(folder.path(), &["--config", file.to_str().unwrap()]).code(0));
    assert!(shown.contains("2026/talktest.toml\n") && !shown.contains("--config"), "{shown}");
    assert!(shown.contains("1 file: 1 run in 1 file"), "{shown}");
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_a_failed_output() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_talktest"))
        .arg("--help")
        .stdout(full)
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(74));
}

#[test]
fn completions_and_manual_are_written() {
    assert!(out(&talktest(&["man"]).code(0)).contains(".TH talktest-check-config"));
    assert!(out(&talktest(&["completions", "bash"]).code(0)).contains("talktest"));
    assert!(out(&talktest(&["man"]).code(0)).contains(".TH talktest"));
    assert!(out(&talktest(&["explain", "--all"]).code(0)).contains("# time-above-ceiling"));
}

#[test]
fn the_page_of_criteria_is_current() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/criteria.md")).unwrap();
    let now = out(&talktest(&["explain", "--all"]).code(0));
    assert!(
        page == now,
        "docs/criteria.md is not current: `talktest explain --all > docs/criteria.md` rewrites it"
    );
}

/// A run that stands still, second by second.
fn standing() -> String {
    let point = |second: u32| {
        let (minute, second) = (second / 60, second % 60);
        format!(
            "<trkpt lat=\"50\" lon=\"8\"><time>2026-05-01T08:{minute:02}:{second:02}Z</time></trkpt>"
        )
    };
    let points: String = (0..120).map(point).collect();
    format!(
        "<gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><type>running</type>\
         <trkseg>{points}</trkseg></trk></gpx>"
    )
}

#[test]
fn what_is_not_measured_has_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("run.gpx"), standing()).unwrap();
    let run = document(folder.path(), &["--all"])["runs"][0].clone();
    let (metrics, reasons) = (&run["metrics"], &run["metrics"]["not_measured"]);
    for key in ["pace_s_per_km", "grade_adjusted_pace_s_per_km"] {
        assert_eq!(metrics[key], Value::Null);
        assert_eq!(reasons[key], "no_distance");
    }
    assert_eq!(reasons["heart_rate.mean_bpm"], "not_recorded");
    assert_eq!(reasons["heart_rate.max_30s_bpm"], "not_recorded");
}

#[test]
fn where_no_run_is_short_it_is_said() {
    let all = document(Path::new(SEASON), &["--all"]);
    let long = |run: &&Value| {
        run["metrics"]["moving_s"].as_f64().unwrap() > 3600.0 && run["label"]["kind"] != "recovery"
    };
    let run = all["runs"].as_array().unwrap().iter().find(long).unwrap();
    let folder = folder_of(&[(run["sources"][0]["path"].as_str().unwrap(), "run.fit")]);
    let shown = out(&audit(folder.path(), &[]).code(0));
    assert!(shown.contains("No run here is labelled recovery"), "{shown}");
    assert!(shown.contains("Every run here is longer than 60 minutes"), "{shown}");
}

#[test]
fn runs_of_different_limits_say_so() {
    let runs = ["2026-04-20_recovery.fit", "2026-05-06_recovery_30min.fit"];
    let folder = folder_of(&runs.map(|run| (run, run)));
    let settings = "[[athlete.heart_rate]]\ntalk_test = 140\n\
        [[athlete.heart_rate]]\nfrom = 2026-05-01\ntalk_test = 150\n";
    std::fs::write(folder.path().join("talktest.toml"), settings).unwrap();
    let shown = out(&audit(folder.path(), &[]).code(0));
    let words: Vec<&str> = shown.split_whitespace().collect();
    let told = "2026-04-20, 1 run: talk-test heart rate (140, from your settings), ceiling 136 ± 4 bpm. \
        2026-05-06, 1 run: talk-test heart rate (150, from your settings since 2026-05-01), ceiling 146 ± 4 bpm.";
    assert!(words.join(" ").contains(told), "{shown}");
}

/// A folder per athlete with the same files, and settings in which one has a higher maximum.
fn two_athletes() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for athlete in ["first", "second"] {
        std::fs::create_dir(folder.path().join(athlete)).unwrap();
        for entry in std::fs::read_dir(SEASON).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_some_and(|ending| ending != "toml") {
                std::fs::copy(&file, folder.path().join(athlete).join(file.file_name().unwrap()))
                    .unwrap();
            }
        }
    }
    let settings = "[athletes.first]\nfolder = \"first\"\nheart_rate = { max = 190, resting = 50 }\n\
                    [athletes.second]\nfolder = \"second\"\nheart_rate = { max = 215, resting = 70 }\n";
    std::fs::write(folder.path().join("talktest.toml"), settings).unwrap();
    folder
}

#[test]
fn nothing_of_one_athlete_reaches_the_other() {
    let folder = two_athletes();
    let audit = |arguments: &[&str]| -> Value {
        let path = folder.path().to_str().unwrap();
        let done = talktest(&[&["audit", path, "--format", "json"], arguments].concat()).code(0);
        serde_json::from_str(&out(&done)).unwrap()
    };
    let both = audit(&[]);
    assert_eq!(both["athletes"].as_array().unwrap().len(), 2);
    assert_ne!(both["athletes"][0]["recovery"], both["athletes"][1]["recovery"]);
    for (k, name) in ["first", "second"].iter().enumerate() {
        let alone = audit(&["--athlete", name]);
        assert_eq!(alone["athletes"], serde_json::json!([both["athletes"][k]]));
        let own: Vec<_> = both["runs"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|run| run["athlete"] == *name)
            .cloned()
            .collect();
        assert_eq!(alone["runs"], Value::Array(own), "{name}");
    }
}

#[test]
fn rows_of_notes_and_plan_that_fit_no_run_are_named_by_line() {
    let first = "2026-04-17-18-15-00.fit";
    let folder = folder_of(&[(first, "a.fit"), ("2026-04-20_recovery.fit", "b.fit")]);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "notes.csv",
        "date,file,label\n\
         2026-04-17,,easy\n\
         2026-04-18,,easy\n\
         ,gone.fit,easy\n\
         2026-04-20,b.fit,recovery\n\
         2025-01-01,,easy\n",
    );
    write("plan.csv", "date,label\n2026-04-17,easy\n2026-04-19,tempo\n2026-04-18,rest\n");
    let document = document(folder.path(), &[]);
    let said: Vec<[&str; 2]> = document["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| ["path", "detail"].map(|key| problem[key].as_str().unwrap()))
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0][0] == "notes.csv" && said[0][1].contains("3 rows match no run: lines 3, 4, 6"));
    assert!(said[1][0] == "plan.csv" && said[1][1].contains("a row is for a day without a run"));
    assert!(said[1][1].contains("line 3"), "{said:?}");
}

#[test]
fn a_note_for_a_day_with_two_runs_asks_for_the_file() {
    let folder = folder_of(&[("2026-04-20_recovery.fit", "b.fit")]);
    // The same route ten hours later is another run of that day.
    let text = std::fs::read_to_string(Path::new(SEASON).join("activity_593770.gpx")).unwrap();
    let day = text.split("<time>").nth(1).unwrap()[..10].to_owned();
    std::fs::write(folder.path().join("one.gpx"), text.replace("T0", "T1")).unwrap();
    std::fs::write(folder.path().join("two.gpx"), &text).unwrap();
    let notes = format!("date,label\n{day},recovery\n");
    std::fs::write(folder.path().join("notes.csv"), notes).unwrap();
    let document = document(folder.path(), &[]);
    let problems = document["problems"].to_string();
    assert!(problems.contains("with several runs; name the file: line 2"), "{problems}");
}
