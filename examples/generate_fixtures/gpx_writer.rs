//! GPX 1.1 with heart rate, cadence and temperature in Garmin's track-point extension.

use std::fmt::Write as _;

use chrono::DateTime;

use super::run::{Sample, Track};

/// How a GPX file is laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout<'a> {
    /// The title of the activity.
    pub(crate) name: &'a str,
    /// What one level of nesting is indented by.
    pub(crate) indent: &'a str,
    /// Whether every point carries the extension.
    pub(crate) extension: bool,
    /// The air temperature in the extension, in degrees Celsius.
    pub(crate) temperature: Option<i8>,
}

/// The samples of a recording as one track of one segment; a sample is left out where `keep`
/// says so.
pub(crate) fn gpx_file(
    track: &Track,
    layout: &Layout<'_>,
    keep: impl Fn(&Sample) -> bool,
) -> String {
    let mut lines = Lines { text: String::new(), indent: layout.indent };
    lines.put(0, r#"<?xml version="1.0" encoding="UTF-8"?>"#);
    lines.put(0, ROOT);
    lines.put(1, "<metadata>");
    lines.put(2, &element("time", &time(track.start)));
    lines.put(1, "</metadata>");
    lines.put(1, "<trk>");
    lines.put(2, &element("name", layout.name));
    lines.put(2, &element("type", "running"));
    lines.put(2, "<trkseg>");
    for sample in track.samples.iter().filter(|sample| keep(sample)) {
        lines.point(track.start, sample, layout);
    }
    lines.put(2, "</trkseg>");
    lines.put(1, "</trk>");
    lines.put(0, "</gpx>");
    lines.text
}

const ROOT: &str = concat!(
    r#"<gpx version="1.1" creator="talktest fixtures""#,
    r#" xmlns="http://www.topografix.com/GPX/1/1""#,
    r#" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">"#,
);

/// The text being written, line by line.
struct Lines<'a> {
    text: String,
    indent: &'a str,
}

impl Lines<'_> {
    fn put(&mut self, depth: usize, line: &str) {
        (0..depth).for_each(|_| self.text.push_str(self.indent));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn point(&mut self, start: i64, sample: &Sample, layout: &Layout<'_>) {
        let (north, east) = sample.position;
        self.put(3, &format!(r#"<trkpt lat="{north:.7}" lon="{east:.7}">"#));
        self.put(4, &element("ele", &format!("{:.1}", sample.altitude)));
        self.put(4, &element("time", &time(start + i64::from(sample.second))));
        if layout.extension {
            self.put(4, "<extensions>");
            self.put(5, "<gpxtpx:TrackPointExtension>");
            self.readings(sample, layout.temperature);
            self.put(5, "</gpxtpx:TrackPointExtension>");
            self.put(4, "</extensions>");
        }
        self.put(3, "</trkpt>");
    }

    fn readings(&mut self, sample: &Sample, temperature: Option<i8>) {
        if let Some(degrees) = temperature {
            self.put(6, &element("gpxtpx:atemp", &degrees.to_string()));
        }
        if let Some(beats) = sample.heart_rate {
            self.put(6, &element("gpxtpx:hr", &beats.to_string()));
        }
        // GPX counts strides of one foot, as FIT does.
        self.put(6, &element("gpxtpx:cad", &(sample.steps / 2).to_string()));
    }
}

fn element(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>")
}

/// A moment as XML writes it; beyond the calendar there is none.
fn time(unix: i64) -> String {
    let mut text = String::new();
    if let Some(moment) = DateTime::from_timestamp(unix, 0) {
        let _ = write!(text, "{}", moment.format("%Y-%m-%dT%H:%M:%SZ"));
    }
    text
}
