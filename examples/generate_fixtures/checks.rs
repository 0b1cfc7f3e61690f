//! That every run deserves the verdict it is given, and that the table tells the truth.

use super::day::{Day, Expected};
use super::plain_rules::{
    CEILING, HARD, MODERATE, Second, UNCERTAINTY, finish_ratio, has_heart_rate, heart_rate_result,
    judged, longest_above, looks_locked, objections, seconds_above, surges, verdict,
};
use super::run::{Fault, Sample};
use super::season::days;

fn expectations() -> impl Iterator<Item = (Day, Expected)> {
    days().into_iter().filter_map(|day| day.expected.map(|expected| (day, expected)))
}

fn labelled(what: &str) -> impl Iterator<Item = Day> {
    days().into_iter().filter(move |day| day.what.starts_with(what))
}

#[test]
fn every_verdict_is_deserved_and_a_firm_one_whichever_way_the_anchor_errs() {
    let moved = |day: &Day| [0.0, -UNCERTAINTY, UNCERTAINTY].map(|shift| verdict(day, shift));
    let wrong = expectations().filter_map(|(day, expected)| {
        let [verdict, strict, lenient] = moved(&day);
        let firm = [strict, lenient] == [expected.verdict; 2];
        let right = verdict == expected.verdict && firm == expected.firm;
        (!right).then(|| format!("{}: {verdict}, {strict} to {lenient}", day.what))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn nothing_but_the_named_criterion_objects() {
    const BY_HEART_RATE: [&str; 3] = ["time-above-ceiling", "time-moderate", "time-hard"];
    let judged = expectations().filter(|(_, expected)| expected.verdict != "cannot_judge");
    for (day, expected) in judged {
        let named = expected.criterion.filter(|name| !BY_HEART_RATE.contains(name));
        let objecting: Vec<_> = objections(&day).into_iter().map(|(name, _)| name).collect();
        // A burst is fast as well, but one is not a habit.
        assert_eq!(objecting, Vec::from_iter(named), "{}", day.what);
        let heart = has_heart_rate(&day).then(|| heart_rate_result(&day, 0.0)).flatten();
        if named.is_some() || expected.criterion.is_none() {
            assert_eq!(heart, Some(0), "{}", day.what);
        }
    }
}

#[test]
fn the_figures_in_the_table_are_right() {
    let of = |what: &str| {
        let day = labelled(what).next().unwrap();
        let track = day.track();
        (judged(&track), track)
    };
    let highest = |seconds: &[Second]| {
        seconds.iter().filter_map(|second| second.heart_rate).fold(0.0, f64::max)
    };
    let (burst, _) = of("30 minutes with one burst");
    assert!((167.0..=170.0).contains(&highest(&burst)), "{}", highest(&burst));
    assert!((40..60).contains(&longest_above(&burst, HARD, 5)));
    let (hot, _) = of("40 slow minutes");
    let start = hot[0].heart_rate.unwrap();
    assert!((136.0..=140.0).contains(&start), "{start}");
    assert!((160.0..=163.0).contains(&highest(&hot)), "{}", highest(&hot));
    let (hills, _) = of("38 minutes");
    assert!((1..180).contains(&seconds_above(&hills, CEILING)), "hills must show");
    let (finish, track) = of("30 minutes, the last three");
    assert!(highest(&finish) <= 145.0, "{}", highest(&finish));
    assert!((1.20..1.25).contains(&finish_ratio(&track)), "{}", finish_ratio(&track));
    assert_eq!(surges(&of("36 minutes with five").1).len(), 5);
    assert_eq!(surges(&of("32 minutes with four").1).len(), 4);
    let (locked, _) = of("32 minutes; for 15");
    let missing = locked.iter().filter(|second| second.heart_rate.is_none()).count();
    assert!((880..=905).contains(&missing), "{missing}");
}

#[test]
fn the_other_sessions_are_what_their_labels_say() {
    for day in labelled("intervals") {
        let seconds = judged(&day.track());
        assert!(seconds_above(&seconds, HARD) >= 360, "{}", seconds_above(&seconds, HARD));
        let hard = seconds.iter().map(|second| second.heart_rate > Some(HARD)).collect::<Vec<_>>();
        let bouts = hard.chunk_by(|a, b| a == b).filter(|bout| bout[0] && bout.len() > 60);
        assert_eq!(bouts.count(), 6);
    }
    for day in labelled("tempo") {
        let seconds = judged(&day.track());
        assert!(seconds_above(&seconds, MODERATE) >= 900);
        assert!(longest_above(&seconds, MODERATE, 15) >= 480);
    }
    for day in labelled("easy run").chain(labelled("long run")) {
        assert_eq!(seconds_above(&judged(&day.track()), MODERATE - UNCERTAINTY), 0);
    }
    let race = labelled("race").next().unwrap().track();
    let metres = race.samples.last().unwrap().distance_cm / 100;
    assert!((9_950..=10_100).contains(&metres), "{metres} m");
}

#[test]
fn only_the_broken_sensor_looks_broken() {
    for day in days().iter().filter(|day| !day.what.contains("bicycle")) {
        let track = day.track();
        assert_eq!(looks_locked(&track), day.what.contains("counts steps"), "{}", day.what);
        let beats =
            track.samples.chunk_by(|a, b| a.heart_rate.is_some() && a.heart_rate == b.heart_rate);
        let flat = beats.map(<[Sample]>::len).max();
        assert!(flat < Some(60), "{}: {flat:?} s of one heart rate", day.what);
    }
}

#[test]
fn enough_is_missing_even_if_every_reading_is_held_for_twenty_seconds() {
    const HELD: u32 = 20;
    let day = labelled("30 minutes, a third").next().unwrap();
    let gaps = day.outing.faults.iter().map(|fault| match fault {
        Fault::Silent(from, to) | Fault::CadenceLock(from, to) => to - from - HELD,
    });
    let missing: u32 = gaps.sum();
    assert!(f64::from(missing) > 0.3 * judged(&day.track()).len() as f64, "{missing}");
}

#[test]
fn no_week_is_long_enough_to_allow_more_than_forty_minutes() {
    for week in (0..10).chain(-52..-48) {
        let monday = super::day::on(7 * week, 0).start;
        let of_week = days().into_iter().filter(|day| {
            (monday..monday + 7 * 86_400).contains(&day.start) && !day.what.contains("bicycle")
        });
        let seconds: u32 = of_week.map(|day| day.track().elapsed()).sum();
        assert!(f64::from(seconds) / 60.0 * 0.12 < 40.0, "week {week}");
    }
}
