//! A recording as watches and their programs left it on the disk: each in its own units, on its own clock.

use std::fmt::Write as _;

use super::run::{Sample, Track};
use super::service_writers::{OFFSET, clock, totals};

/// Polar's `.hrm`: a reading every second of the timer, from a start on the clock of the wall.
pub(crate) fn polar_hrm(track: &Track, title: &str) -> String {
    let row = |sample: &Sample| {
        let tenths = f64::from(sample.speed_mm_s) * 0.036;
        let beats = sample.heart_rate.unwrap_or(0);
        format!("{beats}\t{tenths:.0}\t{:.0}\r\n", sample.altitude)
    };
    let rows: Vec<String> = track.samples.iter().map(row).collect();
    let timer = track.samples.len();
    format!(
        "[Params]\r\nVersion=106\r\nMonitor=22\r\nSMode=101000100\r\nDate={}\r\nStartTime={}\r\n\
         Length={:02}:{:02}:{:02}.0\r\nInterval=1\r\nMaxHR=190\r\nRestHR=50\r\n\r\n[Note]\r\n{title}\r\n\r\n\
         [HRData]\r\n{}",
        clock(track.start + OFFSET, "%Y%m%d"),
        clock(track.start + OFFSET, "%H:%M:%S.0"),
        timer / 3600,
        timer / 60 % 60,
        timer % 60,
        rows.concat()
    )
}

/// PWX: samples at seconds behind a start on the clock of the wall.
pub(crate) fn pwx(track: &Track, title: &str) -> String {
    let sample = |sample: &Sample| {
        let (north, east) = sample.position;
        let beats = sample.heart_rate.map_or_else(String::new, |beats| format!("<hr>{beats}</hr>"));
        format!(
            "<sample><timeoffset>{}</timeoffset>{beats}<spd>{:.3}</spd><dist>{:.2}</dist><lat>{north:.7}</lat>\
             <lon>{east:.7}</lon><alt>{:.1}</alt></sample>\n",
            sample.second,
            f64::from(sample.speed_mm_s) / 1000.0,
            f64::from(sample.distance_cm) / 100.0,
            sample.altitude
        )
    };
    let samples: Vec<String> = track.samples.iter().map(sample).collect();
    let summary = totals(track);
    format!(
        "<?xml version=\"1.0\"?>\n<pwx xmlns=\"http://www.peaksware.com/PWX/1/0\" version=\"1.0\"><workout>\
         <sportType>Run</sportType><title>{title}</title><time>{}</time><summarydata><beginning>0</beginning>\
         <duration>{}</duration><durationstopped>{}</durationstopped><dist>{}</dist></summarydata>\n{}\
         </workout></pwx>\n",
        clock(track.start + OFFSET, "%Y-%m-%dT%H:%M:%S"),
        track.elapsed(),
        track.elapsed() - summary.timer,
        summary.metres,
        samples.concat()
    )
}

/// Suunto's SML: the header on the clock of the wall, samples in UTC, hertz and radians.
pub(crate) fn suunto_sml(track: &Track, title: &str) -> String {
    let utc = |second: u32| clock(track.start + i64::from(second), "%Y-%m-%dT%H:%M:%S.000Z");
    let mut samples: Vec<String> = Vec::new();
    for (from, to) in &track.pauses {
        for (second, state) in [(from, "True"), (to, "False")] {
            samples.push(format!(
                "<Sample><UTC>{}</UTC><Events><Pause><State>{state}</State></Pause></Events></Sample>\n",
                utc(*second)
            ));
        }
    }
    for sample in &track.samples {
        let (north, east) = (sample.position.0.to_radians(), sample.position.1.to_radians());
        let time = utc(sample.second);
        let beats = sample
            .heart_rate
            .map_or_else(String::new, |beats| format!("<HR>{:.6}</HR>", f64::from(beats) / 60.0));
        samples.push(format!(
            "<Sample>{beats}<Altitude>{:.1}</Altitude><Distance>{:.2}</Distance><Speed>{:.3}</Speed>\
             <UTC>{time}</UTC></Sample>\n<Sample><Latitude>{north:.9}</Latitude>\
             <Longitude>{east:.9}</Longitude><UTC>{time}</UTC></Sample>\n",
            sample.altitude,
            f64::from(sample.distance_cm) / 100.0,
            f64::from(sample.speed_mm_s) / 1000.0
        ));
    }
    let summary = totals(track);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sml xmlns=\"http://www.suunto.com/schemas/sml\"><DeviceLog>\
         <Header><Duration>{}</Duration><Distance>{}</Distance><ActivityType>3</ActivityType>\
         <Activity>{title}</Activity><DateTime>{}</DateTime></Header>\n<Samples>\n{}</Samples></DeviceLog></sml>\n",
        track.elapsed(),
        summary.metres,
        clock(track.start + OFFSET, "%Y-%m-%dT%H:%M:%S"),
        samples.concat()
    )
}

