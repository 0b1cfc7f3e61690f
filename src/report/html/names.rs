//! Names of pages: made of harmless characters alone, unique, and the same for ever.

use xxhash_rust::xxh3::xxh3_64;

use crate::review::ReviewedRun;

/// The first page.
pub const INDEX: &str = "index.html";
/// The folder of the runs' pages.
pub const FOLDER: &str = "runs";
/// The page that explains every criterion.
pub(super) const EXPLANATIONS: &str = "criteria.html";

/// Characters kept of a name.
const LONGEST: usize = 40;

/// The page of a run, by its id and its athlete.
pub fn run(run: &ReviewedRun) -> String {
    // Ids are unique per athlete, and neither part holds the character between them. The day comes
    // first, so that a folder lists the season.
    format!("{FOLDER}/{}_{}.html", plain(&run.id), plain(&run.measured.athlete))
}

/// The page of an athlete.
pub(super) fn athlete(name: &str) -> String {
    format!("athlete-{}.html", plain(name))
}

/// The page of an earlier year, of one athlete where there are several.
pub(super) fn year(athlete: Option<&str>, year: i32) -> String {
    let whose = athlete.map_or(String::new(), |name| format!("athlete-{}-", plain(name)));
    format!("{whose}year-{year}.html")
}

/// A name in lower-case letters, digits and hyphens; one that loses something by it is told apart
/// by a hash of the whole.
fn plain(name: &str) -> String {
    // `2026-05-04T06:30:00Z` is the common case, and loses nothing that tells runs apart.
    let stamped = name.replace(':', "").replace('T', "t").replace('Z', "z");
    let kept = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let slug: String = stamped.chars().map(|c| if kept(c) { c } else { '-' }).collect();
    let short: String = slug.chars().take(LONGEST).collect();
    let is_stamp = name.len() > 20 && name.as_bytes()[10] == b'T' && name.as_bytes()[19] == b'Z';
    if short == name || (is_stamp && short == stamped) {
        short
    } else {
        format!("{short}-{:016x}", xxh3_64(name.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_plain_names_stay_readable() {
        assert_eq!(plain("2026-05-04T06:30:00Z-running"), "2026-05-04t063000z-running");
        assert_eq!(plain("2026-05-04T06:30:00Z-running-2"), "2026-05-04t063000z-running-2");
        assert_eq!(plain("anna"), "anna");
    }

    #[test]
    fn different_names_stay_different_and_harmless() {
        let long = "x".repeat(10_000);
        let names = [
            "anna",
            "Anna",
            "a/b",
            "a-b",
            "a\\b",
            "..",
            "con",
            "",
            "\u{202e}anna",
            "<b>",
            "été",
            "a:b",
            "a b",
            &long,
            "2026-05-04t063000z-running",
            "2026-05-04T06:30:00Z-running",
            "2026-05-04T06:30:00Z-Running",
            "-",
            "é",
            "È",
        ];
        let mut plains: Vec<String> = names.iter().map(|name| plain(name)).collect();
        for name in &plains {
            assert!(name.len() <= LONGEST + 17, "{name}");
            assert!(
                name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            );
        }
        plains.sort();
        let count = plains.len();
        plains.dedup();
        // The stamp in lower case is no id that a review gives.
        assert_eq!(plains.len(), count - 1);
    }
}
