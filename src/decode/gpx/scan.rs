//! One pass over a file: its track points, and what is left of it without them.

use std::convert::Infallible;

use quick_xml::events::{BytesStart, Event};

use super::names::in_small_letters;
use super::points;
use super::skeleton::MAX_BYTES as MAX_SKELETON;
use crate::decode::text::beginning;
use crate::decode::xml::events::{EndOfReading, Xml, local_name};
use crate::decode::xml::faults::PointFaults;
use crate::decode::xml::point::Point;
use crate::decode::xml::segments::Points;
use crate::decode::{Limits, Problem};

/// What one pass finds.
#[derive(Default)]
pub(super) struct GpxScan {
    /// The points that have a time; a part of the file is a `<trk>`.
    pub(super) points: Points,
    /// The file without its points, extensions, and everything else the model has no use for.
    pub(super) skeleton: String,
    /// Bytes of it that were too many.
    pub(super) skeleton_left_out: usize,
    pub(super) tracks: usize,
    pub(super) seen: GpxContents,
    pub(super) faults: PointFaults,
    /// Why reading stopped before the end.
    pub(super) damage: Option<Problem>,
    /// What was read although it should not stand there.
    pub(super) forgiven: Vec<Problem>,
}

/// How many points of each kind a file has, whatever is wrong with them.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct GpxContents {
    pub(super) track_points: usize,
    pub(super) routes: usize,
    pub(super) waypoints: usize,
}

/// Reads the whole text, or as much of it as can be read.
pub(super) fn scan(text: &str, limits: &Limits) -> GpxScan {
    let mut scanner = GpxScanner::new(text, limits);
    let Err(stop) = scanner.walk();
    scanner.finish(&stop)
}

/// What an element is to this pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GpxElement {
    Root,
    Metadata,
    Track,
    PointSegment,
    Point,
    Route,
    Waypoint,
    /// A text worth keeping.
    DecodedText,
    Other,
}

impl GpxElement {
    fn of(parent: Option<Self>, name: &str) -> Self {
        match (parent, in_small_letters(name)) {
            (None, "gpx") => Self::Root,
            (Some(Self::Root), "metadata") => Self::Metadata,
            (Some(Self::Root), "trk") => Self::Track,
            (Some(Self::Root), "rte") => Self::Route,
            (Some(Self::Root), "wpt") => Self::Waypoint,
            (Some(Self::Root | Self::Metadata | Self::Track), "name" | "desc")
            | (Some(Self::Track), "cmt" | "type") => Self::DecodedText,
            (Some(Self::Root | Self::Track), "trkseg") => Self::PointSegment,
            (Some(Self::Root | Self::Track | Self::PointSegment), "trkpt") => Self::Point,
            _ => Self::Other,
        }
    }

    fn is_in_skeleton(self) -> bool {
        matches!(self, Self::Root | Self::Metadata | Self::Track | Self::DecodedText)
    }
}

struct GpxScanner<'a> {
    xml: Xml<'a>,
    limits: &'a Limits,
    scan: GpxScan,
    /// The open elements with their full names.
    path: Vec<(GpxElement, &'a str)>,
    /// Where the part of the text begins that goes into the skeleton next.
    keep_from: usize,
    /// How many elements were open when the skeleton was left.
    cut_at: Option<usize>,
    /// Where the innermost text began, as long as nothing stands in it.
    empty_text: Option<usize>,
}

impl<'a> GpxScanner<'a> {
    fn new(text: &'a str, limits: &'a Limits) -> Self {
        Self {
            xml: Xml::new(text, limits, "gpx"),
            limits,
            scan: GpxScan::default(),
            path: Vec::new(),
            keep_from: 0,
            cut_at: None,
            empty_text: None,
        }
    }

