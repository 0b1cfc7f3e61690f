//! Formats, criteria, outputs, tables of exports and models of zones are one file and one line in their list, under one name.

use std::collections::BTreeSet;

use talktest::audit::CRITERIA;
use talktest::decode::FORMATS;
use talktest::export_tables::TABLES;
use talktest::zones::MODELS;

use crate::code::{name_at, without_texts};
use crate::tree::File;
use crate::{assert_none, tree};

/// A folder whose `mod.rs` lists what its other files declare.
struct Registry {
    folder: &'static str,
    list: &'static str,
    item: &'static str,
}

const REGISTRIES: [Registry; 5] = [
    Registry { folder: "decode", list: "FORMATS", item: "FORMAT" },
    Registry { folder: "audit/criteria", list: "CRITERIA", item: "CRITERION" },
    Registry { folder: "report", list: "OUTPUTS", item: "OUTPUT" },
    Registry { folder: "export_tables", list: "TABLES", item: "TABLE" },
    Registry { folder: "zones", list: "MODELS", item: "MODEL" },
];

impl Registry {
    fn offences(&self, sources: &[File]) -> Vec<String> {
        let Self { folder, list, item } = self;
        let Some(root) = sources.iter().find(|file| file.path == format!("{folder}/mod.rs")) else {
            return Vec::new();
        };
        let members: Vec<(&str, &File)> =
            sources.iter().filter_map(|file| Some((self.member(file)?, file))).collect();
        let listed = self.listed(&root.text);
        let declared: BTreeSet<String> = members.iter().map(|(stem, _)| (*stem).into()).collect();
        let missing = declared.difference(&listed);
        let unknown = listed.difference(&declared);
        let wrong = members
            .iter()
            .filter(|(stem, file)| self.id(&file.text) != Some(stem.replace('_', "-").as_str()));
        missing
            .map(|stem| format!("src/{folder}/{stem} is not in {list}"))
            .chain(unknown.map(|stem| format!("{list} has `{stem}`, which declares no {item}")))
            .chain(wrong.map(|(stem, file)| format!("the id in src/{} is not `{stem}`", file.path)))
            .collect()
    }

    /// The stem of a file or folder that declares an item; every criterion's file has to.
    fn member<'a>(&self, file: &'a File) -> Option<&'a str> {
        let path = file.path.strip_prefix(self.folder)?.strip_prefix('/')?.strip_suffix(".rs")?;
        let stem = path.strip_suffix("/mod").unwrap_or(path);
        let own = stem != "mod" && !stem.contains('/');
        let must = self.list == "CRITERIA";
        (own && (must || declaration(&file.text, self.item).is_some())).then_some(stem)
    }

    /// The modules named in the list.
    fn listed(&self, source: &str) -> BTreeSet<String> {
        let code = without_texts(source);
        let Some(start) = declaration(source, self.list) else { return BTreeSet::new() };
        let end = code[start..].find(';').map_or(code.len(), |length| start + length);
        let value = code[start..end].split_once('=').map_or("", |(_, value)| value);
        let entries = value.split(',').filter_map(|entry| {
            let path = entry.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            path.strip_suffix(self.item)?.strip_suffix("::")
        });
        entries.map(str::to_owned).collect()
    }

    fn id<'a>(&self, source: &'a str) -> Option<&'a str> {
        let (_, rest) = source[declaration(source, self.item)?..].split_once("id: \"")?;
        rest.split('"').next()
    }
}

/// Where `pub static NAME` stands.
fn declaration(source: &str, name: &str) -> Option<usize> {
    let code = without_texts(source);
    let keyword = "pub static ";
    code.match_indices(keyword)
        .map(|(at, _)| at + keyword.len())
        .find(|at| name_at(&code, *at) == name)
}

#[test]
fn every_list_names_what_its_folder_holds() {
    let sources = tree::sources();
    let offences = REGISTRIES.iter().flat_map(|registry| registry.offences(&sources));
    assert_none(&offences.collect::<Vec<_>>());
}

#[test]
fn the_lists_read_here_are_those_that_are_used() {
    let sources = tree::sources();
    let listed = |registry: &Registry| {
        let root = format!("{}/mod.rs", registry.folder);
        let root = sources.iter().find(|file| file.path == root).unwrap();
        registry.listed(&root.text)
    };
    let formats = FORMATS.iter().map(|format| format.id.replace('-', "_"));
    assert_eq!(listed(&REGISTRIES[0]), formats.collect());
    let criteria = CRITERIA.iter().map(|criterion| criterion.id.replace('-', "_"));
    assert_eq!(listed(&REGISTRIES[1]), criteria.collect());
    let tables = TABLES.iter().map(|table| table.id.replace('-', "_"));
    assert_eq!(listed(&REGISTRIES[3]), tables.collect());
    let models = MODELS.iter().map(|model| model.id.replace('-', "_"));
    assert_eq!(listed(&REGISTRIES[4]), models.collect());
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUTS: &Registry = &REGISTRIES[2];

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    fn output(path: &str, id: &str) -> File {
        file(path, &format!("pub static OUTPUT: Output = Output {{ id: \"{id}\", render }};"))
    }

    fn list(entries: &str) -> File {
        file("report/mod.rs", &format!("pub static OUTPUTS: &[&Output] = &[{entries}];"))
    }

    #[test]
    fn a_tidy_registry_passes() {
        let sources = [
            list("&table::OUTPUT, &html_page::OUTPUT"),
            output("report/table.rs", "table"),
            output("report/html_page/mod.rs", "html-page"),
            file("report/html_page/chart.rs", "pub static OUTPUT: u8 = 1;"),
            file("report/wording.rs", "// pub static OUTPUT\nfn helper() {}"),
        ];
        assert_none(&OUTPUTS.offences(&sources));
    }

    #[test]
    fn a_folder_that_is_not_there_yet_passes() {
        assert_none(&OUTPUTS.offences(&[output("report/table.rs", "table")]));
    }

    #[test]
    fn what_is_not_listed_is_found() {
        let sources = [list(""), output("report/table.rs", "table")];
        assert_eq!(OUTPUTS.offences(&sources), ["src/report/table is not in OUTPUTS"]);
        let criteria = &REGISTRIES[1];
        let root = file("audit/criteria/mod.rs", "pub static CRITERIA: &[&Criterion] = &[];");
        let found = criteria.offences(&[root, file("audit/criteria/helper.rs", "fn f() {}")]);
        assert_eq!(found[0], "src/audit/criteria/helper is not in CRITERIA");
    }

    #[test]
    fn what_is_listed_and_not_there_is_found() {
        let sources = [list("&table::OUTPUT"), file("report/table.rs", "fn f() {}")];
        assert_eq!(OUTPUTS.offences(&sources), ["OUTPUTS has `table`, which declares no OUTPUT"]);
    }

    #[test]
    fn an_id_that_is_not_the_name_of_its_file_is_found() {
        let sources = [list("&table::OUTPUT"), output("report/table.rs", "grid")];
        assert_eq!(OUTPUTS.offences(&sources), ["the id in src/report/table.rs is not `table`"]);
    }
}
