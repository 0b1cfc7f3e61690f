//! CONTRIBUTING.md names everything that a newcomer has to touch.

use talktest::audit::CRITERIA;
use talktest::decode::FORMATS;
use talktest::report::OUTPUTS;
use talktest::zones::MODELS;

use crate::assert_none;
use crate::tree::{File, files};

const GUIDE: &str = "CONTRIBUTING.md";

/// What renews the files that are generated or drawn from the code.
const RENEWALS: [&str; 3] = [
    "cargo run --example generate_fixtures ",
    "cargo run -- explain --all > docs/criteria.md ",
    "INSTA_UPDATE=always cargo test --lib --test integration ",
];

fn guide(files: &[File]) -> &str {
    &files.iter().find(|file| file.path == GUIDE).expect(GUIDE).text
}

/// The part of a guide below a heading, up to the next heading.
fn recipe<'a>(guide: &'a str, heading: &str) -> &'a str {
    let below = guide.split_once(&format!("\n### {heading}\n")).map_or("", |(_, below)| below);
    below.split("\n#").next().unwrap_or_default()
}

/// Whether a text has a word, written as an id or as a module.
fn names(text: &str, id: &str) -> bool {
    let has = |word: &str| {
        let joins = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        text.match_indices(word).any(|(at, _)| {
            !text[..at].ends_with(joins) && !text[at + word.len()..].starts_with(joins)
        })
    };
    has(id) || has(&id.replace('-', "_"))
}

/// The files that list all of a kind and that the recipe does not name.
fn untold(guide: &str, heading: &str, ids: &[&str], files: &[File]) -> Vec<String> {
    let recipe = recipe(guide, heading);
    let lists = files.iter().filter(|file| ids.iter().all(|id| names(&file.text, id)));
    let untold = lists.filter(|file| !recipe.contains(&format!("`{}`", file.path)));
    untold
        .map(|file| {
            format!("{} lists all of them; `### {heading}` in {GUIDE} has to name it", file.path)
        })
        .collect()
}

/// Paths in backticks that nothing in the project has.
fn gone(guide: &str, files: &[File]) -> Vec<String> {
    let quoted = guide.split('`').skip(1).step_by(2).filter(|text| !text.contains("my_"));
    let endings = [".rs", ".md", ".toml", "/"];
    let paths = quoted.filter(|text| {
        text.contains('/') && !text.contains(' ') && endings.iter().any(|end| text.ends_with(end))
    });
    let missing = paths.filter(|path| {
        let is_it = |file: &File| {
            if path.ends_with('/') { file.path.starts_with(path) } else { file.path == *path }
        };
        !files.iter().any(is_it)
    });
    missing.map(|path| format!("{GUIDE} names `{path}`, which is not there")).collect()
}

#[test]
fn a_recipe_names_every_file_that_lists_all_of_its_kind() {
    let files = files();
    let kinds: [(&str, Vec<&str>); 4] = [
        ("A criterion", CRITERIA.iter().map(|criterion| criterion.id).collect()),
        ("A format", FORMATS.iter().map(|format| format.id).collect()),
        ("An output", OUTPUTS.iter().map(|output| output.id).collect()),
        ("A model of heart-rate zones", MODELS.iter().map(|model| model.id).collect()),
    ];
    let offences =
        kinds.iter().flat_map(|(heading, ids)| untold(guide(&files), heading, ids, &files));
    assert_none(&offences.collect::<Vec<_>>());
}

#[test]
fn every_path_in_the_guide_is_there() {
    let files = files();
    assert_none(&gone(guide(&files), &files));
}

#[test]
fn the_guide_says_how_everything_drawn_is_renewed() {
    let files = files();
    let unsaid = RENEWALS.iter().filter(|command| !guide(&files).contains(*command));
    let offences = unsaid.map(|command| format!("{GUIDE} does not say `{}`", command.trim()));
    assert_none(&offences.collect::<Vec<_>>());
}

#[test]
fn the_settings_template_names_every_model_of_zones() {
    const TEMPLATE: &str = "src/settings/template.toml";
    let files = files();
    let template = files.iter().find(|file| file.path == TEMPLATE).expect(TEMPLATE);
    let unnamed = MODELS.iter().filter(|model| !template.text.contains(&format!("\"{model}\"")));
    let offences = unnamed.map(|model| format!("{TEMPLATE} does not name `{model}` above [zones]"));
    assert_none(&offences.collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_list_that_is_not_told_is_found() {
        let guide = "# Guide\n\n### A thing\n\n1. `told.rs`\n\n### Another\n\n`untold.rs`\n";
        let files = [
            file("told.rs", "(\"one-way\", two)"),
            file("untold.rs", "one_way, \"two\""),
            file("half.rs", "one-way, twofold"),
        ];
        let offences = untold(guide, "A thing", &["one-way", "two"], &files);
        assert_eq!(offences.len(), 1, "{offences:?}");
        assert!(offences[0].starts_with("untold.rs lists all of them"));
    }

    #[test]
    fn a_path_that_is_gone_is_found() {
        let files = [file("src/a.rs", ""), file("docs/b.md", "")];
        assert!(gone("`src/a.rs`, `docs/`, `src/my_a.rs` and `word`", &files).is_empty());
        assert_eq!(gone("`src/c.rs` and `tests/`", &files).len(), 2);
    }
}
