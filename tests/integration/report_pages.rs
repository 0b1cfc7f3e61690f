//! The pages of a report as they are drawn: hostile texts, several athletes, units, and thousands
//! of runs.
use crate::support::report::{many_runs, season, whole_season};
use talktest::activity::LabelSource;
use talktest::audit::{Finding, Severity};
use talktest::label::{Conflict, Label};
use talktest::report::html::Site;
use talktest::review::{Review, VerdictCounts};
use talktest::session::SessionKind;
use talktest::settings::UnitSystem;

/// Every page with its path.
fn pages(review: &Review, units: UnitSystem) -> Vec<(String, String)> {
    let site = Site::of(review, units);
    let draw =
        |page: &talktest::report::html::Page| (page.path.clone(), site.render(page).unwrap());
    site.pages().iter().map(draw).collect()
}

/// What a page shows, without its elements and its folded parts' markup.
fn words(page: &str) -> String {
    let body = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let mut text = String::new();
    let mut rest = body;
    while let Some((shown, element)) = rest.split_once('<') {
        text.push_str(shown);
        let (tag, behind) = element.split_once('>').unwrap();
        let skipped = ["script", "desc", "title"].iter().find(|name| tag.starts_with(**name));
        rest = match skipped {
            Some(name) => behind.split_once(&format!("</{name}>")).unwrap().1,
            None => behind,
        };
        let inline = ["b>", "/b>", "span", "/span", "strong", "/strong", "bdi", "/bdi", "text"];
        text.push(if inline.iter().any(|name| format!("{tag}>").starts_with(name)) {
            ' '
        } else {
            '\n'
        });
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

#[test]
fn a_page_reads_as_it_did() {
    let review = season(&["2026-05-09-18-15-00.fit"]);
    let pages = pages(&review, UnitSystem::Metric);
    insta::assert_snapshot!(words(&pages[0].1));
}

/// Markup, a script, a link, a turned direction, control characters, and no end.
fn hostile() -> String {
    format!(
        "\"><script>alert(1)</script><img src=x onerror=alert(2)>' javascript:alert(3)\u{202e}\u{1b}[31m\u{0} {}",
        "x".repeat(10_000)
    )
}

#[test]
fn texts_from_files_are_shown_and_never_obeyed() {
    let mut review = season(&["2026-05-09-18-15-00.fit", "2026-05-14-07-30-00.fit"]);
    for run in &mut review.runs {
        run.measured.athlete = hostile();
        run.measured.sources[0].path = format!("{}.fit", hostile());
        run.measured.row.metadata.device = Some(hostile());
        run.id = format!("{}-{}", run.id, hostile());
        run.label = Some(Label {
            kind: Some(SessionKind::Recovery),
            text: hostile(),
            source: LabelSource::Title,
            by: hostile(),
            conflicts: vec![Conflict {
                source: LabelSource::Folder,
                by: hostile(),
                text: hostile(),
                kind: None,
            }],
        });
    }
    review.athletes[0].name = hostile();
    let mut second = review.athletes[0].clone();
    second.name.push('2');
    review.athletes.push(second);
    for (path, page) in pages(&review, UnitSystem::Metric) {
        assert!(path.len() < 160, "{path}");
        let harmless = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_/.".contains(c);
        assert!(path.chars().all(harmless), "{path}");
        assert!(!page.contains("<img") && !page.contains("<script>alert"), "{path}");
        assert!(!page.contains(['\u{202e}', '\u{1b}', '\u{0}']), "{path}");
        assert!(!page.contains(&"x".repeat(700)), "{path}: a text without end");
        let attributes = page.match_indices("href=\"").map(|(at, start)| &page[at + start.len()..]);
        for target in attributes.map(|rest| rest.split('"').next().unwrap()) {
            let is_place = target.chars().all(|c| harmless(c) || c == '#');
            assert!(target == "data:," || is_place, "{path}: {target}");
        }
        assert_eq!(page.matches("<script").count(), page.matches("</script>").count(), "{path}");
    }
}

#[test]
fn several_athletes_have_a_page_each_and_see_nothing_of_each_other() {
    let mut review = season(&["2026-05-09-18-15-00.fit"]);
    let other = many_runs(3);
    review.runs.extend(other.runs.into_iter().map(|mut run| {
        run.measured.athlete = "other".to_owned();
        run
    }));
    let mut athlete = other.athletes[0].clone();
    athlete.name = "other".to_owned();
    review.athletes.push(athlete);
    let pages = pages(&review, UnitSystem::Metric);
    let page = |name: &str| &pages.iter().find(|(path, _)| path == name).unwrap().1;
    assert_eq!(
        page("athlete-me.html").matches("href=\"runs/2026-05-09").count(),
        4,
        "first of all, on the strip, in the calendar and in the list"
    );
    assert!(!page("athlete-other.html").contains("_me.html"));
    assert!(
        page("index.html").contains("athlete-me.html")
            && page("index.html").contains("athlete-other.html")
    );
}

#[test]
fn a_coach_sees_the_newest_weeks_and_who_has_labelled_nothing() {
    let mut review = season(&["2026-05-09-18-15-00.fit"]);
    let mut unlabelled = review.athletes[0].clone();
    "unlabelled".clone_into(&mut unlabelled.name);
    unlabelled.recovery = VerdictCounts::default();
    review.athletes.push(unlabelled);
    let pages = pages(&review, UnitSystem::Metric);
    let index = &pages.iter().find(|(path, _)| path == "index.html").unwrap().1;
    let read = words(index);
    assert!(read.contains("Not kept, last 4 weeks") && !read.contains("Needs a word"), "{read}");
    assert_eq!(read.matches("No run is labelled recovery. To label one").count(), 1, "{read}");
    // What is wider than the window begins at its right end, where the newest weeks are.
    let table = index.find("<table class=\"coach").unwrap();
    assert!(index[..table].trim_end().ends_with("<div class=\"scroll from-end\">"));
}

#[test]
fn a_run_walk_session_is_called_so() {
    let heading = |file: &str| {
        let pages = pages(&season(&[file]), UnitSystem::Metric);
        let run = pages.into_iter().find(|(path, _)| path.starts_with("runs/")).unwrap().1;
        words(&run).lines().take(3).collect::<Vec<_>>().join(" ")
    };
    let walked = heading("2026-05-26-07-30-00.fit");
    assert!(walked.contains("run-walk session"), "{walked}");
    assert!(!heading("2026-05-09-18-15-00.fit").contains("run-walk"));
}

#[test]
fn miles_are_miles_everywhere() {
    let review = season(&["2026-05-14-07-30-00.fit"]);
    for (path, page) in pages(&review, UnitSystem::Imperial) {
        if path.starts_with("runs/") {
            assert!(page.contains("minutes per mile") && page.contains(" mi<"), "{path}");
            assert!(!page.contains("minutes per kilometre"));
        }
    }
}

#[test]
fn thousands_of_runs_make_pages_of_a_usable_size() {
    let review = many_runs(2_000);
    let site = Site::of(&review, UnitSystem::Metric);
    let pages = site.pages();
    let texts = |is_asked: &dyn Fn(&str) -> bool| -> Vec<String> {
        let asked = pages.iter().filter(|page| is_asked(&page.path));
        asked.map(|page| site.render(page).unwrap()).collect()
    };
    let index = &texts(&|path| path == "index.html")[0];
    let years = texts(&|path| path.starts_with("year-"));
    assert_eq!(pages.len(), 2_002 + years.len());
    assert_eq!(index.matches("data-verdict=").count(), 200);
    for path in pages.iter().map(|page| &page.path).filter(|path| path.starts_with("runs/")) {
        assert!(index.contains(path) || years.iter().any(|year| year.contains(path)), "{path}");
    }
    let elements = index.matches('<').count() - index.matches("</").count();
    assert!(
        index.len() <= 400_000 && elements < 8_000,
        "{} bytes, {elements} elements",
        index.len()
    );
    assert!(years.iter().all(|year| year.len() <= 400_000));
    assert!(site.render(&pages[999]).unwrap().len() <= 60_000);
}

/// Criteria that the pages have room for, more than there are.
const ROOM: usize = 40;

#[test]
fn no_page_of_a_run_grows_too_heavy_with_more_criteria() {
    let mut review = whole_season();
    for audit in review.runs.iter_mut().filter_map(|run| run.audit.as_mut()) {
        let advice = |found: &&Finding| found.severity == Severity::Advisory;
        let more: Vec<_> = audit.findings.iter().filter(advice).cloned().collect();
        let missing = ROOM - audit.findings.len();
        audit.findings.extend(more.into_iter().cycle().take(missing));
    }
    let pages = pages(&review, UnitSystem::Metric);
    let heaviest = pages.iter().filter(|(path, _)| path.starts_with("runs/"));
    let (path, page) = heaviest.max_by_key(|(_, page)| page.len()).unwrap();
    assert!(page.len() <= 60_000, "{path} has {} bytes with {ROOM} criteria", page.len());
}

#[test]
fn nothing_to_report_is_a_report_too() {
    let review = season(&[]);
    let pages = pages(&review, UnitSystem::Metric);
    assert_eq!(pages.len(), 2);
    assert!(pages[1].1.contains("No runs found."));
}

#[test]
fn the_route_is_drawn_only_where_it_is_asked_for_and_without_its_place() {
    let review = season(&["2026-05-14-07-30-00.fit", "activity_593770.gpx"]);
    let pages = |with_map| {
        let site = Site::of(&review, UnitSystem::Metric).with_map(with_map);
        let text = |page: &_| site.render(page).unwrap();
        site.pages().iter().map(text).collect::<Vec<_>>().concat()
    };
    let (plain, drawn) = (pages(false), pages(true));
    assert!(!plain.contains("Shape of the route") && drawn.contains("Shape of the route"));
    // The season is run around 54° north, 7° east.
    for place in ["54.0", "53.9", "7.0", "6.9"] {
        let count = |text: &str| text.matches(&format!("{place}0")).count();
        assert_eq!(count(&plain), count(&drawn), "{place}");
    }
}

#[test]
fn the_season_begins_with_its_answer_and_every_recovery_run_has_a_mark() {
    let runs = [
        "2026-04-15_recovery_rolling.fit",
        "2026-04-20_recovery.fit",
        "2026-05-09-18-15-00.fit",
        "2026-05-13_recovery_30min.fit",
        "2026-05-15-18-15-00.fit",
    ];
    let review = season(&runs);
    let all = pages(&review, UnitSystem::Metric);
    let index = &all.iter().find(|(path, _)| path == "index.html").unwrap().1;
    let place = |text: &str| index.find(text).unwrap_or_else(|| panic!("no {text}"));
    let order =
        ["Last recovery run", "Too few judged", "Of 3 judged", "id=\"strip\"", "id=\"runs\""];
    assert!(order.map(place).is_sorted(), "the answer first");
    // One mark leads to each recovery run, in the shape of its verdict; the tempo run has none.
    let strip = &index[place("aria-labelledby=\"share-title\"")..place("Mean heart rate in")];
    for (path, _) in all.iter().filter(|(path, _)| path.starts_with("runs/")) {
        assert_eq!(strip.matches(&format!("href=\"{path}\"")).count(), 1, "{path}");
    }
    let shapes = ["#mark-kept", "#mark-not-recovery", "#mark-not-recovery", "#mark-cannot-judge"];
    let drawn: Vec<&str> =
        strip.split("<use ").skip(1).filter_map(|mark| mark.split('"').nth(3)).collect();
    assert_eq!(drawn, shapes);
    // 15 April is 2 % and 13 May 98 % of the width; 20 April lies 5 of 28 days behind the former.
    assert!(
        strip.contains("x=\"2%\"") && strip.contains("x=\"98%\"") && strip.contains("x=\"19.14%\"")
    );
}
