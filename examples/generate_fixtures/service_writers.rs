//! A recording as other services give it out: each in its own units, on its own clock.

use chrono::DateTime;

use super::run::{Sample, Track};
use super::summary::Summary;

/// A session as one of the services writes it, from the recording and its title.
pub(crate) type Writer = fn(&Track, &str) -> String;

/// Seconds east of Greenwich.
pub(crate) const OFFSET: i64 = 7200;

/// Polar Flow: readings on a clock that stands in pauses, the route on the clock of the wall.
pub(crate) fn polar_flow(track: &Track, title: &str) -> String {
    let local = |second: i64| clock(track.start + OFFSET + second, "%Y-%m-%dT%H:%M:%S.000");
    let timer = |sample: &Sample| i64::from(track.timer_between(0, sample.second));
    let series = |name: &str, of: &dyn Fn(&Sample) -> Option<String>| {
        let reading = |sample: &Sample| {
            let value = of(sample).map_or_else(String::new, |value| format!(",\"value\":{value}"));
            format!("{{\"dateTime\":\"{}\"{value}}}", local(timer(sample)))
        };
        let readings: Vec<String> = track.samples.iter().map(reading).collect();
        format!("\"{name}\":[{}]", readings.join(","))
    };
    let point = |sample: &Sample| {
        let (north, east) = sample.position;
        let time = local(i64::from(sample.second));
        format!("{{\"dateTime\":\"{time}\",\"longitude\":{east:.7},\"latitude\":{north:.7}}}")
    };
    let before_pause =
        |sample: &Sample| track.pauses.iter().any(|(from, _)| *from == sample.second);
    let twice =
        |sample: &Sample| std::iter::repeat_n(point(sample), 1 + usize::from(before_pause(sample)));
    let route: Vec<String> = track.samples.iter().flat_map(twice).collect();
    let summary = totals(track);
    let series = [
        series("heartRate", &|sample| sample.heart_rate.map(|beats| beats.to_string())),
        series("speed", &|sample| Some(format!("{:.4}", f64::from(sample.speed_mm_s) * 0.0036))),
        series("altitude", &|sample| Some(format!("{:.1}", sample.altitude))),
        series("distance", &|sample| Some(format!("{:.2}", f64::from(sample.distance_cm) / 100.0))),
    ];
    format!(
        "{{\"exportVersion\":\"2.6\",\"name\":\"{title}\",\"startTime\":\"{start}\",\"stopTime\":\"{stop}\",\
         \"timeZoneOffset\":120,\"averageHeartRate\":{mean},\"exercises\":[{{\"startTime\":\"{start}\",\
         \"timezoneOffset\":120,\"duration\":\"PT{timer}S\",\"distance\":{metres},\"sport\":\"RUNNING\",\
         \"samples\":{{{series},\"recordedRoute\":[{route}]}}}}]}}\n",
        start = local(0),
        stop = local(i64::from(track.elapsed())),
        mean = summary.mean,
        timer = summary.timer,
        metres = summary.metres,
        series = series.join(","),
        route = route.join(",")
    )
}

/// Suunto: a sample for each kind of reading, hertz, radians and kelvin.
pub(crate) fn suunto(track: &Track, title: &str) -> String {
    let time = |second: u32, offset: i64| {
        let format =
            if offset == 0 { "%Y-%m-%dT%H:%M:%S.000+00:00" } else { "%Y-%m-%dT%H:%M:%S.000+02:00" };
        clock(track.start + offset + i64::from(second), format)
    };
    let mut samples: Vec<String> = Vec::new();
    for (from, to) in &track.pauses {
        for (second, state) in [(from, true), (to, false)] {
            let time = time(*second, OFFSET);
            samples.push(format!(
                "{{\"Events\":[{{\"Pause\":{{\"State\":{state}}}}}],\"TimeISO8601\":\"{time}\"}}"
            ));
        }
    }
    for sample in &track.samples {
        let (north, east) = (sample.position.0.to_radians(), sample.position.1.to_radians());
        let (utc, local) = (time(sample.second, 0), time(sample.second, OFFSET));
        if let Some(beats) = sample.heart_rate {
            samples.push(format!(
                "{{\"HR\":{:.4},\"TimeISO8601\":\"{local}\"}}",
                f64::from(beats) / 60.0
            ));
        }
        samples.push(format!(
            "{{\"Altitude\":{:.1},\"Cadence\":{:.4},\"Distance\":{:.2},\"Speed\":{:.3},\"Temperature\":288.15,\
             \"TimeISO8601\":\"{local}\"}}",
            sample.altitude,
            f64::from(sample.steps) / 120.0,
            f64::from(sample.distance_cm) / 100.0,
            f64::from(sample.speed_mm_s) / 1000.0
        ));
        samples.push(format!(
            "{{\"Latitude\":{north:.9},\"Longitude\":{east:.9},\"TimeISO8601\":\"{utc}\"}}"
        ));
    }
    let summary = totals(track);
    format!(
        "{{\"DeviceLog\":{{\"Header\":{{\"Activity\":\"Running\",\"ActivityType\":3,\"DateTime\":\"{}\",\
         \"Distance\":{},\"Duration\":{},\"PauseDuration\":{},\"HR\":{{\"Avg\":{:.4}}},\"Notes\":\"{title}\"}},\
         \"Samples\":[{}]}}}}\n",
        time(0, OFFSET),
        summary.metres,
        track.elapsed(),
        track.elapsed() - summary.timer,
        f64::from(summary.mean) / 60.0,
        samples.join(",")
    )
}

