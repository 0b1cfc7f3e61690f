//! Which file names what of which other file, with every import followed to where a thing is declared.

use std::collections::BTreeMap;

use crate::source::Source;

/// The roots of the library and of the command.
const ROOTS: [&str; 2] = ["lib.rs", "main.rs"];
/// More imports of imports than anybody writes; who needs more goes in a circle.
const LONGEST_CHAIN: usize = 16;

/// All files, and where each module lies.
pub struct Modules<'a> {
    pub sources: &'a [Source],
    /// Paths begin with the root's file.
    places: BTreeMap<Vec<String>, usize>,
    paths: Vec<Vec<String>>,
}

/// Files that are declared for tests only.
pub fn files_for_tests(sources: &[Source]) -> Vec<usize> {
    let modules = Modules::of(sources);
    (0..sources.len()).filter(|index| modules.is_for_tests(*index)).collect()
}

/// One file naming another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: usize,
    pub to: usize,
    pub line: usize,
    pub in_test: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Module(usize),
    /// Something that this module declares.
    Item(usize),
}

impl<'a> Modules<'a> {
    pub fn of(sources: &'a [Source]) -> Self {
        let paths: Vec<_> = sources.iter().map(|source| module_path(&source.path)).collect();
        let places: BTreeMap<_, _> = paths.iter().cloned().zip(0..).collect();
        Self { sources, places, paths }
    }

    /// Whether the module, or one above it, is declared for tests only.
    fn is_for_tests(&self, index: usize) -> bool {
        let path = &self.paths[index];
        (1..path.len()).any(|length| {
            let parent = self.places.get(&path[..length]);
            parent.is_some_and(|parent| {
                let mut children = self.sources[*parent].contents.children.iter();
                children.any(|child| child.in_test && child.name == path[length])
            })
        })
    }

    /// Every arrow between two files, each pair and kind once, at its first line.
    pub fn arrows(&self) -> Vec<Arrow> {
        let mut first = BTreeMap::new();
        let arrows = (0..self.sources.len()).flat_map(|from| self.arrows_of(from));
        for Arrow { from, to, line, in_test } in arrows {
            let known = first.entry((from, to, in_test)).or_insert(line);
            *known = line.min(*known);
        }
        let arrow = |((from, to, in_test), line)| Arrow { from, to, line, in_test };
        first.into_iter().map(arrow).collect()
    }

    fn arrows_of(&self, from: usize) -> impl Iterator<Item = Arrow> {
        let contents = &self.sources[from].contents;
        // Whoever only hands something on does not use it.
        let used = contents.imports.iter().filter(|import| !import.handed_on);
        let imports =
            used.map(|import| (&import.path, import.line, import.in_test, import.name == "*"));
        let mentions =
            contents.mentions.iter().map(|path| (&path.path, path.line, path.in_test, false));
        imports.chain(mentions).filter_map(move |(path, line, in_test, all)| {
            let to = match self.resolve(from, path, LONGEST_CHAIN)? {
                Target::Item(to) => to,
                Target::Module(to) if all => to,
                Target::Module(_) => return None,
            };
            (to != from).then_some(Arrow { from, to, line, in_test })
        })
    }

    /// Where a path that stands in a file leads; nowhere where it leaves the project.
    fn resolve(&self, from: usize, path: &[String], fuel: usize) -> Option<Target> {
        let fuel = fuel.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        let own = &self.paths[from];
        match first.as_str() {
            "crate" => self.descend(*self.places.get(&own[..1])?, rest, fuel),
            "talktest" => self.descend(*self.places.get(&vec![ROOTS[0].to_owned()])?, rest, fuel),
            "self" => self.descend(from, rest, fuel),
            "super" => {
                let parent = *self.places.get(&own[..own.len() - 1])?;
                let beyond = rest.first().is_some_and(|next| next == "super");
                if beyond {
                    self.resolve(parent, rest, fuel)
                } else {
                    self.descend(parent, rest, fuel)
                }
            }
            name => match self.child(from, name) {
                Some(child) => self.descend(child, rest, fuel),
                None => self.imported(from, path, fuel),
            },
        }
    }

