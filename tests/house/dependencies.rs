//! The libraries that the project promises to stand on do real work in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::assert_none;
use crate::source::{Source, sources};

/// Who reads FIT and GPX, the command line, work on all cores, data and times.
const PROMISED: [&str; 6] = ["fitparser", "gpx", "clap", "rayon", "serde", "chrono"];

fn offences(manifest: &str, sources: &[Source]) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("a manifest in TOML");
    let at_runtime = manifest.get("dependencies").and_then(toml::Value::as_table);
    let used: BTreeSet<&str> = sources.iter().flat_map(crates).collect();
    let missing = PROMISED.iter().filter_map(|name| {
        let listed = at_runtime.is_some_and(|table| table.contains_key(*name));
        match (listed, used.contains(name)) {
            (true, true) => None,
            (true, false) => Some(format!("nothing outside of tests uses `{name}`")),
            (false, _) => Some(format!("`{name}` is no dependency at run time")),
        }
    });
    missing.collect()
}

/// The first names of the paths that are not for tests only.
fn crates(source: &Source) -> impl Iterator<Item = &str> {
    let imports = source.contents.imports.iter().filter(|import| !import.in_test);
    let mentions =
        source.contents.mentions.iter().filter(|path| !path.in_test && path.path.len() > 1);
    imports
        .map(|import| &import.path)
        .chain(mentions.map(|path| &path.path))
        .map(|path| path[0].as_str())
}

#[test]
fn the_promised_libraries_are_used() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    assert_none(&offences(&fs::read_to_string(manifest).unwrap(), &sources()));
}

#[test]
fn a_library_that_only_tests_use_is_found() {
    let manifest = "[dependencies]\nfitparser = '1'\ngpx = '1'\nclap = '1'\nrayon = '1'\nchrono = '1'\n\
                    [dev-dependencies]\nserde = '1'";
    let text = "use fitparser::A;\nuse rayon::prelude::*;\nfn f() { clap::f(); chrono::g() }\n\
                #[cfg(test)]\nmod tests { use gpx::Gpx; }";
    let source = Source::of(&crate::tree::File { path: "a.rs".to_owned(), text: text.to_owned() });
    assert_eq!(
        offences(manifest, &[source]),
        ["nothing outside of tests uses `gpx`", "`serde` is no dependency at run time"]
    );
}

/// Dependencies at run time that the page about them does not name.
fn unexplained(manifest: &str, page: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("a manifest in TOML");
    let at_runtime = manifest.get("dependencies").and_then(toml::Value::as_table);
    let names = at_runtime.into_iter().flat_map(toml::Table::keys);
    names.filter(|name| !page.contains(&format!("`{name}`"))).cloned().collect()
}

#[test]
fn every_dependency_has_its_reason() {
    let read =
        |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let without: Vec<String> = unexplained(&read("Cargo.toml"), &read("docs/dependencies.md"));
    assert!(without.is_empty(), "docs/dependencies.md lacks {}", without.join(", "));
}

#[test]
fn a_dependency_without_a_reason_is_found() {
    let manifest = "[dependencies]\nknown = '1'\nnew = '1'\n[dev-dependencies]\ntested = '1'";
    assert_eq!(unexplained(manifest, "| `known` | why |"), ["new"]);
}
