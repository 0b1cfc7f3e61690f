//! A source file as the compiler's grammar reads it: what it declares, imports and names.

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Ident, Item, UseTree, Visibility};

use crate::modules::files_for_tests;
use crate::tree::{self, File};

/// One file below `src/`.
pub struct Source {
    /// Relative to `src/`, with `/`.
    pub path: String,
    pub lines: usize,
    pub syntax: syn::File,
    pub contents: Contents,
}

/// What stands in a file, in its order.
#[derive(Default)]
pub struct Contents {
    /// Modules in files of their own.
    pub children: Vec<Declaration>,
    pub imports: Vec<Import>,
    pub mentions: Vec<Mention>,
    /// Everything that has a name at the top of the file.
    pub items: Vec<String>,
    pub types: Vec<Declaration>,
    pub modules: Vec<Declaration>,
    pub functions: Vec<Declaration>,
}

/// A declaration.
#[derive(Debug)]
pub struct Declaration {
    pub name: String,
    pub first_line: usize,
    pub last_line: usize,
    /// Whether only tests see it.
    pub in_test: bool,
}

/// One leaf of a `use`.
pub struct Import {
    /// The name that it has here; `*` stands for all.
    pub name: String,
    pub path: Vec<String>,
    pub line: usize,
    /// Whether others can import it from here.
    pub handed_on: bool,
    pub in_test: bool,
}

/// A path in the code.
pub struct Mention {
    pub path: Vec<String>,
    pub line: usize,
    pub in_test: bool,
}

/// Every file below `src/`.
pub fn sources() -> Vec<Source> {
    read_all(&tree::sources())
}

/// All files of a house, so that what a file for tests declares is marked as such too.
pub fn read_all(files: &[File]) -> Vec<Source> {
    let mut sources: Vec<_> = files.iter().map(Source::of).collect();
    for index in files_for_tests(&sources) {
        sources[index].contents.mark_as_test();
    }
    sources
}

impl Source {
    pub fn of(file: &File) -> Self {
        let syntax = syn::parse_file(&file.text)
            .unwrap_or_else(|error| panic!("src/{} is no Rust: {error}", file.path));
        let mut reader = Reader::default();
        reader.visit_file(&syntax);
        let Reader { contents, .. } = reader;
        let lines = file.text.lines().count();
        Self { path: file.path.clone(), lines, syntax, contents }
    }

    /// The first part of its path: the room it lies in.
    pub fn room(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }
}

impl Contents {
    fn mark_as_test(&mut self) {
        let Self { children, imports, mentions, types, modules, functions, .. } = self;
        let names = [children, types, modules, functions];
        names.into_iter().flatten().for_each(|name| name.in_test = true);
        imports.iter_mut().for_each(|import| import.in_test = true);
        mentions.iter_mut().for_each(|mention| mention.in_test = true);
    }
}

#[derive(Default)]
struct Reader {
    contents: Contents,
    in_test: bool,
    /// How many modules with a body the place lies in.
    inline: usize,
}

impl Reader {
    fn declaration(&self, ident: &Ident, whole: &impl Spanned) -> Declaration {
        let first_line = ident.span().start().line;
        let last_line = whole.span().end().line;
        Declaration { name: ident.to_string(), first_line, last_line, in_test: self.in_test }
    }

    /// A path as it would be written outside of the modules with a body.
    fn outside(&self, mut path: Vec<String>) -> Option<Vec<String>> {
        for _ in 0..self.inline {
            match path.first().map(String::as_str) {
                Some("super") => drop(path.remove(0)),
                Some("self") => return None,
                _ => break,
            }
        }
        let inside = self.inline > 0 && path.first().is_some_and(|first| first != "super");
        let absolute = |first: &str| ["crate", "talktest"].contains(&first);
        if inside && !path.first().is_some_and(|first| absolute(first)) {
            path.insert(0, "self".to_owned());
        }
        (!path.is_empty()).then_some(path)
    }

    fn mention(&mut self, path: Vec<String>, line: usize) {
        let Some(path) = self.outside(path) else { return };
        self.contents.mentions.push(Mention { path, line, in_test: self.in_test });
    }

