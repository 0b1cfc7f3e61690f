//! What a file says about itself and its tracks, read from the file without its points.
//!
//! The `gpx` crate knows the format's two versions and reads this part well. The points never go
//! there: it has no heart rate, gives up the whole file at the first oddity, and its time is
//! quadratic in nesting.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::names::in_small_letters;
use crate::decode::xml::events::{ElementContent, MAX_DETAIL, Xml};
use crate::decode::{Limits, Problem, ProblemKind, text};

/// The texts of a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Skeleton {
    pub(super) creator: Option<String>,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) tracks: Vec<TrackTexts>,
}

/// The texts of one track.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct TrackTexts {
    pub(super) name: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) description: Option<String>,
    pub(super) comment: Option<String>,
}

/// What `gpx` is given at most. Its time is a product of elements and namespaces, and no
/// program writes a tenth of either.
const MAX_BYTES_FOR_GPX: usize = 64 << 10;
const MAX_NAMESPACES_FOR_GPX: usize = 100;

/// More text than any program writes about a run; beyond it only the beginning is read.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// Reads the texts; a problem says so where they could not be read as the format demands.
pub(super) fn read(
    skeleton: &str,
    left_out: usize,
    limits: &Limits,
) -> (Skeleton, Option<Problem>) {
    if is_too_much_for_gpx(skeleton) {
        return (leniently(skeleton, limits), too_long(skeleton.len(), left_out));
    }
    match ::gpx::read(skeleton.as_bytes()) {
        Ok(file) => (Skeleton::from(file), None),
        Err(error) => {
            let detail = format!("names and types are read as they stand, because {error}");
            let detail = text::beginning(&detail, MAX_DETAIL);
            let problem = Problem::new(ProblemKind::DroppedMessages, detail);
            (leniently(skeleton, limits), Some(problem))
        }
    }
}

fn is_too_much_for_gpx(skeleton: &str) -> bool {
    skeleton.len() > MAX_BYTES_FOR_GPX
        || skeleton.matches("xmlns").nth(MAX_NAMESPACES_FOR_GPX).is_some()
}

fn too_long(read: usize, left_out: usize) -> Option<Problem> {
    let bytes = read + left_out;
    let detail = format!("of {bytes} bytes of names and descriptions {read} were read");
    (left_out > 0).then(|| Problem::new(ProblemKind::LimitExceeded, detail))
}

impl From<::gpx::Gpx> for Skeleton {
    fn from(file: ::gpx::Gpx) -> Self {
        let metadata = file.metadata.unwrap_or_default();
        Self {
            creator: file.creator,
            name: metadata.name,
            description: metadata.description,
            tracks: file.tracks.into_iter().map(TrackTexts::from).collect(),
        }
    }
}

impl From<::gpx::Track> for TrackTexts {
    fn from(track: ::gpx::Track) -> Self {
        let ::gpx::Track { name, type_: kind, description, comment, .. } = track;
        Self { name, kind, description, comment }
    }
}

/// The texts as they stand, whatever the version and whatever is missing around them.
fn leniently(text: &str, limits: &Limits) -> Skeleton {
    let mut skeleton = Skeleton::default();
    let mut xml = Xml::new(text, limits, "gpx");
    let mut content = ElementContent::default();
    let mut in_track = false;
    while let Ok(event) = xml.next() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name();
                let name = in_small_letters(name.as_ref());
                match name {
                    "gpx" => skeleton.creator = creator(&tag),
                    "trk" => skeleton.tracks.push(TrackTexts::default()),
                    _ => {}
                }
                in_track |= name == "trk";
                content = ElementContent::default();
            }
            Event::End(tag) => {
                let name = tag.local_name();
                let name = in_small_letters(name.as_ref());
                in_track &= name != "trk";
                if let Some(slot) = skeleton.slot(name, in_track) {
                    *slot = Some(content.trimmed().to_owned());
                }
            }
            piece => content.add(piece),
        }
    }
    skeleton
}

