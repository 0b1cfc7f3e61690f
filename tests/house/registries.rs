//! Formats, criteria, outputs, tables of exports and models of zones are one file and one line in their list, under one name.

use std::collections::BTreeSet;

use talktest::audit::CRITERIA;
use talktest::decode::FORMATS;
use talktest::export_tables::TABLES;
use talktest::report::OUTPUTS;
use talktest::zones::MODELS;

use crate::code::{name_at, without_texts};
use crate::tree::File;
use crate::{assert_none, tree};

/// A folder whose `mod.rs` lists what its other files declare, also those in rooms of the folder.
struct Registry {
    folder: &'static str,
    list: &'static str,
    item: &'static str,
    /// The type of an item.
    kind: &'static str,
}

const REGISTRIES: [Registry; 5] = [
    Registry { folder: "decode", list: "FORMATS", item: "FORMAT", kind: "Format" },
    Registry { folder: "audit/criteria", list: "CRITERIA", item: "CRITERION", kind: "Criterion" },
    Registry { folder: "report", list: "OUTPUTS", item: "OUTPUT", kind: "Output" },
    Registry { folder: "export_tables", list: "TABLES", item: "TABLE", kind: "Table" },
    Registry { folder: "zones", list: "MODELS", item: "MODEL", kind: "ZoneModel" },
];

impl Registry {
    fn offences(&self, sources: &[File]) -> Vec<String> {
        let Self { folder, list, item, .. } = self;
        let Some(root) = sources.iter().find(|file| file.path == format!("{folder}/mod.rs")) else {
            return Vec::new();
        };
        let members: Vec<(&str, &File)> =
            sources.iter().filter_map(|file| Some((self.member(file)?, file))).collect();
        let listed = self.listed(&root.text);
        let declared: BTreeSet<String> = members.iter().map(|(stem, _)| (*stem).into()).collect();
        let missing = declared.difference(&listed);
        let unknown = listed.difference(&declared);
        let wrong =
            members.iter().filter(|(stem, file)| self.id(&file.text) != Some(id_of(stem).as_str()));
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
        let must = self.list == "CRITERIA" && stem != "mod" && !stem.contains('/');
        (must || self.declares(&file.text)).then_some(stem)
    }

    /// Whether a file declares an item of the list.
    fn declares(&self, source: &str) -> bool {
        declaration(source, self.item).is_some_and(|at| {
            let kind = source[at + self.item.len()..].trim_start_matches([':', ' ']);
            name_at(kind, 0) == self.kind
        })
    }

    /// The modules named in the list, as paths from the folder.
    fn listed(&self, source: &str) -> BTreeSet<String> {
        let code = without_texts(source);
        let Some(start) = declaration(source, self.list) else { return BTreeSet::new() };
        let end = code[start..].find(';').map_or(code.len(), |length| start + length);
        let value = code[start..end].split_once('=').map_or("", |(_, value)| value);
        let entries = value.split(',').filter_map(|entry| {
            let path = entry.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            path.strip_suffix(self.item)?.strip_suffix("::")
        });
        entries.map(|path| path.replace("::", "/")).collect()
    }

    fn id<'a>(&self, source: &'a str) -> Option<&'a str> {
        let (_, rest) = source[declaration(source, self.item)?..].split_once("id: \"")?;
        rest.split('"').next()
    }
}

/// The id of what a file of this path declares.
fn id_of(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).replace('_', "-")
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
    let listed = |registry: &Registry| -> BTreeSet<String> {
        let root = format!("{}/mod.rs", registry.folder);
        let root = sources.iter().find(|file| file.path == root).unwrap();
        registry.listed(&root.text).iter().map(|path| id_of(path)).collect()
    };
    let ids = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let formats = ids(FORMATS.iter().map(|format| format.id).collect());
    assert_eq!(listed(&REGISTRIES[0]), formats);
    let criteria = ids(CRITERIA.iter().map(|criterion| criterion.id).collect());
    assert_eq!(listed(&REGISTRIES[1]), criteria);
    let outputs = ids(OUTPUTS.iter().map(|output| output.id).collect());
    assert_eq!(listed(&REGISTRIES[2]), outputs);
    let tables = ids(TABLES.iter().map(|table| table.id).collect());
    assert_eq!(listed(&REGISTRIES[3]), tables);
    let models = ids(MODELS.iter().map(|model| model.id).collect());
    assert_eq!(listed(&REGISTRIES[4]), models);
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
            list("&terminal::table::OUTPUT, &html_page::OUTPUT"),
            output("report/terminal/table.rs", "table"),
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
    fn rooms_of_the_folder_are_looked_through() {
        let sources = [list("&table::OUTPUT"), output("report/terminal/table.rs", "table")];
        assert_eq!(
            OUTPUTS.offences(&sources),
            [
                "src/report/terminal/table is not in OUTPUTS",
                "OUTPUTS has `table`, which declares no OUTPUT"
            ]
        );
    }

    #[test]
    fn an_id_that_is_not_the_name_of_its_file_is_found() {
        let sources = [list("&table::OUTPUT"), output("report/table.rs", "grid")];
        assert_eq!(OUTPUTS.offences(&sources), ["the id in src/report/table.rs is not `table`"]);
    }
}
