//! Formats, criteria, outputs, tables of exports and models of zones are one file and one line in their list, under one name.

use std::collections::BTreeSet;

use syn::{Expr, Item, ItemStatic, Lit, Member, Type, Visibility};
use talktest::audit::CRITERIA;
use talktest::decode::{FORMATS, STREAMED_FORMATS};
use talktest::export_tables::TABLES;
use talktest::report::OUTPUTS;
use talktest::zones::MODELS;

use crate::assert_none;
use crate::source::{Source, sources};

/// A folder whose `mod.rs` lists what its other files declare, also those in rooms of the folder.
struct Registry {
    folder: &'static str,
    list: &'static str,
    item: &'static str,
    /// The type of an item.
    kind: &'static str,
    /// Whether every file of the folder declares one.
    nothing_else: bool,
}

const REGISTRIES: [Registry; 6] = [
    registry("decode", "FORMATS", "FORMAT", "Format"),
    Registry {
        nothing_else: true,
        ..registry("audit/criteria", "CRITERIA", "CRITERION", "Criterion")
    },
    registry("report", "OUTPUTS", "OUTPUT", "Output"),
    registry("export_tables", "TABLES", "TABLE", "ExportTable"),
    registry("zones", "MODELS", "MODEL", "ZoneModel"),
    registry("decode", "STREAMED_FORMATS", "FORMAT", "StreamedFormat"),
];

const fn registry(
    folder: &'static str,
    list: &'static str,
    item: &'static str,
    kind: &'static str,
) -> Registry {
    Registry { folder, list, item, kind, nothing_else: false }
}

/// Outputs that only a build with the feature `columnar` has.
const COLUMNAR: [&str; 2] = ["arrow", "parquet"];

impl Registry {
    fn offences(&self, sources: &[Source]) -> Vec<String> {
        let Self { folder, list, item, .. } = self;
        let Some(root) = sources.iter().find(|file| file.path == format!("{folder}/mod.rs")) else {
            return vec![format!("src/{folder}/mod.rs, which holds {list}, is not there")];
        };
        let members: Vec<(&str, &Source)> =
            sources.iter().filter_map(|file| Some((self.member(file)?, file))).collect();
        let listed = self.listed(root);
        let declared: BTreeSet<String> = members.iter().map(|(stem, _)| (*stem).into()).collect();
        let missing = declared.difference(&listed);
        let unknown = listed.difference(&declared);
        let wrong = members.iter().filter(|(stem, file)| self.id(file) != Some(id_of(stem)));
        missing
            .map(|stem| format!("src/{folder}/{stem} is not in {list}"))
            .chain(unknown.map(|stem| format!("{list} has `{stem}`, which declares no {item}")))
            .chain(wrong.map(|(stem, file)| format!("the id in src/{} is not `{stem}`", file.path)))
            .collect()
    }

    /// The path of a file or folder that declares an item, from the registry's folder.
    fn member<'a>(&self, file: &'a Source) -> Option<&'a str> {
        let path = file.path.strip_prefix(self.folder)?.strip_prefix('/')?.strip_suffix(".rs")?;
        let stem = path.strip_suffix("/mod").unwrap_or(path);
        let must = self.nothing_else && stem != "mod" && !stem.contains('/');
        (must || self.item_in(file).is_some()).then_some(stem)
    }

    fn item_in<'a>(&self, source: &'a Source) -> Option<&'a Expr> {
        let item = public_static(source, self.item)?;
        let kind = matches!(&*item.ty, Type::Path(kind) if kind.path.is_ident(self.kind));
        kind.then_some(&*item.expr)
    }

    /// The modules named in the list.
    fn listed(&self, root: &Source) -> BTreeSet<String> {
        let Some(list) = public_static(root, self.list) else { return BTreeSet::new() };
        let Expr::Array(entries) = behind_reference(&list.expr) else { return BTreeSet::new() };
        entries.elems.iter().filter_map(|entry| self.module_of(entry)).collect()
    }

    /// `terminal/table` of `&terminal::table::OUTPUT`.
    fn module_of(&self, entry: &Expr) -> Option<String> {
        let Expr::Path(entry) = behind_reference(entry) else { return None };
        let names = entry.path.segments.iter().map(|segment| segment.ident.to_string());
        let names: Vec<_> = names.collect();
        let (item, modules) = names.split_last()?;
        (item == self.item).then(|| modules.join("/"))
    }

    fn id(&self, source: &Source) -> Option<String> {
        let Expr::Struct(value) = self.item_in(source)? else { return None };
        let is_id = |member: &Member| matches!(member, Member::Named(name) if name == "id");
        match &value.fields.iter().find(|field| is_id(&field.member))?.expr {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The id of what a file of this path declares.
fn id_of(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).replace('_', "-")
}

fn public_static<'a>(source: &'a Source, name: &str) -> Option<&'a ItemStatic> {
    source.syntax.items.iter().find_map(|item| match item {
        Item::Static(item) if item.ident == name && matches!(item.vis, Visibility::Public(_)) => {
            Some(item)
        }
        _ => None,
    })
}

fn behind_reference(expression: &Expr) -> &Expr {
    match expression {
        Expr::Reference(reference) => &reference.expr,
        other => other,
    }
}

#[test]
fn every_list_names_what_its_folder_holds() {
    let sources = sources();
    let offences = REGISTRIES.iter().flat_map(|registry| registry.offences(&sources));
    assert_none(&offences.collect::<Vec<_>>());
}

#[test]
fn the_lists_read_here_are_those_that_are_used() {
    let sources = sources();
    let listed = |registry: &Registry| -> BTreeSet<String> {
        let root = format!("{}/mod.rs", registry.folder);
        let root = sources.iter().find(|file| file.path == root).unwrap();
        registry.listed(root).iter().map(|path| id_of(path)).collect()
    };
    let outputs = |output: &str| cfg!(feature = "columnar") || !COLUMNAR.contains(&output);
    let used: [Vec<&str>; 6] = [
        FORMATS.iter().map(|format| format.id).collect(),
        CRITERIA.iter().map(|criterion| criterion.id).collect(),
        OUTPUTS.iter().map(|output| output.id).collect(),
        TABLES.iter().map(|table| table.id).collect(),
        MODELS.iter().map(|model| model.id).collect(),
        STREAMED_FORMATS.iter().map(|format| format.id).collect(),
    ];
    for (registry, ids) in REGISTRIES.iter().zip(used) {
        let listed: BTreeSet<String> =
            listed(registry).into_iter().filter(|id| outputs(id)).collect();
        assert_eq!(listed, ids.into_iter().map(str::to_owned).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    const OUTPUTS: &Registry = &REGISTRIES[2];

    fn file(path: &str, text: &str) -> Source {
        Source::of(&File { path: path.to_owned(), text: text.to_owned() })
    }

    fn output(path: &str, id: &str) -> Source {
        file(path, &format!("pub static OUTPUT: Output = Output {{ id: \"{id}\", render }};"))
    }

    fn list(entries: &str) -> Source {
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
    fn a_list_that_is_not_there_is_found() {
        let offences = OUTPUTS.offences(&[output("report/table.rs", "table")]);
        assert_eq!(offences, ["src/report/mod.rs, which holds OUTPUTS, is not there"]);
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