/// The lines of a Huawei track, each kind on its own clock; a pause is a place that is none.
fn huawei_lines(track: &Track) -> String {
    let mut lines = String::new();
    let ms = |second: u32| 1000 * (track.start + i64::from(second));
    for (number, sample) in track.samples.iter().enumerate() {
        let (north, east) = sample.position;
        let [time, k] = [ms(sample.second), i64::from(sample.second)];
        let _ = writeln!(
            lines,
            "tp=lbs;k={number};lat={north:.7};lon={east:.7};alt={:.1};t={time}.0;",
            sample.altitude
        );
        if track.pauses.iter().any(|(from, _)| *from == sample.second) {
            let _ = writeln!(lines, "tp=lbs;k={number};lat=90.0;lon=-80.0;alt=0.0;t={time}.0;");
        }
        if let Some(beats) = sample.heart_rate {
            let _ = writeln!(lines, "tp=h-r;k={time};v={beats};");
        }
        let _ = writeln!(lines, "tp=rs;k={k};v={:.0};", f64::from(sample.speed_mm_s) / 100.0);
    }
    lines
}

/// A `HiTrack` file of Huawei.
pub(crate) fn huawei_hitrack(track: &Track, _: &str) -> String {
    huawei_lines(track)
}

/// A motion path of a Huawei account.
pub(crate) fn huawei_motion_path(track: &Track, _: &str) -> String {
    let summary = totals(track);
    let start = 1000 * track.start;
    format!(
        "[{{\"sportType\":258,\"startTime\":{start},\"endTime\":{},\"totalTime\":{},\"totalDistance\":{:.0},\
         \"timeZone\":\"+0200\",\"attribute\":\"HW_EXT_TRACK_DETAIL@is{}&&HW_EXT_TRACK_SIMPLIFY@is{{}}\"}}]\n",
        start + 1000 * i64::from(track.elapsed()),
        1000 * summary.timer,
        summary.metres,
        huawei_lines(track).replace('\n', "\\n")
    )
}

/// A workout of Endomondo: everything in objects of one key each.
pub(crate) fn endomondo(track: &Track, title: &str) -> String {
    let point = |sample: &Sample| {
        let (north, east) = sample.position;
        let beats = sample
            .heart_rate
            .map_or(String::new(), |beats| format!("{{\"heart_rate_bpm\":{beats}}},"));
        format!(
            "[{{\"location\":[[{{\"latitude\":{north:.6}}},{{\"longitude\":{east:.6}}}]]}},{{\"altitude\":{:.0}}},\
             {{\"distance_km\":{:.6}}},{{\"speed_kmh\":{:.3}}},{beats}{{\"timestamp\":\"{}\"}}]",
            sample.altitude,
            f64::from(sample.distance_cm) / 100_000.0,
            f64::from(sample.speed_mm_s) * 0.0036,
            clock(track.start + i64::from(sample.second), "%a %b %d %H:%M:%S UTC %Y")
        )
    };
    let points: Vec<String> = track.samples.iter().map(point).collect();
    let totals = totals(track);
    let end = track.start + i64::from(track.elapsed());
    format!(
        "[\n {{\"name\":\"{title}\"}},\n {{\"sport\":\"RUNNING\"}},\n {{\"source\":\"TRACK_MOBILE\"}},\n \
         {{\"start_time\":\"{}\"}},\n {{\"end_time\":\"{}\"}},\n {{\"duration_s\":{}}},\n {{\"distance_km\":{:.5}}},\n \
         {{\"points\":[\n{}\n]}}\n]\n",
        clock(track.start, "%Y-%m-%d %H:%M:%S.0"),
        clock(end, "%Y-%m-%d %H:%M:%S.0"),
        totals.timer,
        totals.metres / 1000.0,
        points.join(",\n")
    )
}

/// The Wahoo app's table: a second for a second from a start on the clock of the wall, pauses among them.
pub(crate) fn wahoo(track: &Track, title: &str) -> String {
    let summary = totals(track);
    let mut readings = String::new();
    let mut samples = track.samples.iter().peekable();
    while let Some(sample) = samples.next() {
        let next = samples.peek().map_or(sample.second + 1, |next| next.second);
        for second in sample.second..next {
            let stands = track.pauses.iter().any(|(from, to)| (from..to).contains(&&second));
            let (north, east) = sample.position;
            let _ = writeln!(
                readings,
                "{second},{},{:.3},{:.6},{:.6},{:.3},{:.3},{}",
                sample.heart_rate.unwrap_or(0),
                sample.altitude,
                north,
                east,
                f64::from(sample.distance_cm) / 100.0,
                f64::from(sample.speed_mm_s) / 1000.0,
                u8::from(stands)
            );
        }
    }
    format!(
        "Device,fisica,model,key,version,1,AppVersion,5.8.1\n{},BatteryUsage (%),15\n\ncomments\n{title}\n\n\
         sensor,present,smrec,zeroavg,model\ngps,yes,no,no,n/a\nfootpod,yes,no,no,n/a\n\
         workout,starttime,runningtime,pausedtime,hravg,gpsdist\n,0,{},{},{},{}\n\n\
         interval,starttime,runningtime\n1,0,{}\n\n\
         time,hr_heartrate,gps_altitude,gps_lat,gps_lon,gps_dist,gps_speed,paused\n{readings}",
        clock(track.start + OFFSET, "Year,%Y,Month,%-m,Day,%-d,Hour,%-H,Minute,%-M,Second,%-S"),
        summary.timer,
        track.elapsed() - summary.timer,
        summary.mean,
        summary.metres,
        summary.timer
    )
}
