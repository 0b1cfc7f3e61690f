//! How fast files are read and measured, against the general decoders, on one generated hour.
//!
//! The contestants take turns, round by round, so that whatever else the machine does falls on all
//! alike. A figure is the median of a thread's own processor time, from the bytes until everything
//! that was made of them is dropped again. Only the two threads are timed by the wall clock, and of
//! them the fastest round counts: whatever else runs takes one of the two cores away.
//! Nothing is asserted: a slow or busy machine is no fault of the code.
#![allow(clippy::print_stdout, reason = "a bench is there to print its figures")]
#![allow(clippy::disallowed_methods, reason = "a bench looks at the clock")]

#[allow(unused_imports, reason = "its tests are not run here, only what they take in is seen")]
#[path = "../examples/generate_fixtures/fixtures.rs"]
mod fixtures;

use std::hint::black_box;
use std::io::BufReader;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use fixtures::hour::{fit_hour, gpx_hour, tcx_hour};
use rayon::ThreadPool;
use rayon::prelude::*;
use talktest::decode::{Decoded, Limits, decode};
use talktest::metrics::measure;

/// Readings in the hour, one a second.
const READINGS: f64 = 3600.0;
const ROUNDS: usize = 60;
/// Rounds on the batch: each takes as long as several of the others.
const BATCH_ROUNDS: usize = 30;
const BATCH_FILES: usize = 32;

fn main() {
    let (fit, gpx, tcx) = (fit_hour(), gpx_hour(), tcx_hour());
    let contestants = contestants(&fit, &gpx, &tcx);
    let medians = take_turns(&contestants);
    println!("\nOne hour, {READINGS} readings; medians of {ROUNDS} rounds, one thread\n");
    print_figures(&contestants, &medians);
    println!("\nRatios{:>48}   wanted", "");
    print_ratio("FIT: fitparser::from_bytes to decode and measure", medians[0], medians[2], 50.0);
    print_ratio("GPX: gpx::read to decode and measure", medians[3], medians[5], 10.0);
    print_ratio("TCX: tcx::read to decode and measure", medians[6], medians[8], 10.0);
    let (one, two) = batch_times(&fit, &gpx);
    print_ratio(&format!("{BATCH_FILES} files: one thread to two"), one, two, 1.9);
}

struct Contestant<'a> {
    name: &'static str,
    bytes: &'a [u8],
    run: fn(&[u8]),
}

fn contestants<'a>(fit: &'a [u8], gpx: &'a [u8], tcx: &'a [u8]) -> [Contestant<'a>; 9] {
    [
        Contestant {
            name: "FIT  fitparser::from_bytes",
            bytes: fit,
            run: |bytes| drop(black_box(fitparser::from_bytes(bytes).expect("a sound file"))),
        },
        Contestant { name: "FIT  decode", bytes: fit, run: |bytes| drop(black_box(read(bytes))) },
        Contestant { name: "FIT  decode and measure", bytes: fit, run: read_and_measure },
        Contestant {
            name: "GPX  gpx::read",
            bytes: gpx,
            run: |bytes| drop(black_box(gpx::read(bytes).expect("a sound file"))),
        },
        Contestant { name: "GPX  decode", bytes: gpx, run: |bytes| drop(black_box(read(bytes))) },
        Contestant { name: "GPX  decode and measure", bytes: gpx, run: read_and_measure },
        Contestant { name: "TCX  tcx::read", bytes: tcx, run: read_by_schema },
        Contestant { name: "TCX  decode", bytes: tcx, run: |bytes| drop(black_box(read(bytes))) },
        Contestant { name: "TCX  decode and measure", bytes: tcx, run: read_and_measure },
    ]
}

fn read(bytes: &[u8]) -> Decoded {
    decode(bytes, &Limits::default()).expect("a sound file").0
}

fn read_by_schema(bytes: &[u8]) {
    drop(black_box(tcx::read(&mut BufReader::new(bytes)).expect("a sound file")));
}

fn read_and_measure(bytes: &[u8]) {
    for activity in read(bytes).activities {
        black_box(measure(&activity).expect("a whole hour"));
    }
}

fn take_turns(contestants: &[Contestant]) -> Vec<Duration> {
    let mut times = vec![Vec::with_capacity(ROUNDS); contestants.len()];
    for round in 0..=ROUNDS {
        for (contestant, times) in contestants.iter().zip(&mut times) {
            let start = ThreadTime::now();
            (contestant.run)(black_box(contestant.bytes));
            let time = start.elapsed();
            // The first round finds the caches cold and the heap small.
            if round > 0 {
                times.push(time);
            }
        }
    }
    times.into_iter().map(median).collect()
}

/// The shortest wall-clock times of a batch on one thread and on two.
fn batch_times(fit: &[u8], gpx: &[u8]) -> (Duration, Duration) {
    let pool = |threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads")
    };
    let pools = [pool(1), pool(2)];
    let batch: Vec<&[u8]> =
        (0..BATCH_FILES).map(|file| if file % 4 == 0 { gpx } else { fit }).collect();
    let mut fastest = [Duration::MAX; 2];
    for _ in 0..BATCH_ROUNDS {
        for (pool, fastest) in pools.iter().zip(&mut fastest) {
            *fastest = batch_time(pool, &batch).min(*fastest);
        }
    }
    (fastest[0], fastest[1])
}

fn batch_time(pool: &ThreadPool, batch: &[&[u8]]) -> Duration {
    let start = Instant::now();
    pool.install(|| batch.par_iter().for_each(|bytes| read_and_measure(bytes)));
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn print_figures(contestants: &[Contestant], medians: &[Duration]) {
    println!("{:<28}{:>8}{:>10}{:>10}{:>14}", "", "kB", "ms", "MB/s", "ns a reading");
    for (contestant, median) in contestants.iter().zip(medians) {
        let (bytes, seconds) = (contestant.bytes.len() as f64, median.as_secs_f64());
        println!(
            "{:<28}{:>8.0}{:>10.3}{:>10.1}{:>14.0}",
            contestant.name,
            bytes / 1e3,
            seconds * 1e3,
            bytes / 1e6 / seconds,
            seconds * 1e9 / READINGS
        );
    }
}

fn print_ratio(what: &str, slow: Duration, fast: Duration, wanted: f64) {
    println!("{what:<50}{:>7.2}    ≥ {wanted}", slow.as_secs_f64() / fast.as_secs_f64());
}