impl Skeleton {
    fn slot(&mut self, name: &str, in_track: bool) -> Option<&mut Option<String>> {
        let track = self.tracks.last_mut().filter(|_| in_track);
        match (name, track) {
            ("name", None) => Some(&mut self.name),
            ("desc", None) => Some(&mut self.description),
            ("name", Some(track)) => Some(&mut track.name),
            ("desc", Some(track)) => Some(&mut track.description),
            ("type", Some(track)) => Some(&mut track.kind),
            ("cmt", Some(track)) => Some(&mut track.comment),
            _ => None,
        }
    }
}

fn creator(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let attribute =
        attributes.find(|attribute| in_small_letters(attribute.key.as_ref()) == "creator")?;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| attribute.value.to_string(), String::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> Skeleton {
        let limits = Limits::default();
        let (skeleton, problem) = read(text, 0, &limits);
        assert_eq!(problem, None);
        assert_eq!(leniently(text, &limits), skeleton, "the two readers agree");
        skeleton
    }

    #[test]
    fn both_readers_find_the_same_texts() {
        let skeleton = both(
            "<g:gpx xmlns:g='http://www.topografix.com/GPX/1/1' version='1.1' creator='A &amp; B'>\
             <g:metadata><g:name>file</g:name><g:desc>about</g:desc></g:metadata>\
             <g:trk><g:name>Tom &amp; &#x54;im</g:name><g:type>running</g:type>\
             <g:cmt>c</g:cmt><g:desc><![CDATA[<b>]]></g:desc></g:trk><g:trk></g:trk></g:gpx>",
        );
        assert_eq!(skeleton.creator.as_deref(), Some("A & B"));
        assert_eq!(skeleton.name.as_deref(), Some("file"));
        assert_eq!(skeleton.description.as_deref(), Some("about"));
        assert_eq!(skeleton.tracks[0].name.as_deref(), Some("Tom & Tim"));
        assert_eq!(skeleton.tracks[0].kind.as_deref(), Some("running"));
        assert_eq!(skeleton.tracks[0].comment.as_deref(), Some("c"));
        assert_eq!(skeleton.tracks[0].description.as_deref(), Some("<b>"));
        assert_eq!(skeleton.tracks[1], TrackTexts::default());
    }

    #[test]
    fn version_1_0_has_its_name_at_the_top() {
        let skeleton = both("<gpx version='1.0'><name>n</name><desc>d</desc><trk/></gpx>");
        assert_eq!((skeleton.name.as_deref(), skeleton.tracks.len()), (Some("n"), 1));
    }

    #[test]
    fn what_gpx_refuses_is_read_as_it_stands() {
        let text = "<gpx version='9' creator='c'><trk><name>&bomb;</name></trk></gpx>";
        let (skeleton, problem) = read(text, 0, &Limits::default());
        assert_eq!(problem.unwrap().kind, ProblemKind::DroppedMessages);
        assert_eq!(skeleton.creator.as_deref(), Some("c"));
        assert_eq!(skeleton.tracks[0].name.as_deref(), Some("&bomb;"));
    }

    #[test]
    fn long_texts_are_read_whole() {
        let long = "é".repeat(MAX_BYTES_FOR_GPX);
        let text = format!("<gpx version='1.1'><trk><desc>{long}</desc></trk></gpx>");
        let (skeleton, problem) = read(&text, 0, &Limits::default());
        assert_eq!(problem, None);
        assert_eq!(skeleton.tracks[0].description.as_deref(), Some(&*long));
    }

    #[test]
    fn too_much_text_is_cut() {
        let text = format!("<gpx version='1.1'><trk><name>a</name><desc>{}", "é".repeat(MAX_BYTES));
        let (skeleton, problem) = read(&text, 1, &Limits::default());
        assert_eq!(problem.unwrap().kind, ProblemKind::LimitExceeded);
        assert_eq!(skeleton.tracks[0].name.as_deref(), Some("a"));
    }
}