    fn import(&mut self, tree: &UseTree, before: &[String], handed_on: bool) {
        let line = tree.span().start().line;
        let (name, path) = match tree {
            UseTree::Path(path) => {
                let before = [before, &[path.ident.to_string()]].concat();
                return self.import(&path.tree, &before, handed_on);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(tree, before, handed_on));
            }
            UseTree::Name(name) if name.ident == "self" => {
                (before.last().cloned().unwrap_or_default(), before.to_vec())
            }
            UseTree::Name(name) => {
                (name.ident.to_string(), [before, &[name.ident.to_string()]].concat())
            }
            UseTree::Rename(name) => {
                (name.rename.to_string(), [before, &[name.ident.to_string()]].concat())
            }
            UseTree::Glob(_) => ("*".to_owned(), before.to_vec()),
        };
        let Some(path) = self.outside(path) else { return };
        let in_test = self.in_test;
        self.contents.imports.push(Import { name, path, line, handed_on, in_test });
    }

    /// The paths among the words that a macro gets.
    fn macro_paths(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut line, mut colons, mut field) = (0, 0, false);
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if colons == 2 && !path.is_empty() => {
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Ident(ident) => {
                    self.end_of_path(&mut path, line);
                    line = ident.span().start().line;
                    if !field {
                        path.push(ident.to_string());
                    }
                    (colons, field) = (0, false);
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.end_of_path(&mut path, line);
                    self.macro_paths(group.stream());
                    (colons, field) = (0, false);
                }
                other => {
                    self.end_of_path(&mut path, line);
                    field = other.to_string() == ".";
                    colons = 0;
                }
            }
        }
        self.end_of_path(&mut path, line);
    }

    fn end_of_path(&mut self, path: &mut Vec<String>, line: usize) {
        if !path.is_empty() {
            self.mention(std::mem::take(path), line);
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let (ident, attributes) = declared(item);
        let before = self.in_test;
        self.in_test |= is_test(attributes);
        if let Some(ident) = ident.filter(|_| self.inline == 0) {
            self.contents.items.push(ident.to_string());
        }
        match item {
            Item::Struct(_) | Item::Enum(_) | Item::Union(_) | Item::Trait(_) | Item::Type(_) => {
                let name = ident.map(|ident| self.declaration(ident, item));
                self.contents.types.extend(name);
            }
            Item::Mod(module) => {
                let name = self.declaration(&module.ident, item);
                let list = if module.content.is_none() {
                    &mut self.contents.children
                } else {
                    &mut self.contents.modules
                };
                list.push(name);
            }
            Item::Use(import) => {
                let handed_on = !matches!(import.vis, Visibility::Inherited);
                self.import(&import.tree, &[], handed_on);
            }
            _ => {}
        }
        visit::visit_item(self, item);
        self.in_test = before;
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.inline += 1;
        visit::visit_item_mod(self, module);
        self.inline -= 1;
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        let name = self.declaration(&function.sig.ident, function);
        self.contents.functions.push(name);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        let name = self.declaration(&function.sig.ident, function);
        self.contents.functions.push(name);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        let name = self.declaration(&function.sig.ident, function);
        self.contents.functions.push(name);
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let line = path.span().start().line;
        self.mention(path.segments.iter().map(|part| part.ident.to_string()).collect(), line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        self.macro_paths(call.tokens.clone());
    }
}

/// The name and the attributes of what a file or module declares.
fn declared(item: &Item) -> (Option<&Ident>, &[Attribute]) {
    match item {
        Item::Const(item) => (Some(&item.ident), &item.attrs),
        Item::Enum(item) => (Some(&item.ident), &item.attrs),
        Item::Fn(item) => (Some(&item.sig.ident), &item.attrs),
        Item::Impl(item) => (None, &item.attrs),
        Item::Macro(item) => (item.ident.as_ref(), &item.attrs),
        Item::Mod(item) => (Some(&item.ident), &item.attrs),
        Item::Static(item) => (Some(&item.ident), &item.attrs),
        Item::Struct(item) => (Some(&item.ident), &item.attrs),
        Item::Trait(item) => (Some(&item.ident), &item.attrs),
        Item::Type(item) => (Some(&item.ident), &item.attrs),
        Item::Union(item) => (Some(&item.ident), &item.attrs),
        Item::Use(item) => (None, &item.attrs),
        _ => (None, &[]),
    }
}

/// Whether something is there for tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let for_tests = |list: &syn::MetaList| list.tokens.to_string() == "test";
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.meta.require_list().is_ok_and(for_tests)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Contents {
        Source::of(&File { path: "a.rs".to_owned(), text: text.to_owned() }).contents
    }

    fn paths(text: &str) -> Vec<String> {
        read(text).mentions.iter().map(|mention| mention.path.join("::")).collect()
    }

    #[test]
    fn imports_are_taken_apart() {
        let imports = read("pub use a::{self, b::C as D, e::*};\nuse super::F;").imports;
        let told = imports.iter().map(|import| {
            let Import { name, path, line, handed_on, .. } = import;
            (name.as_str(), path.join("::"), *line, *handed_on)
        });
        let expected = [
            ("a", "a".to_owned(), 1, true),
            ("D", "a::b::C".to_owned(), 1, true),
            ("*", "a::e".to_owned(), 1, true),
            ("F", "super::F".to_owned(), 2, false),
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn paths_are_found_in_types_expressions_and_macros() {
        assert_eq!(paths("fn f(_: a::B<c::D>) { e::g() }"), ["a::B", "c::D", "e::g"]);
        assert_eq!(paths("fn f() { m!(a::b(x.y), \"c::d\", z) }"), ["m", "a::b", "x", "z"]);
        assert_eq!(paths("// a::b\nfn f<'a>() {}"), [""; 0]);
    }

    #[test]
    fn paths_out_of_inner_modules_are_those_of_the_file() {
        let text = "mod inner { fn f() { super::a(); super::super::b::c(); crate::d() } }";
        assert_eq!(paths(text), ["self::a", "super::b::c", "crate::d"]);
    }

    #[test]
    fn what_tests_alone_see_is_marked() {
        let contents =
            read("mod a;\n#[cfg(test)]\nmod b;\n#[cfg(test)]\nmod t { fn c() {} }\nfn d() {\n}");
        let marked = |names: &[Declaration]| {
            names.iter().map(|name| (name.name.clone(), name.in_test)).collect::<Vec<_>>()
        };
        assert_eq!(marked(&contents.children), [("a".to_owned(), false), ("b".to_owned(), true)]);
        assert_eq!(marked(&contents.functions), [("c".to_owned(), true), ("d".to_owned(), false)]);
        let last = contents.functions.last().unwrap();
        assert_eq!((last.first_line, last.last_line), (6, 7));
    }
}
