//! Whole audits of large folders by the built command: the first pass with and without a logbook, a
//! night without news, the same with `--since last`, a night with one new file, and a walk that only
//! lists the folder and looks at every file.
//!
//! `cargo bench --bench large_folder -- 1000 5000 20000` names the numbers of files; these are the
//! ones if none is named. `100000x100` means those of 100 athletes. `--profile dist` measures what is
//! shipped. A night counts by its fastest of
//! three, for whatever else the machine does only slows it. Ratios are of processor time, which a
//! busy machine changes least. Nothing is asserted.
#![allow(clippy::print_stdout, reason = "a bench is there to print its figures")]
#![allow(clippy::disallowed_methods, reason = "a bench writes files and looks at the clock")]

#[allow(unused_imports, reason = "its tests are not run here, only what they take in is seen")]
#[path = "../examples/generate_fixtures/fixtures.rs"]
mod fixtures;
#[path = "../examples/large_folder/years.rs"]
mod years;

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use cpu_time::ThreadTime;
use wait4::Wait4;
use walkdir::WalkDir;

const SIZES: [FolderSize; 3] =
    [FolderSize::of_one(1_000), FolderSize::of_one(5_000), FolderSize::of_one(20_000)];
const NIGHTS: usize = 3;

/// How many files of how many athletes, each of whom has as many.
#[derive(Clone, Copy)]
struct FolderSize {
    files: i64,
    athletes: i64,
}

impl FolderSize {
    const fn of_one(files: i64) -> Self {
        Self { files, athletes: 1 }
    }

    /// `FILES` or `FILESxATHLETES`.
    fn read(text: &str) -> Option<Self> {
        let (files, athletes) = text.split_once('x').unwrap_or((text, "1"));
        Some(Self { files: files.parse().ok()?, athletes: athletes.parse().ok()? })
    }

    /// Writes all files, and settings that name the athletes where they are several.
    fn write(self, folder: &Path) -> std::io::Result<()> {
        (0..self.files).try_for_each(|number| self.write_one(folder, number))?;
        if self.athletes == 1 {
            return Ok(());
        }
        let of = |athlete| format!("[athletes.a{athlete}]\nfolder = \"a{athlete}\"\n");
        std::fs::write(folder.join("talktest.toml"), (0..self.athletes).map(of).collect::<String>())
    }

    /// Writes one file into the folder of its athlete.
    fn write_one(self, folder: &Path, number: i64) -> std::io::Result<()> {
        let athlete = number % self.athletes;
        let own =
            if self.athletes == 1 { folder.to_owned() } else { folder.join(format!("a{athlete}")) };
        // No athlete has the runs of another.
        years::write(&own, number / self.athletes + 7 * athlete)
    }

    /// What all of it may take, in MB.
    fn most_megabytes(self) -> f64 {
        if self.athletes == 1 { 200.0 } else { 400.0 }
    }
}

/// What one audit took.
#[derive(Clone, Copy)]
struct Audit {
    wall: Duration,
    processor: Duration,
    peak_bytes: u64,
}

/// What one folder took.
struct Figures {
    size: FolderSize,
    bare: Audit,
    first: Audit,
    night: Audit,
    since_last: Audit,
    one_new: Audit,
    /// Processor time of the listing.
    walk: Duration,
}

fn main() {
    let named: Vec<FolderSize> =
        std::env::args().skip(1).filter_map(|size| FolderSize::read(&size)).collect();
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    println!(
        "\n{:>6} files{:>12}{:>12}{:>10}{:>10}",
        "", "seconds", "ms/file", "threads", "peak MB"
    );
    let folders: Vec<Figures> = sizes.into_iter().map(measured).collect();
    print_ratios(&folders);
}

fn measured(size: FolderSize) -> Figures {
    let room = tempfile::tempdir().expect("a temporary folder");
    let (folder, logbook) = (room.path().join("runs"), room.path().join("logbook.sqlite"));
    size.write(&folder).expect("room for the folder");
    settle(&folder);
    let with = ["--logbook", logbook.to_str().expect("a plain path")];
    let night = |arguments: &[&str]| {
        let nights = (0..NIGHTS).map(|_| audit(&folder, arguments));
        nights.min_by_key(|night| night.processor).expect("a night")
    };
    // What was just written is still on its way to the disk while it is read for the first time.
    audit(&folder, &["--no-logbook"]);
    let (bare, first) = (audit(&folder, &["--no-logbook"]), audit(&folder, &with));
    let quiet = night(&with);
    let since_last = night(&[&with[..], &["--since", "last"]].concat());
    let walk = (0..NIGHTS).map(|_| walk(&folder)).min().expect("a walk");
    size.write_one(&folder, size.files).expect("room for one more");
    settle(&folder);
    let one_new = audit(&folder, &with);
    let figures = Figures { size, bare, first, night: quiet, since_last, one_new, walk };
    figures.print();
    figures
}

