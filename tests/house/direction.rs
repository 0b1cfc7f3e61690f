//! Dependencies run one way, down the flow, and every path names the module it means.

use crate::code::{blocks, line_of, name_at, places, without_texts};
use crate::tree::File;
use crate::{assert_none, tree};

/// The library's modules in the order of the flow: each may name those before it.
const FLOW: [&str; 23] = [
    "parallel",
    "units",
    "activity",
    "annotations",
    "session",
    "zones",
    "csv_table",
    "settings",
    "decode",
    "unpack",
    "export_tables",
    "metrics",
    "ingest",
    "files",
    "rows",
    "label",
    "history",
    "athlete",
    "audit",
    "review",
    "logbook", // knows no report: it is given what it writes down
    "report",
    "cli",
];

/// Who may not even name something earlier.
const BLIND: [(&str, &str); 3] = [
    ("decode", "settings"),
    ("metrics", "settings"), // a row answers for whatever is set later
    ("metrics", "decode"),   // whatever fills the model can be measured
];

/// A module of the library that names another, and where.
struct Path {
    line: usize,
    names: String,
}

fn offences(file: &File) -> Vec<String> {
    let from = file.path.split(['/', '.']).next().unwrap_or_default();
    let code = without_texts(&file.text);
    let paths = [from_root(&code), out_of_library(&code), climbing(&code, depth(&file.path))];
    let wrong = paths.into_iter().flatten().filter_map(|path| {
        let what = objection(from, &path.names)?;
        Some(format!("src/{}:{}: {what}", file.path, path.line))
    });
    wrong.collect()
}

fn objection(from: &str, to: &str) -> Option<String> {
    let place = |name: &str| FLOW.iter().position(|module| *module == name);
    match (place(from), place(to)) {
        (None, _) => Some(format!("`{from}` has no place in the flow")),
        (_, None) => Some(format!("`{to}` is no module of the library")),
        (Some(from), Some(to)) if to > from => {
            Some(format!("`{}` names `{}`, which comes later", FLOW[from], FLOW[to]))
        }
        _ if BLIND.contains(&(from, to)) => Some(format!("`{from}` must not know `{to}`")),
        _ => None,
    }
}

/// How deep a file's module lies below the crate's root.
fn depth(path: &str) -> usize {
    let module = path.strip_suffix("/mod.rs").unwrap_or(path);
    module.split('/').count()
}

/// What follows `crate::`, each entry of a group by itself.
fn from_root(code: &str) -> Vec<Path> {
    const ROOT: &str = "crate::";
    let paths = places(code, ROOT).into_iter().flat_map(|at| {
        let line = line_of(code, at);
        let names = entries(&code[at + ROOT.len()..]);
        names.into_iter().map(move |names| Path { line, names })
    });
    paths.collect()
}

