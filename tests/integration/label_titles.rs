//! What titles, names and descriptions name, and what they do not.

use proptest::prelude::*;
use regex::Regex;
use talktest::activity::LabelSource;
use talktest::label::{AttributedText, LabelRole, Labels, MAX_TEXT_CHARS, Reading, Statement};
use talktest::session::SessionKind;
use talktest::settings::{LabelWords, StatedLabel};
use talktest::units::Seconds;

const TITLES: &str = include_str!("label_titles.txt");

struct Title {
    line: usize,
    source: LabelSource,
    expected: String,
    text: String,
}

fn titles() -> Vec<Title> {
    let mut source = LabelSource::Title;
    let mut titles = Vec::new();
    for (index, line) in TITLES.lines().enumerate() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            source = serde_json::from_value(name.into()).expect("a source of labels");
        } else if let Some((expected, text)) =
            line.split_once(": ").filter(|_| !line.starts_with('#'))
        {
            let (expected, text) = (expected.to_owned(), text.to_owned());
            titles.push(Title { line: index + 1, source, expected, text });
        }
    }
    titles
}

fn labels() -> Labels {
    Labels::new(&LabelWords::default())
}

fn named(reading: &Reading) -> String {
    let names: Vec<&str> = reading.kinds().into_iter().map(SessionKind::name).collect();
    if names.is_empty() { "none".to_owned() } else { names.join("+") }
}

