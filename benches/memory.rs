//! How much memory a file takes while it is read and measured, beside the general decoders.
//!
//! A program of its own, because counting slows every allocation and would spoil the times. A
//! buffer that grows counts twice while it moves, so the peaks are upper bounds.
//! Nothing is asserted here either.
#![allow(clippy::print_stdout, reason = "a bench is there to print its figures")]

#[allow(unused_imports, reason = "its tests are not run here, only what they take in is seen")]
#[path = "../examples/generate_fixtures/fixtures.rs"]
mod fixtures;

use std::hint::black_box;

use allocation_counter::AllocationInfo;
use fixtures::hour::{fit_hour, gpx_hour};
use talktest::decode::{Limits, decode};
use talktest::metrics::measure;

fn main() {
    let (fit, gpx) = (fit_hour(), gpx_hour());
    println!(
        "\nThe most memory at one time, the file's own bytes included; wanted < 8 × the file\n"
    );
    println!("{:<28}{:>8}{:>10}{:>12}{:>14}", "", "kB", "peak kB", "× the file", "allocations");
    print_peak("FIT  fitparser::from_bytes", &fit, |bytes| {
        drop(black_box(fitparser::from_bytes(bytes).expect("a sound file")));
    });
    print_peak("FIT  decode and measure", &fit, read_and_measure);
    print_peak("GPX  gpx::read", &gpx, |bytes| {
        drop(black_box(gpx::read(bytes).expect("a sound file")));
    });
    print_peak("GPX  decode and measure", &gpx, read_and_measure);
}

fn read_and_measure(bytes: &[u8]) {
    let (decoded, _) = decode(bytes, &Limits::default()).expect("a sound file");
    for activity in decoded.activities {
        black_box(measure(&activity).expect("a whole hour"));
    }
}

fn print_peak(name: &str, file: &[u8], run: fn(&[u8])) {
    let AllocationInfo { bytes_max, count_total, .. } = allocation_counter::measure(|| {
        let bytes = file.to_vec();
        run(black_box(&bytes));
    });
    let kilobytes = file.len() as f64 / 1e3;
    let peak = bytes_max as f64 / 1e3;
    println!("{name:<28}{kilobytes:>8.0}{peak:>10.0}{:>12.1}{count_total:>14}", peak / kilobytes);
}