/// Lets files look as if they had lain there for an hour: what was just written is in doubt.
fn settle(folder: &Path) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    for entry in WalkDir::new(folder).into_iter().flatten() {
        let is_new =
            || entry.metadata().is_ok_and(|found| found.modified().is_ok_and(|at| at > hour_ago));
        if entry.file_type().is_file() && is_new() {
            let file = File::options().write(true).open(entry.path()).expect("our own file");
            file.set_modified(hour_ago).expect("our own file");
        }
    }
}

fn audit(folder: &Path, arguments: &[&str]) -> Audit {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
    command.arg("audit").arg(folder).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let used = command.spawn().expect("the built command").wait4().expect("its end");
    assert!(used.status.success(), "the audit failed");
    let usage = used.rusage;
    Audit { wall: begun.elapsed(), processor: usage.utime + usage.stime, peak_bytes: usage.maxrss }
}

/// Lists the folder and looks at size and time of every file, with the walker that the command uses.
fn walk(folder: &Path) -> Duration {
    let begun = ThreadTime::now();
    let files =
        WalkDir::new(folder).into_iter().flatten().filter_map(|entry| entry.metadata().ok());
    let seen = files.map(|found| (found.len(), found.modified().ok()));
    std::hint::black_box(seen.collect::<Vec<_>>());
    begun.elapsed()
}

impl Figures {
    fn print(&self) {
        println!("{:>6} files of {}", self.size.files, counted_athletes(self.size));
        self.print_one("first pass, no logbook", self.bare);
        self.print_one("first pass, logbook", self.first);
        self.print_one("night without news", self.night);
        self.print_one("the same, --since last", self.since_last);
        self.print_one("night, one new file", self.one_new);
        let listing = 1e3 * self.walk.as_secs_f64() / self.size.files as f64;
        println!("  {:<24}{:>8}{listing:>12.3}", "listing the folder", "");
    }

    fn print_one(&self, name: &str, audit: Audit) {
        let (wall, processor) = (audit.wall.as_secs_f64(), audit.processor.as_secs_f64());
        println!(
            "  {name:<24}{wall:>8.3}{:>12.3}{:>10.2}{:>10.0}",
            1e3 * processor / self.size.files as f64,
            processor / wall,
            audit.peak_bytes as f64 / 1e6
        );
    }

    fn per_file(&self) -> f64 {
        self.bare.processor.as_secs_f64() / self.size.files as f64
    }
}

fn counted_athletes(size: FolderSize) -> String {
    if size.athletes == 1 {
        "one athlete".to_owned()
    } else {
        format!("{} athletes", size.athletes)
    }
}

fn print_ratios(folders: &[Figures]) {
    let (Some(smallest), Some(largest)) = (folders.first(), folders.last()) else { return };
    println!("\nRatios{:>50}", "wanted");
    println!(
        "  processor time per file, largest to smallest {:>8.2}   0.8 to 1.2",
        largest.per_file() / smallest.per_file()
    );
    for folder in folders {
        println!("  {} files of {}", folder.size.files, counted_athletes(folder.size));
        let print = |name: &str, ratio: f64, wanted: &str| {
            println!("    {name:<43}{ratio:>8.2}   {wanted}");
        };
        let to_walk = |night: Audit| night.processor.as_secs_f64() / folder.walk.as_secs_f64();
        print("night without news, to listing", to_walk(folder.night), "at most 3");
        print("the same with --since last, to listing", to_walk(folder.since_last), "at most 3");
        print("night with one new file, to listing", to_walk(folder.one_new), "at most 5");
        let (bare, first) = (folder.bare, folder.first);
        let of_first = first.processor.as_secs_f64() / bare.processor.as_secs_f64();
        print("first pass with a logbook, to without", of_first, "at most 1.1");
        let threads = first.processor.as_secs_f64() / first.wall.as_secs_f64();
        print("processors busy in it, of two idle ones", threads, "at least 1.8");
        let most = format!("at most {}", folder.size.most_megabytes());
        print("MB that it takes", first.peak_bytes as f64 / 1e6, &most);
        print("MB that it takes without a logbook", bare.peak_bytes as f64 / 1e6, &most);
    }
}
