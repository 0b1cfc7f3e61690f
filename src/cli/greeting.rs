//! What `talktest` alone says to somebody at a terminal: what it can do with this folder, and the
//! next command to type.

use std::path::Path;
use std::time::{Duration, Instant};

use super::failure::Failure;
use super::output;
use crate::files::{FoundFile, walk_while};
use crate::units::counted;
use crate::unpack::is_named_archive;

/// Nobody waits longer to be greeted; what was found until then is enough.
const PATIENCE: Duration = Duration::from_secs(1);

/// Endings of names, and how the kinds are called. Nothing is opened, so names have to do.
const RECORDINGS: [(&str, &str); 6] = [
    ("fit", "FIT"),
    ("gpx", "GPX"),
    ("tcx", "TCX"),
    ("hrm", "Polar"),
    ("pwx", "PWX"),
    ("sml", "Suunto"),
];

/// Whether nothing was asked, by a person who also reads the answer.
pub fn is_wanted() -> bool {
    std::env::args_os().len() <= 1 && output::is_typed() && output::is_shown()
}

/// Greets in the current folder.
pub fn run() -> Result<(), Failure> {
    let begun = Instant::now();
    let walk = walk_while(&[".".into()], None, &|| begun.elapsed() < PATIENCE);
    let files = walk.map_or_else(|_| Vec::new(), |walk| walk.files);
    output::print(&greeting(&files))
}

fn greeting(files: &[FoundFile]) -> String {
    format!(
        "talktest tells you for every run labelled recovery whether it really stayed easy and short, \
         and why.\n\n{}\n\nThen:\n{}",
        next_command(files),
        further_commands(files)
    )
}

fn next_command(files: &[FoundFile]) -> String {
    let recordings: Vec<String> = RECORDINGS
        .iter()
        .map(|(ending, kind)| (of_kind(files, ending).count(), kind))
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| counted(count, &format!("{kind} file")))
        .collect();
    let names = files.iter().map(|file| file.name.as_str());
    let archives: Vec<&str> = names.filter(|name| is_named_archive(name)).collect();
    match (recordings.as_slice(), archives.as_slice()) {
        ([], []) => "No FIT, GPX or TCX file lies here, and no archive. Give it the folder of your watch's \
                     files, or the export of your Strava or Garmin account as it was downloaded:\n\n    \
                     talktest audit ~/Downloads/export.zip"
            .to_owned(),
        ([], [only]) if is_plain(only) => {
            format!("An archive lies here. To audit the runs in it:\n\n    talktest audit {only}")
        }
        _ => {
            let archives = (!archives.is_empty()).then(|| counted(archives.len(), "archive"));
            let found: Vec<String> = recordings.into_iter().chain(archives).collect();
            format!("Here lie {}. To audit their runs:\n\n    talktest audit .", found.join(", "))
        }
    }
}

fn further_commands(files: &[FoundFile]) -> String {
    let recordings = RECORDINGS.iter().flat_map(|(ending, _)| of_kind(files, ending));
    let one = recordings.map(|file| file.name.as_str()).filter(|name| is_plain(name)).max();
    let show = format!("talktest show {}", one.unwrap_or("run.fit"));
    let commands = [
        ("talktest audit . --report report", "pages to open in a browser"),
        (&show, "one run, judged as if it were a recovery run"),
        ("talktest init", "a settings file, for your own heart-rate limits"),
        ("talktest explain", "what is checked, and why"),
        ("talktest --help", "everything else"),
    ];
    let width = commands.iter().map(|(command, _)| command.chars().count()).max().unwrap_or(0);
    commands.map(|(command, what)| format!("    {command:width$}   {what}\n")).concat()
}

fn of_kind<'f>(files: &'f [FoundFile], ending: &str) -> impl Iterator<Item = &'f FoundFile> {
    files.iter().filter(move |file| {
        let name = file.name.to_ascii_lowercase();
        let unpacked = Path::new(name.strip_suffix(".gz").unwrap_or(&name));
        unpacked.extension().is_some_and(|own| own == ending)
    })
}

/// Whether a shell takes the name for what it is.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    name.chars().all(plain) && !name.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeted(names: &[&str]) -> String {
        let file = |name: &&str| FoundFile {
            name: (*name).to_owned(),
            path: name.into(),
            stamp: None,
            is_link: false,
        };
        greeting(&names.iter().map(file).collect::<Vec<_>>())
    }

    #[test]
    fn a_folder_of_recordings_is_counted_and_audited() {
        let text = greeted(&["2026/a.FIT", "2026/b.fit.gz", "c.gpx", "notes.csv", "x.zip"]);
        assert!(text.contains("2 FIT files, 1 GPX file, 1 archive."), "{text}");
        assert!(text.contains("\n    talktest audit .\n"), "{text}");
        assert!(text.contains("talktest show c.gpx "), "{text}");
    }

    #[test]
    fn an_archive_by_itself_is_named_where_a_shell_takes_its_name() {
        assert!(greeted(&["export.zip"]).contains("\n    talktest audit export.zip\n"));
        assert!(greeted(&["export.tar.gz"]).contains("\n    talktest audit export.tar.gz\n"));
        assert!(greeted(&["my export.zip"]).contains("\n    talktest audit .\n"));
    }

    #[test]
    fn an_empty_folder_says_what_is_wanted() {
        let text = greeted(&["readme.txt"]);
        assert!(text.contains("talktest audit ~/Downloads/export.zip"), "{text}");
        assert!(text.contains("talktest show run.fit"), "{text}");
    }
}
