//! Every form of GPX met in the wild, written by hand, through the whole decoder.

mod faulty;

use super::*;
use crate::activity::{Activity, Gaps, LabelSource, Pause, Position, Record, Sport};
use crate::decode::ProblemKind;
use crate::units::UnixTime;

/// 2021-09-08T06:00:00Z
const START: i64 = 1_631_080_800;

fn try_read(text: &str) -> Result<Decoded, Refusal> {
    assert!((FORMAT.recognises)(text.as_bytes()), "recognised: {text}");
    (FORMAT.decode)(text.as_bytes(), &Limits::default())
}

fn read(text: &str) -> Decoded {
    try_read(text).unwrap_or_else(|refusal| panic!("{refusal}: {text}"))
}

fn read_soundly(text: &str) -> Activity {
    let mut decoded = read(text);
    assert_eq!(decoded.warnings, []);
    assert_eq!(decoded.activities.len(), 1);
    decoded.activities.remove(0)
}

/// A point so many seconds after the start, with this inside.
fn point(second: i64, inside: &str) -> String {
    let time = UnixTime::from_seconds(START + second).date_time().unwrap();
    let time = time.format("%Y-%m-%dT%H:%M:%SZ");
    format!("<trkpt lat=\"45.0\" lon=\"22.5\"><time>{time}</time>{inside}</trkpt>")
}

fn points(seconds: &[i64]) -> String {
    seconds.iter().map(|&second| point(second, "")).collect()
}

fn file(body: &str) -> String {
    format!("<gpx version=\"1.1\" creator=\"Watch 1\">{body}</gpx>")
}

fn track(points: &str) -> String {
    file(&format!("<trk><trkseg>{points}</trkseg></trk>"))
}

fn record(extension: &str) -> Record {
    read_soundly(&track(&point(0, extension))).records[0]
}

fn seconds(activity: &Activity) -> Vec<i64> {
    activity.records.iter().map(|record| record.time.0 / 1000 - START).collect()
}

fn kinds(decoded: &Decoded) -> Vec<ProblemKind> {
    decoded.warnings.iter().map(|warning| warning.kind).collect()
}

#[test]
fn a_whole_file() {
    let activity = read_soundly(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- exported -->\n\
         <gpx version=\"1.1\" creator=\" Watch 1 \" xmlns=\"http://www.topografix.com/GPX/1/1\" \
              xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
              xmlns:tpx=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\">\n\
         <metadata><name>Recovery &amp; coffee</name><desc>about</desc><extensions><hr>9</hr>\
         </extensions></metadata>\n\
         <wpt lat=\"1\" lon=\"2\"><name>Home</name></wpt>\n\
         <trk><name>Morning <![CDATA[<Recovery>]]></name><cmt>slow</cmt><desc>legs</desc>\
         <type>trail_running</type>\n\
         <extensions><average_hr>200</average_hr></extensions><trkseg>\n\
         <trkpt lat=\"45.5\" lon=\"-22.25\"><ele>-5.5</ele><time>2021-09-08T06:00:00Z</time>\
         <extensions><tpx:TrackPointExtension><tpx:atemp>21</tpx:atemp><tpx:hr>130</tpx:hr>\
         <tpx:cad>82</tpx:cad></tpx:TrackPointExtension></extensions></trkpt>\n\
         <trkpt lat=\"45.6\" lon=\"-22.26\"><time>2021-09-08T06:00:01Z</time></trkpt>\n\
         </trkseg></trk></gpx>\n<!-- end -->\n",
    );
    assert_eq!((activity.sport.clone(), activity.sub_sport.0.as_str()), (Sport::Running, "trail"));
    assert_eq!(activity.start, UnixTime::from_seconds(START));
    assert_eq!(activity.end, Some(UnixTime::from_seconds(START + 1)));
    assert_eq!(activity.gaps, Gaps::MayBePauses);
    assert_eq!(activity.device.as_deref(), Some("Watch 1"));
    assert_eq!(activity.utc_offset_s, None);
    assert_eq!(
        activity.records[0],
        Record {
            time: UnixTime::from_seconds(START),
            position: Position::from_degrees(45.5, -22.25),
            altitude_m: Some(-5.5),
            cadence_centi_spm: Some(16_400),
            heart_rate_bpm: Some(130),
            temperature_c: Some(21),
            ..Record::default()
        }
    );
    assert_eq!(activity.records[1].heart_rate_bpm, None);
    let texts: Vec<_> = activity.texts.iter().map(|t| (t.source, t.text.as_str())).collect();
    let expected = [
        (LabelSource::Title, "Morning <Recovery>"),
        (LabelSource::Title, "Recovery & coffee"),
        (LabelSource::Type, "trail_running"),
        (LabelSource::Description, "legs"),
        (LabelSource::Description, "slow"),
        (LabelSource::Description, "about"),
    ];
    assert_eq!(texts, expected);
}

