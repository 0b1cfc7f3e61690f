//! Bytes made to hurt the GPX decoder: whatever they are, it answers, soon, and never panics.

use talktest::decode::gpx::FORMAT;
use talktest::decode::{Decoded, Limits, ProblemKind, Refusal};

const SMALL: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE gpx [<!ENTITY e \"x\">]>\
    <gpx version=\"1.1\" creator=\"é\" xmlns:t=\"http://t\"><metadata><name>a &amp; b</name></metadata>\
    <wpt lat=\"1\" lon=\"2\"/><trk><name>R<![CDATA[&]]>&e;&#xe9;</name><type>running</type><trkseg>\
    <trkpt lat=\"45.0\" lon=\"22.5\"><ele>12.5</ele><time>2021-09-08T06:00:00.250Z</time><extensions>\
    <t:TrackPointExtension><t:hr>130</t:hr><t:cad>82</t:cad></t:TrackPointExtension></extensions>\
    </trkpt><!-- c --><trkpt lat='45.1' lon='22.6'><time>2021-09-08T08:00:01+02:00</time><speed>2.5\
    </speed></trkpt></trkseg><trkseg><trkpt lat=\"45\" lon=\"22\"><time>2021-09-08 06:00:09</time>\
    </trkpt></trkseg></trk></gpx>";

fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let _ = (FORMAT.recognises)(bytes);
    let result = (FORMAT.decode)(bytes, &Limits::default());
    if let Ok(decoded) = &result {
        check(decoded);
    }
    result
}

/// What every decoder owes whoever measures.
fn check(decoded: &Decoded) {
    assert!(!decoded.activities.is_empty());
    for activity in &decoded.activities {
        assert!(activity.records.is_sorted_by_key(|record| record.time));
        assert_eq!(activity.records.first().map(|record| record.time), Some(activity.start));
        assert_eq!(activity.records.last().map(|record| record.time), activity.end);
        assert!(activity.pauses.iter().all(|pause| pause.from < pause.to));
        assert!(activity.pauses.is_sorted_by_key(|pause| pause.to));
        let altitudes = activity.records.iter().filter_map(|record| record.altitude_m);
        assert!(altitudes.into_iter().all(f32::is_finite));
    }
}

#[test]
fn the_small_file_is_whole() {
    let decoded = decode(SMALL.as_bytes()).unwrap();
    assert_eq!(decoded.activities[0].records.len(), 3);
}

#[test]
fn every_prefix() {
    for end in 0..SMALL.len() {
        let result = decode(&SMALL.as_bytes()[..end]);
        if let Ok(decoded) = result {
            let kinds: Vec<_> = decoded.warnings.iter().map(|warning| warning.kind).collect();
            assert!(kinds.contains(&ProblemKind::Truncated), "cut at {end}: {kinds:?}");
        }
    }
}

#[test]
fn every_suffix() {
    for start in 0..SMALL.len() {
        let _ = decode(&SMALL.as_bytes()[start..]);
    }
}

#[test]
fn every_change_of_one_byte() {
    let mut bytes = SMALL.as_bytes().to_vec();
    for at in 0..bytes.len() {
        let before = bytes[at];
        for changed in [0, b'<', b'>', b'&', b'"', b'/', b'-', b'9', b' ', 0x80, 0xff, before ^ 1] {
            bytes[at] = changed;
            let _ = decode(&bytes);
        }
        bytes[at] = before;
    }
}

#[test]
fn every_left_out_and_doubled_byte() {
    for at in 0..SMALL.len() {
        let (before, after) = SMALL.as_bytes().split_at(at);
        let _ = decode(&[before, &after[1..]].concat());
        let _ = decode(&[before, &after[..1], after].concat());
    }
}

#[test]
fn every_prefix_in_utf16() {
    let bytes: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for end in 0..bytes.len() {
        let _ = decode(&bytes[..end]);
    }
}

