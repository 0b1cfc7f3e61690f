//! Style and script of the pages, and the policy that lets nothing else in.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What a kind of page is drawn and helped with.
pub(super) struct Assets {
    /// Its style.
    pub(super) style: String,
    /// Its script.
    pub(super) script: String,
    /// Its policy: nothing is loaded, nothing is sent, and only the style and script that are part
    /// of the page are obeyed.
    pub(super) policy: String,
}

/// Pages of runs: the reading line, and sliders.
pub(super) static RUN: LazyLock<Assets> = LazyLock::new(|| {
    Assets::of(
        concat!(include_str!("assets/base.css"), include_str!("assets/run.css")),
        concat!(include_str!("assets/slider.js"), include_str!("assets/reading.js")),
    )
});

/// Pages of seasons: sorting, filtering, and a slider.
pub(super) static INDEX: LazyLock<Assets> = LazyLock::new(|| {
    Assets::of(
        concat!(include_str!("assets/base.css"), include_str!("assets/index.css")),
        concat!(include_str!("assets/slider.js"), include_str!("assets/list.js")),
    )
});

/// The policies of the pages: a page that shows them has to allow what they allow.
pub fn policies() -> [&'static str; 2] {
    [&RUN.policy, &INDEX.policy]
}

impl Assets {
    fn of(style: &str, script: &str) -> Self {
        let (style, script) = (packed(style), packed_script(script));
        let policy = format!(
            "default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            hash(&style),
            hash(&script)
        );
        Self { style, script, policy }
    }
}

/// A script without its comments and the blanks that only people need: every page carries it. Only
/// its texts hold blanks that count, for it has neither templates nor regular expressions.
fn packed_script(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.map(|line| without_blanks(line) + "\n").collect()
}

fn without_blanks(line: &str) -> String {
    let (mut packed, mut quote, mut escaped) = (String::new(), None, false);
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        let around = packed.chars().next_back().zip(letters.peek().copied());
        if c == ' ' && quote.is_none() && !around.is_some_and(needs_blank) {
            continue;
        }
        packed.push(c);
        match quote {
            None => quote = matches!(c, '"' | '\'').then_some(c),
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
        }
    }
    packed
}

/// Two names would become one, and two signs another one.
fn needs_blank((before, behind): (char, char)) -> bool {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    (is_of_name(before) && is_of_name(behind)) || (before == behind && matches!(before, '+' | '-'))
}

/// A text without its indentation.
fn unindented(text: &str) -> String {
    text.lines().map(|line| line.trim_start().to_owned() + "\n").collect()
}

/// A style without the blanks that only people need.
fn packed(style: &str) -> String {
    let spare =
        [("{ ", "{"), (" {", "{"), (" }", "}"), ("; ", ";"), (": ", ":"), (", ", ","), (";}", "}")];
    let packed = unindented(style).replace("}\n", "}").replace('\n', " ");
    let packed = spare.iter().fold(packed, |text, (long, short)| text.replace(long, short));
    with_short_names(&packed)
}

/// A style with numbers for its own properties, which nothing outside of it uses.
fn with_short_names(style: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let mut pieces = style.split("--");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let (name, behind) = piece.split_at(piece.find(|c| !goes_on(c)).unwrap_or(piece.len()));
        let place = known.iter().position(|other| *other == name).unwrap_or(known.len());
        if place == known.len() {
            known.push(name);
        }
        text.extend(["--", &format!("{place:x}"), behind]);
    }
    text
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_standard() {
        // SHA-256 of "abc", FIPS 180-2 appendix B.1: ba7816bf 8f01cfea …
        assert_eq!(hash("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    #[test]
    fn a_style_is_packed_and_means_the_same() {
        let style = ":root {\n  --ink: #111; --ink-dim: #555;\n}\na,\nb { color: var(--ink); }\n.c { --ink: 0 }\n";
        assert_eq!(packed(style), ":root{--0:#111;--1:#555}a,b{color:var(--0)}.c{--0:0}");
    }

    #[test]
    fn a_script_is_packed_and_means_the_same() {
        let script = "// Why.\n  const a = (b) => {\n    return b ? \"x : \\\" y\" + 'it is' : a - -b;\n  };\n";
        let packed = "const a=(b)=>{\nreturn b?\"x : \\\" y\"+'it is':a- -b;\n};\n";
        assert_eq!(packed_script(script), packed);
        for script in [&RUN.script, &INDEX.script] {
            assert!(!script.contains('`') && !script.contains("(/"), "a template or an expression");
        }
    }

    #[test]
    fn neither_can_close_its_element() {
        for text in [&RUN.style, &RUN.script, &INDEX.style, &INDEX.script] {
            assert!(!text.contains("</"));
            assert!(!text.contains("http"), "nothing is fetched");
        }
    }
}
