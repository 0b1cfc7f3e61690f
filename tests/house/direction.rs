//! Dependencies run one way, down the flow, and every path names the module it means.

use crate::assert_none;
use crate::modules::{Arrow, Modules};
use crate::source::{Source, sources};

/// The rooms in the order of the flow, each with what belongs there: each may name those before it.
const FLOW: [(&str, &str); 26] = [
    ("parallel", "work on all cores, where there are threads"),
    ("columns", "records of JSON as columns: Arrow and Parquet; it knows no row"),
    ("units", "quantities, and how they are written"),
    ("activity", "what a recording holds, whatever its format"),
    ("annotations", "what tables beside recordings say of an activity"),
    ("session", "kinds of sessions and labels"),
    ("zones", "models of zones; a model is a file here"),
    ("csv_table", "tables of text, whatever their encoding and separator"),
    ("settings", "talktest.toml, plan and notes: read and checked"),
    ("decode", "bytes of one file → activities; a format is a file here"),
    ("unpack", "archives in memory"),
    ("export_tables", "tables of an account's export; a table is a file here"),
    ("repair", "what recorders are known to get wrong, put right; a repair is a file here"),
    ("metrics", "an activity → its row; figures that know no athlete"),
    ("ingest", "the copies of one run, brought together"),
    ("files", "folders and archives on disk"),
    ("rows", "rows as lines of JSON, written and read"),
    ("label", "which kind of run the texts around a recording name"),
    ("history", "what an athlete did before a run"),
    ("athlete", "anchors, heart-rate lines and their uncertainty"),
    ("audit", "one run → findings and verdict; a criterion is a file here"),
    ("review", "all rows → all runs, judged"),
    ("folder_settings", "a folder's settings, plan and notes, wherever they lie"),
    (
        "logbook",
        "what earlier jobs read and judged; it knows no report, but is given what it writes down",
    ),
    ("report", "the review as text, pages and data; an output is a file here"),
    ("cli", "the command line"),
];

/// Who may not even name something earlier.
const BLIND: [(&str, &str); 3] = [
    ("decode", "settings"),
    ("metrics", "settings"), // a row answers for whatever is set later
    ("metrics", "decode"),   // whatever fills the model can be measured
];

const ROOTS: [&str; 2] = ["lib", "main"];

fn place(room: &str) -> Option<usize> {
    FLOW.iter().position(|(name, _)| *name == room)
}

/// Every arrow up the flow, past a wall or around the modules.
fn offences(sources: &[Source]) -> Vec<String> {
    let inside = |source: &&Source| !ROOTS.contains(&source.room());
    let homeless = sources.iter().filter(inside).filter(|source| place(source.room()).is_none());
    let mut offences: Vec<String> = homeless.map(homeless_file).collect();
    offences.extend(sources.iter().filter(inside).flat_map(around));
    offences.extend(Modules::of(sources).arrows().iter().filter_map(|arrow| wrong(sources, arrow)));
    offences
}

fn homeless_file(source: &Source) -> String {
    let rooms = FLOW.iter().map(|(room, what)| format!("\n    src/{room}: {what}"));
    format!("src/{} lies in no room; it could go to{}", source.path, rooms.collect::<String>())
}

fn wrong(sources: &[Source], arrow: &Arrow) -> Option<String> {
    let [from, to] = [arrow.from, arrow.to].map(|file| sources[file].room());
    let objection = match (place(from), place(to)) {
        _ if ROOTS.contains(&from) => return None,
        _ if ROOTS.contains(&to) => {
            format!("a root declares modules and nothing that `{from}` could name")
        }
        (Some(first), Some(second)) if second > first => {
            format!("`{from}` names `{to}`, which comes later")
        }
        _ if BLIND.contains(&(from, to)) => format!("`{from}` must not know `{to}`"),
        _ => return None,
    };
    Some(format!("src/{}:{}: {objection}", sources[arrow.from].path, arrow.line))
}

/// Paths by the crate's own name, which lead around the modules.
fn around(source: &Source) -> Vec<String> {
    let imports = source.contents.imports.iter().map(|import| (&import.path, import.line));
    let mentions = source.contents.mentions.iter().map(|mention| (&mention.path, mention.line));
    let wrong = imports.chain(mentions).filter(|(path, _)| path[0] == "talktest");
    wrong
        .map(|(_, line)| format!("src/{}:{line}: a module is named by `crate::`", source.path))
        .collect()
}

/// What is wrong with the roots of the library and of the command.
fn root_offences(library: &Source, command: &Source) -> Vec<String> {
    let modules: Vec<&str> =
        library.contents.children.iter().map(|child| child.name.as_str()).collect();
    let flow = FLOW.map(|(room, _)| room);
    let in_order: Vec<&str> = flow.into_iter().filter(|room| modules.contains(room)).collect();
    let order = (modules != in_order)
        .then(|| format!("src/lib.rs declares {modules:?}, the flow is {in_order:?}"));
    let handed_out = library.contents.imports.iter().any(|import| import.handed_on);
    let handed_out = handed_out.then(|| "src/lib.rs hands out what belongs to a module".to_owned());
    let own = command.contents.children.iter();
    own.map(|child| format!("src/main.rs declares `{}`, which belongs to the library", child.name))
        .chain(order)
        .chain(handed_out)
        .collect()
}