fn refused_as(text: &str) -> ProblemKind {
    match decode(text.as_bytes()) {
        Err(Refusal::Unusable(problem)) => problem.kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nesting_without_end_returns_at_once() {
    let deep = "<a>".repeat(200_000);
    for around in
        ["<gpx>", "<gpx><trk><name>", "<gpx><trk><trkseg><trkpt lat='1' lon='2'><extensions>"]
    {
        assert_eq!(refused_as(&format!("{around}{deep}")), ProblemKind::LimitExceeded);
    }
    let closed = format!("<gpx>{deep}{}</gpx>", "</a>".repeat(200_000));
    assert_eq!(refused_as(&closed), ProblemKind::LimitExceeded);
}

#[test]
fn names_as_long_as_the_file_are_not_repeated() {
    let long = "é".repeat(100_000);
    for text in [format!("<{long}>"), format!("<gpx><trk><{long}></trk></gpx>")] {
        let Err(Refusal::Unusable(problem)) = decode(text.as_bytes()) else { panic!() };
        assert!(problem.detail.len() <= 200, "{}", problem.detail.len());
    }
}

#[test]
fn byte_order_marks_in_odd_places() {
    let marks = "\u{feff}".repeat(3);
    let decoded = decode(format!("{marks}{SMALL}").as_bytes()).unwrap();
    assert_eq!(decoded.activities[0].records.len(), 3);
    for at in SMALL.char_indices().map(|(at, _)| at) {
        let _ = decode(format!("{marks}{}{marks}é{}", &SMALL[..at], &SMALL[at..]).as_bytes());
    }
}

#[test]
fn entities_are_never_expanded() {
    let define = |n: u32| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n + 1).repeat(10));
    let entities: String = (0..12).map(define).collect();
    let text = format!("<!DOCTYPE gpx [{entities}]>{}", SMALL.split_once("]>").unwrap().1);
    let decoded = decode(text.replace("a &amp; b", "&e0;").as_bytes()).unwrap();
    let texts: Vec<_> = decoded.activities[0].texts.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(texts[..2], ["R&&e;é", "&e0;"]);
}

#[test]
fn many_of_anything_take_little() {
    let many = |piece: &str| piece.repeat(200_000);
    for body in [
        many("<trk/>"),
        many("<trk></trk>"),
        many("<trk><type></type></trk>"),
        format!("<trk>{}</trk>", many("<trkseg></trkseg>")),
        format!("<trk><name>{}</name></trk>", many("x&e;")),
        many("<wpt/><!-- c --><?p i?>"),
        many("<trkpt/>"),
        format!("<metadata {}/>", many("a='1' ")),
    ] {
        let _ = decode(format!("<gpx version='1.1'>{body}</gpx>").as_bytes());
    }
    let _ = decode(many("<").as_bytes());
    let _ = decode(many("&").as_bytes());
    let _ = decode(format!("<gpx>{}", many("&")).as_bytes());
    let _ = decode(format!("<gpx>{}", many("<!--")).as_bytes());
    let _ = decode(format!("<!DOCTYPE gpx [{}", many("<!ENTITY ")).as_bytes());
}

#[test]
fn namespaces_and_attributes_without_end() {
    let names: Vec<String> = (0..2000).map(|n| format!("xmlns:a{n}='u' ")).collect();
    let attributes: Vec<String> = (0..80_000).map(|n| format!("a{n}='' ")).collect();
    let body = SMALL.split_once("<gpx").unwrap().1;
    for added in [names.concat(), attributes.concat()] {
        let tracks = "<trk/>".repeat(4000);
        let text = format!("<gpx {added}{body}").replace("</gpx>", &format!("{tracks}</gpx>"));
        assert_eq!(decode(text.as_bytes()).unwrap().activities[0].records.len(), 3);
    }
}

#[test]
fn many_tracks_with_one_point_each() {
    let point = |n: i64| {
        let (minutes, day, month, year) =
            (n % 20 * 72, n / 20 % 28 + 1, n / 560 % 12 + 1, 2010 + n / 6_720);
        let (hour, minute) = (minutes / 60, minutes % 60);
        format!(
            "<trk><trkseg><trkpt lat='1' lon='2'><time>{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z\
                 </time></trkpt></trkseg></trk>"
        )
    };
    let body: String = (0..70_000).map(point).collect();
    let decoded = decode(format!("<gpx version='1.1'>{body}</gpx>").as_bytes()).unwrap();
    // 20 tracks a day on 28 days of 125 months; only in 8 of them, Februaries, no day is left out.
    assert_eq!(decoded.activities.len(), 125 - 8);
    let records: usize = decoded.activities.iter().map(|one| one.records.len()).sum();
    assert_eq!(records, 70_000);
}

#[test]
fn a_clock_that_only_runs_back() {
    let point = |n: i64| {
        let (hour, minute, second) = (n / 3600, n / 60 % 60, n % 60);
        format!(
            "<trkpt lat='1' lon='2'><time>2021-09-08T{hour:02}:{minute:02}:{second:02}Z</time></trkpt>"
        )
    };
    let body: String = (0..80_000).rev().map(point).collect();
    let text = format!("<gpx version='1.1'><trk><trkseg>{body}</trkseg></trk></gpx>");
    let decoded = decode(text.as_bytes()).unwrap();
    let records = &decoded.activities[0].records;
    assert_eq!(records.len(), 80_000, "a file written from its end");
    assert!(records.is_sorted_by_key(|record| record.time));
}