    fn walk(&mut self) -> Result<Infallible, EndOfReading> {
        loop {
            match self.xml.next()? {
                Event::Start(tag) => self.open(&tag)?,
                Event::Empty(tag) => self.pass(&tag)?,
                Event::End(_) => self.close()?,
                Event::Decl(_) | Event::DocType(_) | Event::PI(_) | Event::Comment(_) => {
                    self.cut(self.xml.at());
                }
                _ => self.empty_text = None,
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'a>) -> Result<(), EndOfReading> {
        let element = self.enter(tag)?;
        let at = self.xml.at();
        if !element.is_in_skeleton() {
            self.leave(at);
        }
        if element == GpxElement::Point {
            return self.point(tag, at);
        }
        self.empty_text = (element == GpxElement::DecodedText).then_some(at);
        let name = at + 1..at + 1 + tag.name().as_ref().len();
        self.path.push((element, self.xml.text().get(name).unwrap_or_default()));
        Ok(())
    }

    fn close(&mut self) -> Result<(), EndOfReading> {
        self.path.pop();
        self.rejoin();
        if let Some(start) = self.empty_text.take() {
            self.cut(start);
        }
        if self.path.is_empty() { Err(EndOfReading::Complete) } else { Ok(()) }
    }

    /// An element without content.
    fn pass(&mut self, tag: &BytesStart<'a>) -> Result<(), EndOfReading> {
        let element = self.enter(tag)?;
        if element == GpxElement::Point {
            let point = points::at(tag, self.xml.at(), &mut self.scan.faults);
            self.take(point, self.xml.at());
        }
        if !element.is_in_skeleton() || element == GpxElement::DecodedText {
            self.cut(self.xml.at());
        }
        if element == GpxElement::Root { Err(EndOfReading::Complete) } else { Ok(()) }
    }

    /// Says what begins here, and counts it.
    fn enter(&mut self, tag: &BytesStart<'a>) -> Result<GpxElement, EndOfReading> {
        let name = tag.name();
        let name = local_name(name.as_ref());
        let parent = self.path.last().map(|(element, _)| *element);
        let element = GpxElement::of(parent, name);
        match element {
            GpxElement::Track => self.scan.tracks += 1,
            GpxElement::Route => self.scan.seen.routes += 1,
            GpxElement::Waypoint => self.scan.seen.waypoints += 1,
            GpxElement::Point if self.scan.seen.track_points == self.limits.max_records => {
                return Err(EndOfReading::TooMany(
                    "track points",
                    "max_records",
                    self.limits.max_records,
                ));
            }
            GpxElement::Point => self.scan.seen.track_points += 1,
            _ if parent.is_none() && element != GpxElement::Root => {
                return Err(EndOfReading::Stranger(name.to_owned()));
            }
            _ => {}
        }
        if matches!(element, GpxElement::Track | GpxElement::PointSegment) {
            self.scan.points.end_segment();
        }
        Ok(element)
    }

    fn point(&mut self, tag: &BytesStart<'a>, at: usize) -> Result<(), EndOfReading> {
        let point = points::at(tag, at, &mut self.scan.faults);
        let point = points::read(point, &mut self.xml, &mut self.scan.faults)?;
        self.take(point, at);
        self.rejoin();
        Ok(())
    }

    fn take(&mut self, point: Point, at: usize) {
        let Self { xml, scan, limits, .. } = self;
        let rest = xml.text().len() - at;
        scan.points.reserve(xml.position() - at, rest, limits);
        scan.points.add(point, scan.tracks.saturating_sub(1), at, &mut scan.faults);
    }

    /// Puts the text up to here into the skeleton.
    fn keep(&mut self, to: usize) {
        if let Some(text) = self.xml.text().get(self.keep_from..to) {
            let room = MAX_SKELETON.saturating_sub(self.scan.skeleton.len());
            let kept = beginning(text, room);
            self.scan.skeleton.push_str(kept);
            self.scan.skeleton_left_out += text.len() - kept.len();
        }
    }

    /// Leaves the skeleton, unless it is left already.
    fn leave(&mut self, at: usize) {
        if self.cut_at.is_none() {
            self.keep(at);
            self.cut_at = Some(self.path.len());
        }
    }

    /// Comes back to the skeleton, if it was left at this depth.
    fn rejoin(&mut self) {
        if self.cut_at == Some(self.path.len()) {
            self.cut_at = None;
            self.keep_from = self.xml.position();
        }
    }

    /// Leaves the text from here to the next event out of the skeleton.
    fn cut(&mut self, from: usize) {
        self.leave(from);
        self.rejoin();
    }

    fn finish(mut self, stop: &EndOfReading) -> GpxScan {
        let complete = matches!(stop, EndOfReading::Complete);
        let end = if complete { self.xml.position() } else { self.xml.at() };
        if self.cut_at.is_none() {
            self.keep(end);
        }
        for (_, name) in self.path.iter().rev().filter(|(element, _)| element.is_in_skeleton()) {
            self.scan.skeleton.extend(["</", name, ">"]);
        }
        self.scan.damage = self.xml.problem(stop, self.limits);
        self.scan.forgiven.extend(self.xml.forgiven());
        self.scan.forgiven.extend(self.xml.remainder().filter(|_| complete));
        self.scan
    }
}