#[test]
fn every_title_names_what_it_should() {
    let labels = labels();
    let titles = titles();
    assert!(titles.len() >= 400, "only {} titles", titles.len());
    let wrong: Vec<String> = titles
        .iter()
        .filter_map(|title| {
            let reading = labels.read(title.source, &title.text);
            let found = named(&reading);
            let Title { line, expected, text, .. } = title;
            (found != *expected)
                .then(|| format!("line {line}: `{text}` is {expected}, not {found}: {reading:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), titles.len(), wrong.join("\n"));
}

fn text(source: LabelSource, text: &str) -> AttributedText<'_> {
    AttributedText { by: "a.fit", source, text }
}

fn words(pick: impl Fn(&mut LabelWords) -> &mut Vec<Regex>, patterns: &[&str]) -> LabelWords {
    let mut words = LabelWords::default();
    let regex = |pattern: &&str| Regex::new(&format!("(?i){pattern}")).expect("an expression");
    pick(&mut words).extend(patterns.iter().map(regex));
    words
}

#[test]
fn words_of_the_settings_are_added() {
    let labels = Labels::new(&words(|words| &mut words.recovery, &["shake ?out", r"\bregen\b"]));
    let recovery = Some(SessionKind::Recovery);
    for title in ["Shakeout", "pre-race shake_out", "morning_REGEN-run", "Recovery"] {
        assert_eq!(labels.kind_of(title), recovery, "{title}");
    }
    assert_eq!(labels.kind_of("shakeout race"), Some(SessionKind::Race));
    let labels = Labels::new(&words(|words| &mut words.recovery, &["recovery walk"]));
    assert_eq!(labels.kind_of("Recovery walk"), recovery, "settings beat built-in false friends");
    let labels = Labels::new(&words(|words| &mut words.easy, &["läufchen"]));
    assert_eq!(labels.kind_of("Läufchen"), Some(SessionKind::Easy));
}

#[test]
fn ignored_phrases_are_no_label() {
    let labels = Labels::new(&words(|words| &mut words.ignore, &["race to recovery", "ez ?pass"]));
    assert_eq!(labels.kind_of("Race to Recovery charity day"), None);
    assert_eq!(labels.kind_of("Race_to_Recovery, tempo"), Some(SessionKind::Tempo));
    assert_eq!(labels.kind_of("EZPass recovery"), Some(SessionKind::Recovery));
    assert_eq!(labels.kind_of("EZ run"), Some(SessionKind::Easy));
}

#[test]
fn places_are_those_of_the_original_text() {
    let text = "Süß: Lockerer Lauf / Récup";
    let reading = labels().read(LabelSource::Title, text);
    let words: Vec<&str> = reading.matches.iter().map(|found| &text[found.range.clone()]).collect();
    assert_eq!(words, ["Récup", "Lockerer"]);
}

#[test]
fn evidence_tells_why_in_the_order_of_strength() {
    let plan = StatedLabel { text: "easy".to_owned(), kind: Some(SessionKind::Easy) };
    let texts = [
        text(LabelSource::FileName, "recovery_ride.fit"),
        text(LabelSource::Title, "EZ Aerobic / Recovery"),
        text(LabelSource::Description, "Easy"),
    ];
    let labels = labels();
    let evidence = labels.evidence(&[Statement::of_plan("plan.csv", 2, &plan)], &texts);
    let told: Vec<(LabelRole, &str)> =
        evidence.iter().map(|one| (one.role, one.because.as_str())).collect();
    assert_eq!(
        told,
        [
            (LabelRole::Wins, "the plan says easy, and no stronger source names a kind"),
            (
                LabelRole::Conflicts,
                "the title says recovery, but the plan counts more; \
                 it also says easy, but recovery counts more within one text"
            ),
            (LabelRole::Agrees, "the description says easy too"),
            (
                LabelRole::Silent,
                "the file name names no kind of run; \
                 “recovery” in it is no label: it is about another sport"
            ),
        ]
    );
    let label =
        labels.resolve(&[Statement::of_plan("plan.csv", 2, &plan)], &texts).expect("a label");
    let winner = evidence.iter().find(|one| one.role == LabelRole::Wins).expect("a winner");
    assert_eq!((label.kind, label.source), (winner.kind, winner.source));
    assert_eq!(label.conflicts.len(), 1);
}

#[test]
fn the_first_of_two_texts_of_one_source_wins() {
    let texts = ["Easy", "Recovery"].map(|title| text(LabelSource::Description, title));
    let evidence = labels().evidence(&[], &texts);
    assert_eq!(evidence[0].role, LabelRole::Wins);
    assert_eq!(evidence[1].because, "the description says recovery, but one before it counts more");
    assert_eq!(labels().resolve(&[], &texts).expect("a label").conflicts.len(), 1);
}

#[test]
fn expressly_none_wins_and_needs_no_kind() {
    let none = StatedLabel { text: "none".to_owned(), kind: None };
    let texts = [text(LabelSource::Title, "Recovery Run")];
    let evidence = labels().evidence(&[Statement::of_notes("notes.csv", 2, &none)], &texts);
    assert_eq!(evidence[0].because, "the note says no label, and no stronger source names a kind");
    assert_eq!((evidence[0].kind, evidence[0].role), (None, LabelRole::Wins));
    assert_eq!(evidence[1].role, LabelRole::Conflicts);
}

#[test]
fn planned_minutes_stand_beside_the_label_in_a_file_name() {
    let planned = |name: &str| {
        let duration = labels().planned_duration(&[text(LabelSource::FileName, name)]);
        duration.map(Seconds::minutes)
    };
    for name in [
        "recovery_30min.fit",
        "recovery-30-min.fit.gz",
        "Recovery Run 30 minutes.gpx",
        "30min_recovery_run.fit",
        "30 mins easy recovery.tcx",
        "2024-05-01 Recovery30min.gpx",
        "30minRecovery.gpx",
        "2024-05-01-07-30-00_easy-30min.gpx",
        "Récup 30 min.fit",
    ] {
        assert_eq!(planned(name), Some(30.0), "{name}");
    }
    assert_eq!(planned("recovery_32,5min.fit"), Some(32.5));
    for name in [
        "recovery.fit",
        "recovery 30'.fit",
        "recovery 30.fit",
        "30min.fit",
        "recovery_4min.fit",
        "recovery_241min.fit",
        "recovery in the park with 30min extra.fit",
        "30 minimal recovery.fit",
        "recovery_ride_30min.fit",
        "10min_recovery_30min.fit",
        "3x10min recovery.fit",
    ] {
        assert_eq!(planned(name), None, "{name}");
    }
    let labels = Labels::new(&words(|words| &mut words.recovery, &["shake ?out"]));
    let name = [text(LabelSource::FileName, "shakeout_20min.fit")];
    assert_eq!(labels.planned_duration(&name), Some(Seconds::from_minutes(20.0)));
    let title = text(LabelSource::Title, "Recovery 30min");
    assert_eq!(labels.planned_duration(&[title]), None, "only file names");
}

#[test]
fn no_more_than_the_beginning_of_a_text_is_read() {
    let labels = labels();
    let late = "ä".repeat(MAX_TEXT_CHARS) + " recovery";
    assert_eq!(labels.kind_of(&late), None);
    let huge = "6x800 w/ 2min recovery ".repeat(100_000);
    assert_eq!(labels.kind_of(&huge), None);
    let label = labels.resolve(&[], &[text(LabelSource::Title, &("Recovery ".repeat(9999)))]);
    assert_eq!(label.expect("a label").text.chars().count(), MAX_TEXT_CHARS);
}

fn any_source() -> impl Strategy<Value = LabelSource> {
    prop::sample::select(vec![
        LabelSource::Notes,
        LabelSource::Title,
        LabelSource::Type,
        LabelSource::FileName,
    ])
}

fn any_title() -> impl Strategy<Value = String> {
    let titles: Vec<String> = titles().into_iter().map(|title| title.text).collect();
    let title = prop::sample::select(titles);
    prop_oneof![
        any::<String>(),
        title.clone(),
        (title.clone(), ".{0,9}", title).prop_map(|(one, glue, other)| one + &glue + &other),
    ]
}

proptest! {
    #[test]
    fn no_text_panics_and_every_place_lies_in_it(source in any_source(), title in any_title()) {
        let reading = labels().read(source, &title);
        let matches = reading.matches.iter().map(|found| &found.range);
        for range in matches.chain(reading.dismissals.iter().map(|found| &found.range)) {
            prop_assert!(title.get(range.clone()).is_some_and(|word| !word.is_empty()));
        }
    }

    #[test]
    fn case_does_not_matter(title in any_title()) {
        let labels = labels();
        let (small, large) = (title.to_lowercase(), title.to_uppercase());
        prop_assert_eq!(labels.kind_of(&small), labels.kind_of(&large));
    }

    #[test]
    fn a_text_ignored_as_a_whole_names_nothing(title in any_title()) {
        let start: String = title.chars().take(MAX_TEXT_CHARS).collect();
        let whole = regex::escape(&start);
        let labels = Labels::new(&words(|words| &mut words.ignore, &[&whole]));
        prop_assert_eq!(labels.kind_of(&title), None);
    }

    #[test]
    fn evidence_and_label_agree(
        texts in prop::collection::vec((any_source(), any_title()), 0..5)
    ) {
        let texts: Vec<AttributedText> =
            texts.iter().map(|(source, title)| text(*source, title)).collect();
        let labels = labels();
        let evidence = labels.evidence(&[], &texts);
        prop_assert_eq!(evidence.len(), texts.len());
        prop_assert!(evidence.is_sorted_by_key(|one| one.source));
        let winner = evidence.iter().find(|one| one.role == LabelRole::Wins);
        let label = labels.resolve(&[], &texts);
        prop_assert_eq!(
            winner.map(|one| (one.source, one.kind, &one.text)),
            label.as_ref().map(|label| (label.source, label.kind, &label.text))
        );
    }
}
