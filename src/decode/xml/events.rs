//! The events of an XML text with their places, bounded in depth; where reading stops, why.

use std::borrow::Cow;

use quick_xml::errors::Error;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use quick_xml::reader::Reader;

use crate::decode::text::{beginning, line_at, trimmed};
use crate::decode::{Limits, Problem, ProblemKind};

/// A forward reader over one text.
pub struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    at: usize,
    depth: usize,
    max_depth: usize,
    root: &'static str,
    bare_ampersand: Option<usize>,
}

/// Why no further event comes.
#[derive(Debug)]
pub enum EndOfReading {
    /// The text ended, or was told to end, where it should.
    Complete,
    /// The text ended too early.
    Eof,
    /// The outermost element is another one.
    Stranger(String),
    /// Elements nested deeper than the limit.
    TooDeep,
    /// More of these than this limit.
    TooMany(&'static str, &'static str, usize),
    /// Not XML from here on.
    Broken(Error),
}

impl<'a> Xml<'a> {
    /// Reads a text whose outermost element has to be this one.
    pub fn new(text: &'a str, limits: &Limits, root: &'static str) -> Self {
        let mut reader = Reader::from_str(text);
        // Titles with a bare "&" are common in hand-made exports; they are read and told of.
        reader.config_mut().allow_dangling_amp = true;
        let max_depth = limits.max_depth;
        Self { text, reader, at: 0, depth: 0, max_depth, root, bare_ampersand: None }
    }

    /// The outermost element, which just began, is this one after all.
    pub fn expect_root(&mut self, root: &'static str) {
        self.root = root;
    }

    /// The next event; an element counts into [`depth`](Self::depth) from its start tag on, its
    /// end tag excluded.
    pub fn next(&mut self) -> Result<Event<'a>, EndOfReading> {
        self.at = self.position();
        let event = self.reader.read_event().map_err(EndOfReading::Broken)?;
        self.count(event)
    }

    /// The next event where blanks between elements mean nothing: they make none.
    pub fn next_past_blanks(&mut self) -> Result<Event<'a>, EndOfReading> {
        let here = self.position();
        self.at = here + leading_blanks(&self.text.as_bytes()[here..]);
        self.reader.config_mut().trim_text_start = true;
        let event = self.reader.read_event().map_err(EndOfReading::Broken);
        self.reader.config_mut().trim_text_start = false;
        self.count(event?)
    }

    fn count(&mut self, event: Event<'a>) -> Result<Event<'a>, EndOfReading> {
        match &event {
            Event::Start(_) if self.depth == self.max_depth => return Err(EndOfReading::TooDeep),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth -= 1,
            Event::Text(text) if text.starts_with('&') => {
                self.bare_ampersand.get_or_insert(self.at);
            }
            Event::Eof => return Err(EndOfReading::Eof),
            _ => {}
        }
        Ok(event)
    }

    /// Where the last event began.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Where the next event begins.
    pub fn position(&self) -> usize {
        self.reader.buffer_position() as usize
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The problem behind a stop; `None` where nothing is wrong.
    pub fn problem(&self, stop: &EndOfReading, limits: &Limits) -> Option<Problem> {
        let root = self.root;
        let (kind, detail) = match stop {
            EndOfReading::Complete => return None,
            EndOfReading::Eof => {
                (ProblemKind::Truncated, format!("the file ends before </{root}>"))
            }
            EndOfReading::Stranger(name) => {
                let detail = format!("the outermost element is <{name}>, not <{root}>");
                (ProblemKind::Malformed, detail)
            }
            EndOfReading::TooDeep => {
                let detail = format!("elements nested deeper than max_depth {}", limits.max_depth);
                (ProblemKind::LimitExceeded, detail)
            }
            EndOfReading::TooMany(what, limit, most) => {
                let detail = format!("more {what} than {limit} {most}");
                (ProblemKind::LimitExceeded, detail)
            }
            EndOfReading::Broken(error) => (self.damage_kind(error), error.to_string()),
        };
        let at = match stop {
            EndOfReading::Broken(_) => self.reader.error_position() as usize,
            _ => self.at,
        };
        let detail = beginning(&detail, MAX_DETAIL);
        Some(Problem::at(line_at(self.text, at), kind, detail))
    }

    /// A tag or comment without end is a cut only where the file's own end is missing too;
    /// else a quote was lost on the way.
    fn damage_kind(&self, error: &Error) -> ProblemKind {
        let closed = self.text.trim_end().strip_suffix('>');
        let closed = closed.is_some_and(|text| text.ends_with(self.root));
        match error {
            Error::Syntax(_) if !closed => ProblemKind::Truncated,
            _ => ProblemKind::Malformed,
        }
    }

    /// What was read although it is not XML.
    pub fn forgiven(&self) -> Option<Problem> {
        let place = line_at(self.text, self.bare_ampersand?);
        Some(Problem::at(place, ProblemKind::Irregular, "a bare & stands in the text"))
    }

    /// What stands behind the outermost element, if it is more than blanks and comments.
    pub fn remainder(&self) -> Option<Problem> {
        let end = self.position();
        let rest = self.text.get(end..).unwrap_or_default().trim_start();
        let harmless = rest.is_empty() || rest.starts_with("<!--") || rest.starts_with("<?");
        (!harmless).then(|| {
            let detail = format!("{} bytes behind </{}> were not read", rest.len(), self.root);
            let place = line_at(self.text, self.text.len() - rest.len());
            Problem::at(place, ProblemKind::TrailingBytes, detail)
        })
    }
}

/// How many blanks of XML these bytes begin with: a new line and its indentation, eight spaces at a step.
fn leading_blanks(text: &[u8]) -> usize {
    let line_break = usize::from(text.first() == Some(&b'\n'));
    let (eights, _) = text[line_break..].as_chunks::<8>();
    let eights = eights.iter().take_while(|eight| **eight == [b' '; 8]).count();
    let counted = line_break + 8 * eights;
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    counted + text[counted..].iter().take_while(is_blank).count()
}

/// The name behind its prefix.
pub fn local_name(name: &str) -> &str {
    // Names are so short that a loop is quicker than a search for a character.
    name.bytes().position(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Bytes of a message that quotes a file: names of elements may be as long as the file.
pub const MAX_DETAIL: usize = 200;

/// Bytes from which on no further piece of a content is put together: beyond any text that is used.
const MAX_CONTENT: usize = 64 << 10;

/// The content of an element, put together from its pieces; borrowed where there is only one.
#[derive(Default)]
pub struct ElementContent<'a>(Cow<'a, str>);

impl<'a> ElementContent<'a> {
    /// Adds a piece, if this event is one.
    pub fn add(&mut self, event: Event<'a>) {
        match event {
            Event::Text(text) => self.push(text.into_inner()),
            Event::CData(text) => self.push(text.into_inner()),
            Event::GeneralRef(reference) => self.push(Cow::Owned(resolve(&reference))),
            _ => {}
        }
    }

    fn push(&mut self, piece: Cow<'a, str>) {
        if self.0.len() >= MAX_CONTENT {
            return;
        }
        if self.0.is_empty() {
            self.0 = piece;
        } else {
            self.0.to_mut().push_str(&piece);
        }
    }

    /// The text without blanks around it.
    pub fn trimmed(&self) -> &str {
        trimmed(&self.0)
    }
}

/// Character references and the five entities that XML itself defines. Entities that a file
/// defines are never expanded: they stay as they are spelt.
fn resolve(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => resolve_predefined_entity(reference)
            .map_or_else(|| format!("&{};", &**reference), str::to_owned),
    }
}