#[test]
fn the_roots_tell_the_flow() {
    let sources = sources();
    let root = |name: &str| sources.iter().find(|file| file.path == name).expect("a root");
    assert_none(&root_offences(root("lib.rs"), root("main.rs")));
}

#[test]
fn dependencies_run_down_the_flow() {
    assert_none(&offences(&sources()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn source(path: &str, text: &str) -> Source {
        Source::of(&File { path: path.to_owned(), text: text.to_owned() })
    }

    /// What is said of a file in a small house.
    fn told(path: &str, text: &str) -> Vec<String> {
        let rooms = [
            "units.rs",
            "activity.rs",
            "settings/mod.rs",
            "decode/mod.rs",
            "metrics/mod.rs",
            "audit/mod.rs",
        ];
        let root = ("lib.rs", "pub mod units; pub mod activity;");
        let items = "pub struct A; pub struct B;";
        let files = rooms.into_iter().filter(|room| *room != path).map(|room| (room, items));
        let files = files.chain([root, ("main.rs", ""), (path, text)]);
        offences(&files.map(|(path, text)| source(path, text)).collect::<Vec<_>>())
    }

    #[test]
    fn paths_down_the_flow_pass() {
        let text = "use crate::units::A;\nuse crate::{activity::B, units::{C, D}};\n\
                    use super::super::Problem; // crate::audit\nmod t { use super::super::x; }";
        assert_none(&told("decode/fit/part.rs", text));
        assert_none(&told("activity.rs", "mod tests { use super::*; }"));
    }

    #[test]
    fn paths_up_the_flow_are_found() {
        assert_eq!(
            told("metrics/pace.rs", "\nfn f(_: crate::audit::A) {}"),
            ["src/metrics/pace.rs:2: `metrics` names `audit`, which comes later"]
        );
        assert_eq!(
            told(
                "decode/mod.rs",
                "use crate::{units::A,\nmetrics::{A, B}, audit::{self}};\nfn f() { audit::f() }"
            ),
            [
                "src/decode/mod.rs:2: `decode` names `metrics`, which comes later",
                "src/decode/mod.rs:3: `decode` names `audit`, which comes later"
            ]
        );
    }

    #[test]
    fn the_edge_has_a_direction_too() {
        let files = [
            source("lib.rs", "pub mod files; pub mod logbook;"),
            source("files/mod.rs", "use crate::logbook::Row;"),
            source("logbook/mod.rs", "pub struct Row;"),
        ];
        let found = "src/files/mod.rs:1: `files` names `logbook`, which comes later";
        assert_eq!(offences(&files), [found]);
    }

    #[test]
    fn the_blind_stay_blind() {
        assert_eq!(
            told("metrics/mod.rs", "use crate::decode::A;"),
            ["src/metrics/mod.rs:1: `metrics` must not know `decode`"]
        );
    }

    #[test]
    fn paths_around_the_modules_are_found() {
        let root =
            "src/audit/mod.rs:1: a root declares modules and nothing that `audit` could name";
        assert_eq!(told("audit/mod.rs", "use crate::RunMetrics;"), [root]);
        assert_eq!(told("audit/mod.rs", "use super::Foo;"), [root]);
        assert_eq!(
            told("audit/mod.rs", "use talktest::metrics::A;"),
            ["src/audit/mod.rs:1: a module is named by `crate::`"]
        );
        assert_eq!(
            told("decode/fit/part.rs", "use super::super::super::metrics::A;"),
            Vec::<String>::new(),
            "decode/fit/mod.rs is not in the small house, so nothing leads up"
        );
    }

    #[test]
    fn a_file_without_a_room_is_told_where_it_could_go() {
        let offences = told("gadget.rs", "use crate::units::A;");
        assert_eq!(offences.len(), 1);
        assert!(
            offences[0]
                .starts_with("src/gadget.rs lies in no room; it could go to\n    src/parallel: ")
        );
        assert_eq!(offences[0].lines().count(), 1 + FLOW.len());
    }

    #[test]
    fn roots_out_of_order_are_found() {
        let offences = |library: &str, command: &str| {
            root_offences(&source("lib.rs", library), &source("main.rs", command)).len()
        };
        assert_eq!(offences("pub mod units;\npub mod decode;", "fn main() {}"), 0);
        assert_eq!(offences("pub mod decode;\npub mod units;", ""), 1);
        assert_eq!(offences("pub mod units;\npub mod gadget;", ""), 1);
        assert_eq!(offences("pub mod units;\npub use units::Metres;", ""), 1);
        assert_eq!(offences("pub mod units;", "mod cli;"), 1);
    }
}
