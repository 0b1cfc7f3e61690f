//! One pass over an XML text that hands over the text of every element with the place where it stands.

use quick_xml::events::Event;

use super::events::{ElementContent, EndOfReading, Xml};
use crate::decode::plain_value::PlainValue;
use crate::decode::text::beginning;
use crate::decode::value_taker::ValueTaker;
use crate::decode::{Limits, Problem};

/// Bytes of the name of an element: none that is looked for is longer.
const LONGEST_NAME: usize = 64;

/// Walks to the end, or as far as the text can be read; then it says why. Several outermost elements may
/// follow each other; prefixes of names and attributes are passed over.
pub fn walk(
    text: &str,
    limits: &Limits,
    root: &'static str,
    taker: &mut dyn ValueTaker,
) -> Option<Problem> {
    let xml = Xml::new(text, limits, root);
    let mut walk =
        XmlWalk { xml, limits, place: String::new(), outside: Vec::new(), content: None };
    let stop = walk.walk_on(taker);
    let is_whole = matches!(stop, EndOfReading::Eof) && walk.outside.is_empty();
    let problem = walk.xml.problem(&stop, limits).filter(|_| !is_whole);
    problem.or_else(|| walk.xml.forgiven())
}

struct XmlWalk<'a, 'l> {
    xml: Xml<'a>,
    limits: &'l Limits,
    place: String,
    /// How long the place is outside of each open element.
    outside: Vec<usize>,
    /// The text of the innermost element, if it has nothing but text so far.
    content: Option<ElementContent<'a>>,
}

impl XmlWalk<'_, '_> {
    fn walk_on(&mut self, taker: &mut dyn ValueTaker) -> EndOfReading {
        loop {
            if let Err(stop) = self.step(taker) {
                return stop;
            }
        }
    }

    fn step(&mut self, taker: &mut dyn ValueTaker) -> Result<(), EndOfReading> {
        match self.xml.next()? {
            Event::Start(tag) => {
                self.outside.push(self.place.len());
                if !self.place.is_empty() {
                    self.place.push('/');
                }
                self.place.push_str(beginning(tag.local_name().as_ref(), LONGEST_NAME));
                taker.begin(&self.place);
                self.content = Some(ElementContent::default());
            }
            Event::End(_) => {
                let content = self.content.take();
                let content = content.as_ref().map(ElementContent::trimmed);
                if let Some(text) = content.filter(|text| !text.is_empty()) {
                    taker.value(&self.place, PlainValue::Text(text));
                }
                taker.end(&self.place);
                self.place.truncate(self.outside.pop().unwrap_or_default());
                return self.check(taker);
            }
            piece => {
                if let Some(content) = &mut self.content {
                    content.add(piece);
                }
            }
        }
        Ok(())
    }

    fn check(&self, taker: &dyn ValueTaker) -> Result<(), EndOfReading> {
        let Limits { max_records, max_sessions, .. } = *self.limits;
        let (readings, sessions) = taker.taken();
        if readings > max_records {
            return Err(EndOfReading::TooMany("readings", "max_records", max_records));
        }
        if sessions > max_sessions {
            return Err(EndOfReading::TooMany("sessions", "max_sessions", max_sessions));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::ProblemKind;

    #[derive(Default)]
    struct Recorded(Vec<String>);

    impl ValueTaker for Recorded {
        fn begin(&mut self, place: &str) {
            self.0.push(format!("+{place}"));
        }

        fn value(&mut self, place: &str, value: PlainValue<'_>) {
            self.0.push(format!("{place}={}", value.text().unwrap_or_default()));
        }

        fn end(&mut self, place: &str) {
            self.0.push(format!("-{place}"));
        }

        fn taken(&self) -> (usize, usize) {
            (self.0.len(), 0)
        }
    }

    fn walked(text: &str) -> (String, Option<ProblemKind>) {
        let mut taker = Recorded::default();
        let limits = Limits { max_records: 20, max_depth: 4, ..Limits::default() };
        let problem = walk(text, &limits, "a", &mut taker);
        (taker.0.join(" "), problem.map(|problem| problem.kind))
    }

    #[test]
    fn every_text_comes_with_its_place() {
        let (told, problem) =
            walked("<x:a k='1'> <b>1 &lt; 2</b><c/><d><e> </e></d></x:a>\n<f>3</f>");
        assert_eq!(told, "+a +a/b a/b=1 < 2 -a/b +a/d +a/d/e -a/d/e -a/d -a +f f=3 -f");
        assert_eq!(problem, None);
    }

    #[test]
    fn where_it_ends_early_is_said() {
        for (text, kind) in [
            ("<a><b>1</b>", ProblemKind::Truncated),
            ("<a><b>1</c></a>", ProblemKind::Malformed),
            (&"<a>".repeat(6), ProblemKind::LimitExceeded),
            (&format!("<a>{}", "<b></b>".repeat(20)), ProblemKind::LimitExceeded),
        ] {
            assert_eq!(walked(text).1, Some(kind), "{text}");
        }
    }
}