/// The first name of a path, or of each path in a group.
fn entries(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![name_at(path, 0).to_owned()] };
    let mut depth = 0;
    let end = group.find(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth < 0
    });
    let mut outside = 0;
    let entries = group[..end.unwrap_or(group.len())].split(|c| {
        outside += i32::from(c == '{') - i32::from(c == '}');
        outside == 0 && c == ','
    });
    let names = entries.map(|entry| name_at(entry.trim(), 0).to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

/// Paths by the crate's own name, which lead around the modules.
fn out_of_library(code: &str) -> Vec<Path> {
    let path = |at| Path { line: line_of(code, at), names: "talktest".to_owned() };
    places(code, "talktest::").into_iter().map(path).collect()
}

/// Chains of `super::` that arrive at the root: what they name there hides behind no module.
fn climbing(code: &str, depth: usize) -> Vec<Path> {
    const UP: &str = "super::";
    let inline = blocks(code, "mod");
    let starts = places(code, UP).into_iter().filter(|at| !code[..*at].ends_with(UP));
    let paths = starts.filter_map(|at| {
        let steps = code.as_bytes()[at..].chunks(UP.len()).take_while(|c| *c == UP.as_bytes());
        let steps = steps.count();
        let around = inline.iter().filter(|module| module.span.contains(&at)).count();
        let names = name_at(code, at + steps * UP.len()).to_owned();
        (steps >= depth + around).then(|| Path { line: line_of(code, at), names })
    });
    paths.collect()
}

/// The modules that a crate's root declares.
fn declared(root: &str) -> Vec<String> {
    let code = without_texts(root);
    let at = places(&code, "mod").into_iter();
    at.map(|at| name_at(&code, at + "mod ".len()).to_owned()).collect()
}

/// What is wrong with the roots of the library and of the command.
fn root_offences(library: &str, command: &str) -> Vec<String> {
    let modules = declared(library);
    let in_order: Vec<&str> =
        FLOW.into_iter().filter(|name| modules.iter().any(|module| module == name)).collect();
    let shared = declared(command).into_iter().filter(|name| modules.contains(name));
    let order = (modules != in_order)
        .then(|| format!("src/lib.rs declares {modules:?}, the flow is {in_order:?}"));
    let reexports = (!places(&without_texts(library), "use").is_empty())
        .then(|| "src/lib.rs hands out what belongs to a module".to_owned());
    shared
        .map(|name| format!("`{name}` is both of the library and of the command"))
        .chain(order)
        .chain(reexports)
        .collect()
}

fn root(sources: &[File], name: &str) -> String {
    sources.iter().find(|file| file.path == name).expect("a root").text.clone()
}

#[test]
fn the_roots_tell_the_flow() {
    let sources = tree::sources();
    assert_none(&root_offences(&root(&sources, "lib.rs"), &root(&sources, "main.rs")));
}

#[test]
fn dependencies_run_down_the_flow() {
    let sources = tree::sources();
    let of_library = |file: &&File| {
        let top = file.path.split(['/', '.']).next().unwrap_or_default();
        !["lib", "main"].contains(&top)
    };
    assert_none(&sources.iter().filter(of_library).flat_map(offences).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Vec<String> {
        offences(&File { path: path.to_owned(), text: text.to_owned() })
    }

    #[test]
    fn paths_down_the_flow_pass() {
        let text = "use crate::units::Seconds;\nuse crate::{activity::Lap, units::{Metres, B}};\n\
                    use super::super::Problem; // crate::report\nmod t { use super::super::x; }";
        assert_none(&told("decode/fit/part.rs", text));
        assert_none(&told("activity.rs", "mod tests { use super::*; }"));
    }

    #[test]
    fn paths_up_the_flow_are_found() {
        assert_eq!(
            told("metrics/pace.rs", "\nfn f(_: crate::audit::Case) {}"),
            ["src/metrics/pace.rs:2: `metrics` names `audit`, which comes later"]
        );
        assert_eq!(
            told("decode/mod.rs", "use crate::{units::A, metrics::{B, C}, report::D};"),
            [
                "src/decode/mod.rs:1: `decode` names `metrics`, which comes later",
                "src/decode/mod.rs:1: `decode` names `report`, which comes later"
            ]
        );
    }

    #[test]
    fn the_blind_stay_blind() {
        assert_eq!(
            told("metrics/mod.rs", "use crate::decode::Problem;"),
            ["src/metrics/mod.rs:1: `metrics` must not know `decode`"]
        );
    }

    #[test]
    fn paths_around_the_modules_are_found() {
        let no_module = |path: &str, text: &str, what: &str| {
            assert_eq!(
                told(path, text),
                [format!("src/{path}:1: `{what}` is no module of the library")]
            );
        };
        no_module("audit/mod.rs", "use crate::RunMetrics;", "RunMetrics");
        no_module("audit/mod.rs", "use crate::gui::Args;", "gui");
        no_module("audit/mod.rs", "use talktest::metrics::RunMetrics;", "talktest");
        no_module("audit/mod.rs", "use super::Foo;", "Foo");
        assert_eq!(
            told("decode/fit/part.rs", "use super::super::super::metrics::x;"),
            ["src/decode/fit/part.rs:1: `decode` names `metrics`, which comes later"]
        );
    }

    #[test]
    fn a_module_without_a_place_is_found() {
        assert_eq!(
            told("gadget.rs", "use crate::units::A;"),
            ["src/gadget.rs:1: `gadget` has no place in the flow"]
        );
    }

    #[test]
    fn roots_out_of_order_are_found() {
        assert_none(&root_offences("pub mod units;\npub mod decode;", "mod cli;\nfn main() {}"));
        let offences = |library: &str, command: &str| root_offences(library, command).len();
        assert_eq!(offences("pub mod decode;\npub mod units;", ""), 1);
        assert_eq!(offences("pub mod units;\npub mod gadget;", ""), 1);
        assert_eq!(offences("pub mod units;\npub use units::Metres;", ""), 1);
        assert_eq!(offences("pub mod units;", "mod units;"), 1);
    }
}
