//! What a point says.

use super::*;

#[test]
fn heart_rate_in_every_form() {
    for inside in [
        "<HeartRateBpm><Value>130</Value></HeartRateBpm>",
        "<HeartRateBpm xsi:type=\"HeartRateInBeatsPerMinute_t\">\n<Value> 130\n</Value></HeartRateBpm>",
        "<HeartRateBpm>130</HeartRateBpm>",
        "<a:HeartRateBpm><a:Value>130</a:Value></a:HeartRateBpm>",
        "<HeartRateBpm><Value>129.5</Value></HeartRateBpm>",
        "<HeartRateBpm><Value>130.49</Value></HeartRateBpm>",
        "<HeartRateBpm><Value>1<!-- split -->30</Value></HeartRateBpm>",
        "<HeartRateBpm><Value>130</Value><Value>99</Value></HeartRateBpm>",
        "<HeartRateBpm/><HeartRateBpm><Value>130</Value></HeartRateBpm><Value>99</Value>",
        "<Other><Value>99</Value></Other><HeartRateBpm><Value>130</Value></HeartRateBpm>",
    ] {
        assert_eq!(record(inside).heart_rate_bpm, Some(130), "{inside}");
    }
    assert_eq!(record("<HeartRateBpm><Value>0</Value></HeartRateBpm>").heart_rate_bpm, Some(0));
}

#[test]
fn readings_that_say_none_are_none() {
    for none in ["", "NaN", "-1"] {
        let value = element("Value", none);
        let inside = element("Cadence", none) + &element("HeartRateBpm", &value);
        let record = record(&inside);
        assert_eq!((record.heart_rate_bpm, record.cadence_centi_spm), (None, None), "{none}");
    }
}

#[test]
fn readings_that_cannot_be_are_left_out_and_counted() {
    for nonsense in [
        "<HeartRateBpm><Value>256</Value></HeartRateBpm>",
        "<DistanceMeters>-5</DistanceMeters>",
        "<DistanceMeters>1e12</DistanceMeters>",
        "<Cadence>12o</Cadence>",
        "<Extensions><TPX><Speed>inf</Speed></TPX></Extensions>",
    ] {
        let decoded = read(&track(&point(0, nonsense)));
        assert_eq!(kinds(&decoded), [ProblemKind::DroppedRecords], "{nonsense}");
        let record = decoded.activities[0].records[0];
        assert_eq!(record, Record { time: record.time, ..Record::default() }, "{nonsense}");
    }
}

#[test]
fn positions_are_read_as_they_stand() {
    let at = |north: &str, east: &str| {
        let inside = element("LatitudeDegrees", north) + &element("LongitudeDegrees", east);
        record(&element("Position", &inside)).position
    };
    assert_eq!(at("0", "0.0"), Position::from_degrees(0.0, 0.0), "repaired, and said, later");
    assert_eq!(at("", ""), None);
    assert_eq!(at("0", "22.5"), Position::from_degrees(0.0, 22.5));
}

#[test]
fn cadence_counts_both_feet_where_the_run_says_so() {
    let cadence = |sport: &str, values: &[&str]| -> Vec<Option<u16>> {
        let points: String = (0..).zip(values).map(|(at, inside)| point(at, inside)).collect();
        let text = track(&points).replace("\"Running\"", &format!("\"{sport}\""));
        read_soundly(&text).records.iter().map(|record| record.cadence_centi_spm).collect()
    };
    let plain = ["<Cadence>0</Cadence>", "<Cadence>82</Cadence>"];
    assert_eq!(cadence("Running", &plain), [Some(0), Some(16_400)]);
    assert_eq!(cadence("Biking", &plain), [Some(0), Some(8200)]);
    let run = "<Cadence>0</Cadence><Extensions><TPX><RunCadence>82</RunCadence></TPX></Extensions>";
    assert_eq!(cadence("Running", &[run]), [Some(16_400)]);
    let steps = "<Extensions><TPX><RunCadence>178</RunCadence></TPX></Extensions>";
    assert_eq!(cadence("Running", &[steps]), [Some(17_800)]);
}

#[test]
fn a_treadmill_run_has_way_and_no_positions() {
    let inside = "<DistanceMeters>12.5</DistanceMeters>";
    let activity = read_soundly(&track(&(point(0, inside) + &point(60, inside))));
    assert_eq!(activity.sport, Sport::Running);
    assert!(activity.records.iter().all(|r| r.position.is_none() && r.distance_cm == Some(1250)));
}
