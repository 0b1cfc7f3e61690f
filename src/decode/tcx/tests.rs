//! Every form of TCX met in the wild, written by hand, through the whole decoder.

mod faulty;
mod laps;
mod readings;

use super::*;
use crate::activity::{Activity, AltitudeSource, Gaps, LabelSource, Position, Record, Sport};
use crate::decode::ProblemKind;
use crate::units::{Metres, Seconds, UnixTime};

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

/// So many seconds after the start, as the format writes it.
fn time(second: i64) -> String {
    let time = UnixTime::from_seconds(START + second).date_time().unwrap();
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A point so many seconds after the start, with this inside.
fn point(second: i64, inside: &str) -> String {
    format!("<Trackpoint><Time>{}</Time>{inside}</Trackpoint>", time(second))
}

/// Points with a heart rate, so that none is empty.
fn points(seconds: &[i64]) -> String {
    let heart_rate = "<HeartRateBpm><Value>120</Value></HeartRateBpm>";
    seconds.iter().map(|&second| point(second, heart_rate)).collect()
}

/// A lap that says when it began and how long its timer ran.
fn lap(start: i64, timer_s: f64, inside: &str) -> String {
    let (start, timer) = (time(start), element("TotalTimeSeconds", &timer_s.to_string()));
    format!("<Lap StartTime=\"{start}\">{timer}{inside}</Lap>")
}

fn element(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>")
}

fn running(inside: &str) -> String {
    format!("<Activity Sport=\"Running\">{inside}</Activity>")
}

fn file(activities: &str) -> String {
    element(ROOT, &element("Activities", activities))
}

/// A file of one running activity of one lap of one track.
fn track(points: &str) -> String {
    file(&running(&element("Lap", &element("Track", points))))
}

fn record(inside: &str) -> Record {
    read_soundly(&track(&point(0, inside))).records[0]
}

fn seconds(activity: &Activity) -> Vec<i64> {
    activity.records.iter().map(|record| record.time.0 / 1000 - START).collect()
}

fn kinds(decoded: &Decoded) -> Vec<ProblemKind> {
    decoded.warnings.iter().map(|warning| warning.kind).collect()
}

const WHOLE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- exported -->
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
  <Folders><History><Running Name="Running"/></History></Folders>
  <Activities>
    <Activity Sport="Running">
      <Id>2021-09-08T06:00:00.000Z</Id>
      <Lap StartTime="2021-09-08T06:00:00.000Z">
        <TotalTimeSeconds>61.5</TotalTimeSeconds>
        <DistanceMeters>150.25</DistanceMeters>
        <MaximumSpeed>2.9</MaximumSpeed>
        <Calories>12</Calories>
        <AverageHeartRateBpm><Value>131</Value></AverageHeartRateBpm>
        <MaximumHeartRateBpm><Value>140</Value></MaximumHeartRateBpm>
        <Intensity>Active</Intensity>
        <Cadence>81</Cadence>
        <TriggerMethod>Manual</TriggerMethod>
        <Track>
          <Trackpoint>
            <Time>2021-09-08T06:00:01.250Z</Time>
            <Position>
              <LatitudeDegrees>45.5</LatitudeDegrees>
              <LongitudeDegrees>-22.25</LongitudeDegrees>
            </Position>
            <AltitudeMeters>-5.5</AltitudeMeters>
            <DistanceMeters>2.5</DistanceMeters>
            <HeartRateBpm xsi:type="HeartRateInBeatsPerMinute_t"><Value>130</Value></HeartRateBpm>
            <SensorState>Present</SensorState>
            <Extensions>
              <ns3:TPX CadenceSensor="Footpod">
                <ns3:Speed>2.75</ns3:Speed>
                <ns3:RunCadence>82</ns3:RunCadence>
                <ns3:Watts>230</ns3:Watts>
              </ns3:TPX>
            </Extensions>
          </Trackpoint>
          <Trackpoint>
            <Time>2021-09-08T06:01:01Z</Time>
            <DistanceMeters>150.0</DistanceMeters>
          </Trackpoint>
        </Track>
        <Notes>slowly</Notes>
        <Extensions><ns3:LX><ns3:AvgSpeed>2.44</ns3:AvgSpeed></ns3:LX></Extensions>
      </Lap>
      <Notes>Coffee &amp; <![CDATA[<legs>]]></Notes>
      <Training VirtualPartner="false">
        <Plan Type="Workout" IntervalWorkout="false"><Name>Recovery Run</Name><Extensions/></Plan>
      </Training>
      <Creator xsi:type="Device_t"><Name> Watch 1 </Name><UnitId>1</UnitId></Creator>
    </Activity>
  </Activities>
  <Author xsi:type="Application_t"><Name>App</Name></Author>
</TrainingCenterDatabase>
<!-- end -->
"#;

#[test]
fn a_whole_file() {
    let activity = read_soundly(WHOLE);
    assert_eq!(activity.sport, Sport::Running);
    assert_eq!(activity.sub_sport.0, "generic");
    assert_eq!(activity.start, UnixTime::from_seconds(START), "the lap's, not the first point's");
    assert_eq!(activity.end, Some(UnixTime::from_seconds(START + 61)));
    assert_eq!((activity.gaps, activity.pauses), (Gaps::MayBePauses, vec![]));
    assert_eq!(activity.device.as_deref(), Some("Watch 1"));
    assert_eq!(activity.altitude_source, AltitudeSource::Satellite);
    assert_eq!(activity.utc_offset_s, None);
    assert_eq!(
        activity.records[0],
        Record {
            time: UnixTime(START * 1000 + 1250),
            position: Position::from_degrees(45.5, -22.25),
            distance_cm: Some(250),
            altitude_m: Some(-5.5),
            speed_mm_s: Some(2750),
            cadence_centi_spm: Some(16_400),
            heart_rate_bpm: Some(130),
            ..Record::default()
        }
    );
    assert_eq!(activity.records[1].heart_rate_bpm, None);
    let stated = activity.stated;
    assert_eq!(stated.timer, Seconds::new(61.5));
    assert_eq!(stated.distance, Metres::new(150.25));
    assert_eq!((stated.mean_heart_rate_bpm, stated.max_heart_rate_bpm), (Some(131), Some(140)));
    let texts: Vec<_> = activity.texts.iter().map(|t| (t.source, t.text.as_str())).collect();
    let expected = [
        (LabelSource::Workout, "Recovery Run"),
        (LabelSource::Description, "Coffee & <legs>"),
        (LabelSource::Description, "slowly"),
    ];
    assert_eq!(texts, expected);
}

#[test]
fn prefixes_and_namespaces_do_not_matter() {
    let plain = read_soundly(&track(&points(&[0, 1])));
    let prefixed =
        track(&points(&[0, 1])).replace("</", "</g:").replace('<', "<g:").replace("<g:/g:", "</g:");
    assert_eq!(read_soundly(&prefixed), plain, "even a prefix that nobody declares");
    let single = track(&points(&[0, 1])).replace('"', "'").replace(" Sport", "\n\tg:Sport");
    assert_eq!(read_soundly(&single), plain);
}

#[test]
fn encodings() {
    let body = track(&points(&[0])).replace("<Lap>", "<Notes>Läufe</Notes><Lap>");
    let plain = read_soundly(&body);
    assert_eq!(plain.texts[0].text, "Läufe");
    let declared = |name: &str| format!("   <?xml version=\"1.0\" encoding=\"{name}\"?>{body}");
    let utf16 = |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect();
    let files: [Vec<u8>; 5] = [
        format!("          {body}").into_bytes(),
        format!("\u{feff}{body}").into_bytes(),
        declared("ISO-8859-1").chars().map(|c| c as u8).collect(),
        utf16(&format!("\u{feff}{}", declared("UTF-16")), u16::to_le_bytes),
        utf16(&declared("UTF-16"), u16::to_be_bytes),
    ];
    for bytes in files {
        assert!((FORMAT.recognises)(&bytes));
        let decoded = (FORMAT.decode)(&bytes, &Limits::default()).unwrap();
        assert_eq!((decoded.activities, decoded.warnings), (vec![plain.clone()], vec![]));
    }
}

#[test]
fn sports() {
    for (word, sport, texts) in [
        ("Running", "running", 0),
        ("Biking", "cycling", 0),
        ("Other", "unspecified", 0),
        ("Walking", "walking", 1),
        ("Trail Running", "running", 1),
        ("", "unspecified", 0),
    ] {
        let text = track(&points(&[0])).replace("\"Running\"", &format!("\"{word}\""));
        let activity = read_soundly(&text);
        assert_eq!((activity.sport.name(), activity.texts.len()), (sport, texts), "{word}");
    }
    let bare = track(&points(&[0])).replace(" Sport=\"Running\"", "");
    assert_eq!(read_soundly(&bare).sport, Sport::Unspecified);
}

#[test]
fn notes_of_one_lap_of_several_say_nothing_about_the_run() {
    let noted = |notes: &str, second: i64| {
        element("Lap", &(element("Track", &points(&[second])) + &element("Notes", notes)))
    };
    let one = read_soundly(&file(&running(&noted("Recovery", 0))));
    assert_eq!(one.texts[0].text, "Recovery");
    let two = noted("Recovery", 0) + &noted("400 m", 60);
    assert_eq!(read_soundly(&file(&running(&two))).texts, []);
}

#[test]
fn each_activity_is_one_by_itself() {
    let of = |sport: &str, second: i64| {
        let inside = element("Lap", &element("Track", &points(&[second, second + 5])));
        format!("<Activity Sport=\"{sport}\">{inside}<Notes>{sport}</Notes></Activity>")
    };
    let later_first = of("Running", 500) + &of("Biking", 0) + &of("Running", 10);
    let decoded = read(&file(&later_first));
    assert_eq!(decoded.warnings, []);
    let told: Vec<_> = decoded.activities.iter().map(|a| (a.session, seconds(a))).collect();
    assert_eq!(told, [(0, vec![500, 505]), (1, vec![0, 5]), (2, vec![10, 15])]);
    assert_eq!(decoded.activities[1].texts[0].text, "Biking");
    let race = format!(
        "<MultiSportSession><Id>x</Id><FirstSport>{}</FirstSport><NextSport><Transition \
         StartTime=\"{}\"><TotalTimeSeconds>4</TotalTimeSeconds><Track>{}</Track></Transition>{}\
         </NextSport></MultiSportSession>",
        of("Biking", 0),
        time(6),
        points(&[6, 10]),
        of("Running", 11)
    );
    let sports: Vec<_> = read(&file(&race)).activities.into_iter().map(|a| a.sport).collect();
    assert_eq!(sports, [Sport::Cycling, Sport::Transition, Sport::Running]);
}

#[test]
fn times_in_another_zone_tell_the_offset() {
    let text = track(&points(&[0])).replace("06:00:00Z", "08:00:00.500+02:00");
    let activity = read_soundly(&text);
    assert_eq!(activity.utc_offset_s, Some(7200));
    assert_eq!(activity.start.0, START * 1000 + 500);
}
