//! A folder as a diligent runner has it after years: a run of 30 to 60 minutes every day, every
//! fourth labelled recovery.

use std::path::Path;

use crate::fixtures::day::{Day, EVENING, File, MORNING, on};
use crate::fixtures::run::{CalendarEntry, RECOVERY_SPEED, level};

/// Days before the fixtures' season on which this runner's first run lies: in the autumn of 2007.
const FIRST_DAY: i64 = -6_750;
/// Runs until all days up to the season have one. More come on the same days at other hours, since a
/// run that is still to come is not judged; of no day two are labelled recovery.
const DAYS: i64 = 6_701;
/// Minutes between the starts of runs of one day, which are longer than any of them.
const APART: i64 = 90;

/// Writes the run of this number, counted from 0.
pub(crate) fn write(folder: &Path, number: i64) -> std::io::Result<()> {
    let day = day(number);
    let year = folder.join(day.local("%Y"));
    std::fs::create_dir_all(&year)?;
    std::fs::write(year.join(day.path()), day.bytes())
}

/// Recovery runs in the morning, everything else in the evening; no two runs are alike.
pub(crate) fn day(number: i64) -> Day {
    let is_recovery = number % 4 == 3;
    let minutes = if is_recovery { 30 + number % 9 } else { 36 + number % 25 };
    let speed = if is_recovery { RECOVERY_SPEED } else { 2.7 + 0.01 * (number % 60) as f64 };
    let local_minute = if is_recovery { MORNING } else { EVENING } + number % 11;
    let local_minute = local_minute + number / DAYS * APART;
    Day {
        file: if is_recovery { File::Named("recovery") } else { File::Watch },
        outing: CalendarEntry {
            pieces: vec![level(60 * minutes as u32, speed)],
            heart_shift: (number % 13) as f64 - 6.0,
            ..CalendarEntry::default()
        },
        ..on(FIRST_DAY + number % DAYS, local_minute)
    }
}