#[test]
fn heart_rate_in_every_form() {
    for extension in [
        "<tpx:TrackPointExtension><tpx:hr>130</tpx:hr></tpx:TrackPointExtension>",
        "<TrackPointExtension><hr>130</hr><hr>99</hr></TrackPointExtension>",
        "<gpxdata:hr>130</gpxdata:hr>",
        "<hr>130</hr>",
        "<heartrate>130</heartrate><ns3:hr>99</ns3:hr>",
        "<a><b><c><hr> 130\n</hr></c></b></a>",
        "<hr>1<!-- split -->30</hr>",
        "<hr><![CDATA[130]]></hr>",
        "<hr>1&#51;0</hr>",
        "<hr>129.5</hr>",
        "<hr>130.49</hr>",
        "<hr/><hr>130</hr>",
        "<hr unit=\"bpm\">130</hr><average_hr>99</average_hr>",
    ] {
        let record = record(&format!("<extensions>{extension}</extensions>"));
        assert_eq!(record.heart_rate_bpm, Some(130), "{extension}");
    }
    assert_eq!(record("<extensions><hr>0</hr></extensions>").heart_rate_bpm, Some(0));
}

#[test]
fn readings_that_say_none_are_none() {
    for none in ["<hr></hr>", "<hr>NaN</hr>", "<hr>-1</hr>", "<hr/>", "<heart>130</heart>"] {
        let record = record(&format!("<ele>NaN</ele><extensions>{none}</extensions>"));
        assert_eq!((record.heart_rate_bpm, record.altitude_m), (None, None), "{none}");
    }
}

#[test]
fn readings_that_cannot_be_are_left_out_and_counted() {
    for nonsense in
        ["<hr>256</hr>", "<hr>1e9</hr>", "<hr>inf</hr>", "<hr>12o</hr>", "<cad>999</cad>"]
    {
        let decoded = read(&track(&point(0, &format!("<extensions>{nonsense}</extensions>"))));
        assert_eq!(kinds(&decoded), [ProblemKind::DroppedRecords], "{nonsense}");
        assert_eq!(decoded.activities[0].records[0].heart_rate_bpm, None);
    }
}

#[test]
fn speed_is_a_child_in_1_0_and_an_extension_later() {
    assert_eq!(record("<speed>2.75</speed>").speed_mm_s, Some(2750));
    let extension = "<extensions><tpx:speed>2.75</tpx:speed></extensions>";
    assert_eq!(record(extension).speed_mm_s, Some(2750));
    assert_eq!(record("<speed>-1</speed>").speed_mm_s, None);
}

#[test]
fn cadence_is_strides_where_the_run_says_so() {
    let cadence = |kind: &str, values: &[&str]| -> Vec<Option<u16>> {
        let inside = |v: &&str| format!("<extensions><cad>{v}</cad></extensions>");
        let points: String = (0..).zip(values).map(|(at, v)| point(at, &inside(v))).collect();
        let text = file(&format!("<trk><type>{kind}</type><trkseg>{points}</trkseg></trk>"));
        read_soundly(&text).records.iter().map(|record| record.cadence_centi_spm).collect()
    };
    let strides = cadence("running", &["0", "0", "0", "82", "130", "83.5"]);
    assert_eq!(strides, [0, 0, 0, 16_400, 26_000, 16_700].map(Some));
    let steps = cadence("running", &["0", "0", "0", "60", "164", "167"]);
    assert_eq!(steps, [0, 0, 0, 6000, 16_400, 16_700].map(Some));
    assert_eq!(cadence("cycling", &["82"]), [Some(8200)]);
    assert_eq!(cadence("running", &["0"]), [Some(0)]);
}

#[test]
fn prefixes_and_namespaces_do_not_matter() {
    let plain = read_soundly(&track(&points(&[0, 1])));
    let prefixed = track(&points(&[0, 1]))
        .replace("</", "</g:")
        .replace('<', "<g:")
        .replace("<g:/g:", "</g:")
        .replace("<g:gpx ", "<g:gpx xmlns:g='http://www.topografix.com/GPX/1/1' ");
    assert_eq!(read_soundly(&prefixed), plain);
    let single = track(&points(&[0, 1])).replace('"', "'").replace(" lat", "\n\tlat");
    assert_eq!(read_soundly(&single), plain);
}

#[test]
fn version_1_0_has_its_texts_at_the_top() {
    let text = "<gpx version='1.0' creator='c'><name>n</name><desc>d</desc><time>x</time><trk>\
                <name>t</name><url>u</url><trkseg>POINTS</trkseg></trk></gpx>";
    let activity = read_soundly(&text.replace("POINTS", &points(&[0])));
    let texts: Vec<_> = activity.texts.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(texts, ["t", "n", "d"]);
}