    /// Down from a module by the rest of a path.
    fn descend(&self, module: usize, path: &[String], fuel: usize) -> Option<Target> {
        let Some((first, rest)) = path.split_first() else { return Some(Target::Module(module)) };
        if let Some(child) = self.child(module, first) {
            return self.descend(child, rest, fuel);
        }
        if self.sources[module].contents.items.contains(first) {
            return Some(Target::Item(module));
        }
        let found =
            self.imported(module, path, fuel).or_else(|| self.among_all(module, path, fuel));
        Some(found.unwrap_or(Target::Item(module)))
    }

    /// By the import that gives the first name of the path its meaning.
    fn imported(&self, module: usize, path: &[String], fuel: usize) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        let imports = &self.sources[module].contents.imports;
        let import = imports.iter().find(|import| import.name == *first)?;
        self.resolve(module, &[&import.path, rest].concat(), fuel)
    }

    /// By an import of everything.
    fn among_all(&self, module: usize, path: &[String], fuel: usize) -> Option<Target> {
        let imports = &self.sources[module].contents.imports;
        let mut all = imports.iter().filter(|import| import.name == "*" && !import.in_test);
        all.find_map(|import| match self.resolve(module, &import.path, fuel)? {
            Target::Module(inner) if self.sources[inner].contents.items.contains(&path[0]) => {
                Some(Target::Item(inner))
            }
            _ => None,
        })
    }

    fn child(&self, module: usize, name: &str) -> Option<usize> {
        self.places.get(&[self.paths[module].as_slice(), &[name.to_owned()]].concat()).copied()
    }
}

/// The root and the modules down to a file.
fn module_path(path: &str) -> Vec<String> {
    if ROOTS.contains(&path) {
        return vec![path.to_owned()];
    }
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    [ROOTS[0]].into_iter().chain(stem.split('/')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read_all;
    use crate::tree::File;

    fn arrows(files: &[(&str, &str)]) -> Vec<String> {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        let sources = read_all(&files.iter().map(file).collect::<Vec<_>>());
        let told = Modules::of(&sources).arrows().into_iter().map(|arrow| {
            let Arrow { from, to, line, in_test } = arrow;
            let test = if in_test { " (test)" } else { "" };
            format!("{}:{line} → {}{test}", sources[from].path, sources[to].path)
        });
        told.collect()
    }

    #[test]
    fn what_is_handed_on_leads_to_where_it_is_declared() {
        let files = [
            ("lib.rs", "pub mod a; pub mod b;"),
            ("a/mod.rs", "mod c;\npub use c::D;"),
            ("a/c.rs", "pub struct D;"),
            ("b.rs", "use crate::a::D;"),
        ];
        assert_eq!(arrows(&files), ["b.rs:1 → a/c.rs"]);
    }

    #[test]
    fn who_uses_what_it_hands_on_names_it() {
        let files = [
            ("lib.rs", "pub mod a;"),
            ("a/mod.rs", "mod c;\npub use c::D;\npub fn f() -> D { c::e() }"),
            ("a/c.rs", "use super::f;\npub struct D;"),
        ];
        assert_eq!(arrows(&files), ["a/mod.rs:3 → a/c.rs", "a/c.rs:1 → a/mod.rs"]);
    }

    #[test]
    fn modules_imported_by_themselves_are_followed() {
        let files = [
            ("lib.rs", "pub mod a; pub mod b;"),
            ("a.rs", "pub fn f() {}"),
            ("b.rs", "use super::a;\n\nfn g() { a::f(); std::mem::drop(()); m!(a::f()) }"),
        ];
        assert_eq!(arrows(&files), ["b.rs:3 → a.rs"]);
    }

    #[test]
    fn the_command_names_the_library_by_its_name() {
        let files = [
            ("lib.rs", "pub mod a;"),
            (
                "main.rs",
                "use talktest::a;
fn main() { a::f(); }",
            ),
            ("a.rs", "pub fn f() {}"),
        ];
        assert_eq!(arrows(&files), ["main.rs:2 → a.rs"]);
    }

    #[test]
    fn arrows_of_tests_are_marked() {
        let files = [
            ("lib.rs", "pub mod a; #[cfg(test)] mod t;"),
            ("a.rs", "#[cfg(test)]\nmod tests { use crate::t::F; }"),
            ("t/mod.rs", "mod u; pub struct F;"),
            ("t/u.rs", "use crate::a::x;"),
        ];
        assert_eq!(arrows(&files), ["a.rs:2 → t/mod.rs (test)", "t/u.rs:1 → a.rs (test)"]);
    }
}