/// Nike Run Club: a series for each quantity, the distance in pieces.
pub(crate) fn nike_run_club(track: &Track, title: &str) -> String {
    let time = |second: u32| 1000 * (track.start + i64::from(second));
    let series = |kind: &str, step: usize, of: &dyn Fn(usize) -> Option<f64>| {
        let value = |k: usize| {
            let end = time(track.samples[k].second);
            Some(format!(
                "{{\"start_epoch_ms\":{end},\"end_epoch_ms\":{end},\"value\":{:.9}}}",
                of(k)?
            ))
        };
        let values: Vec<String> =
            (0..track.samples.len()).step_by(step).filter_map(value).collect();
        format!("{{\"type\":\"{kind}\",\"unit\":\"X\",\"values\":[{}]}}", values.join(","))
    };
    let kilometres = |k: usize| f64::from(track.samples[k].distance_cm) / 100_000.0;
    let series = [
        series("heart_rate", 5, &|k| track.samples[k].heart_rate.map(f64::from)),
        series("distance", 1, &|k| Some(kilometres(k) - k.checked_sub(1).map_or(0.0, kilometres))),
        series("elevation", 1, &|k| Some(track.samples[k].altitude)),
        series("latitude", 1, &|k| Some(track.samples[k].position.0)),
        series("longitude", 1, &|k| Some(track.samples[k].position.1)),
    ];
    let halts = track.pauses.iter().flat_map(|(from, to)| [(from, "pause"), (to, "resume")]);
    let moments: Vec<String> = halts
        .map(|(second, value)| {
            format!("{{\"key\":\"halt\",\"value\":\"{value}\",\"timestamp\":{}}}", time(*second))
        })
        .collect();
    let summary = totals(track);
    format!(
        "{{\"id\":\"1\",\"type\":\"run\",\"start_epoch_ms\":{},\"end_epoch_ms\":{},\"active_duration_ms\":{},\
         \"summaries\":[{{\"metric\":\"distance\",\"summary\":\"total\",\"value\":{}}},\
         {{\"metric\":\"heart_rate\",\"summary\":\"mean\",\"value\":{}}}],\
         \"tags\":{{\"com.nike.name\":\"{title}\"}},\"metrics\":[{}],\"moments\":[{}]}}\n",
        time(0),
        time(track.elapsed()),
        1000 * summary.timer,
        summary.metres / 1000.0,
        summary.mean,
        series.join(","),
        moments.join(",")
    )
}

/// `GoldenCheetah`: one series, which knows no pauses.
pub(crate) fn golden_cheetah(track: &Track, title: &str) -> String {
    let sample = |sample: &Sample| {
        let (north, east) = sample.position;
        format!(
            "{{ \"SECS\":{}, \"KM\":{:.5}, \"KPH\":{:.4}, \"HR\":{}, \"ALT\":{:.1}, \"LAT\":{north:.7}, \
             \"LON\":{east:.7} }}",
            sample.second,
            f64::from(sample.distance_cm) / 100_000.0,
            f64::from(sample.speed_mm_s) * 0.0036,
            sample.heart_rate.unwrap_or(0),
            sample.altitude
        )
    };
    let samples: Vec<String> = track.samples.iter().map(sample).collect();
    format!(
        "\u{feff}{{\n\t\"RIDE\":{{\n\t\t\"STARTTIME\":\"{}\",\n\t\t\"RECINTSECS\":1,\n\t\t\"TAGS\":{{\n\
         \t\t\t\"Sport\":\"Run \",\n\t\t\t\"Notes\":\"{title} \"\n\t\t}},\n\t\t\"SAMPLES\":[\n{}\n\t\t]\n\t}}\n}}\n",
        clock(track.start, "%Y\\/%m\\/%d %H:%M:%S UTC "),
        samples.join(",\n")
    )
}

/// What a service states of a recording.
pub(crate) struct Totals {
    pub(crate) timer: u32,
    pub(crate) metres: f64,
    pub(crate) mean: u8,
}

pub(crate) fn totals(track: &Track) -> Totals {
    let summary = Summary::of(track, 0, track.samples.len().saturating_sub(1));
    let of = |summary: Summary| Totals {
        timer: summary.timer,
        metres: f64::from(summary.distance_cm()) / 100.0,
        mean: summary.mean_heart_rate.unwrap_or(0),
    };
    summary.map_or(Totals { timer: 0, metres: 0.0, mean: 0 }, of)
}

/// Beyond the calendar there is no text.
pub(crate) fn clock(unix: i64, format: &str) -> String {
    DateTime::from_timestamp(unix, 0)
        .map_or_else(String::new, |time| time.format(format).to_string())
}