#[test]
fn encodings() {
    let body = track(&points(&[0])).replace("<trkseg>", "<name>Läufe</name><trkseg>");
    let plain = read_soundly(&body);
    assert_eq!(plain.texts[0].text, "Läufe");
    let declared = |name: &str| format!("   <?xml version=\"1.0\" encoding=\"{name}\"?>{body}");
    let utf16 = |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect();
    let files: [Vec<u8>; 5] = [
        format!("\u{feff}{body}").into_bytes(),
        declared("ISO-8859-1").chars().map(|c| c as u8).collect(),
        declared("windows-1252").chars().map(|c| c as u8).collect(),
        utf16(&format!("\u{feff}{}", declared("UTF-16")), u16::to_le_bytes),
        utf16(&declared("UTF-16"), u16::to_be_bytes),
    ];
    for bytes in files {
        assert!((FORMAT.recognises)(&bytes));
        let decoded = (FORMAT.decode)(&bytes, &Limits::default()).unwrap();
        assert_eq!(decoded.activities.len(), 1);
        assert_eq!(decoded.activities[0], plain);
        assert_eq!(decoded.warnings, []);
    }
    let damaged: Vec<u8> = body.chars().map(|c| c as u8).collect();
    let decoded = (FORMAT.decode)(&damaged, &Limits::default()).unwrap();
    assert_eq!(kinds(&decoded), [ProblemKind::BadText]);
    assert_eq!(decoded.activities[0].texts[0].text, "L\u{fffd}ufe");
}

#[test]
fn the_end_of_a_segment_is_a_pause() {
    let [a, b, c] = [points(&[0, 10]), points(&[70, 80]), points(&[80, 90])];
    let one_track =
        track(&format!("{a}</trkseg><trkseg/><trkseg></trkseg><trkseg>{b}</trkseg><trkseg>{c}"));
    let laps = [a, b, c].map(|points| format!("<trk><trkseg>{points}</trkseg></trk>"));
    for text in [one_track, file(&laps.concat())] {
        let activity = read_soundly(&text);
        let from = UnixTime::from_seconds(START + 10);
        let to = UnixTime::from_seconds(START + 70);
        assert_eq!(activity.pauses, [Pause { from, to }]);
        assert_eq!(seconds(&activity), [0, 10, 70, 80, 80, 90]);
    }
}

#[test]
fn tracks_are_one_activity_only_if_they_can_be() {
    let named = |kind: &str, name: &str, seconds: &[i64]| {
        let points = points(seconds);
        format!("<trk><name>{name}</name><type>{kind}</type><trkseg>{points}</trkseg></trk>")
    };
    let read_both = |first: &str, second: &str| {
        let text = file(&format!("<metadata><name>file</name></metadata>{first}{second}"));
        let decoded = read(&text);
        assert_eq!(decoded.warnings, []);
        decoded.activities
    };
    let first = named("running", "a", &[0, 10]);
    assert_eq!(read_both(&first, &named("Run", "b", &[20])).len(), 1);
    let bare = named("", "b", &[20]);
    assert_eq!(read_both(&first, &bare).len(), 1);
    assert_eq!(read_both(&first, &(bare + &named("cycling", "c", &[30])))[1].texts[0].text, "c");
    let other_sport = read_both(&first, &named("cycling", "b", &[20]));
    let late = read_both(&first, &named("running", "b", &[10 + 6 * 3600]));
    let before = read_both(&first, &named("running", "b", &[-50]));
    for activities in [other_sport, late, before] {
        assert_eq!(activities.len(), 2);
        assert_eq!([activities[0].session, activities[1].session], [0, 1]);
        assert_eq!(activities[1].texts[0].text, "b");
        assert_eq!(activities[1].texts[1].source, LabelSource::Description, "the file's own name");
    }
}

#[test]
fn a_rest_of_six_hours_ends_a_session() {
    let decoded = read(&track(&points(&[0, 6 * 3600 - 1, 12 * 3600, 12 * 3600 + 5])));
    let sessions: Vec<_> = decoded.activities.iter().map(seconds).collect();
    assert_eq!(sessions, [vec![0, 21_599], vec![43_200, 43_205]]);
}

#[test]
fn times_in_another_zone_tell_the_offset() {
    let text = track(&points(&[0])).replace("06:00:00Z", "08:00:00.500+02:00");
    let activity = read_soundly(&text);
    assert_eq!(activity.utc_offset_s, Some(7200));
    assert_eq!(activity.start.0, START * 1000 + 500);
}
