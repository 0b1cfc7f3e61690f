//! A season below the table: what repeats itself, month by month and week by week.

use super::layout::{fold, line};
use crate::audit::wording::{Wording, plain};
use crate::history::EasyBaseline;
use crate::report::output::Style;
use crate::report::sanitize::sanitize;
use crate::report::summary;
use crate::report::what_if;
use crate::review::{AthleteReview, VerdictCounts, Week};

/// Weeks shown without `-v`: about a season.
const SHOWN_WEEKS: usize = 8;

/// Writes what is known of one athlete's season.
pub(super) fn write(text: &mut String, athlete: &AthleteReview, every_run: bool, style: &Style) {
    if let Some(sentence) = &athlete.in_one_sentence {
        line(text, &fold(sentence, style));
    }
    if athlete.recovery.runs > 0 {
        line(text, &fold(&summary::progress(athlete.above_ceiling.as_ref()), style));
        if let Some(sentence) = what_if::season(athlete.shorter_and_calmer.as_ref()) {
            line(text, &fold(&sentence, style));
        }
    }
    if let Some(pace) = easy_pace(athlete, style) {
        line(text, &fold(&pace, style));
    }
    months(text, athlete, style);
    if every_run {
        weeks(text, athlete, style);
    }
    for hint in &athlete.hints {
        line(text, &fold(&format!("Check: {}", sanitize(&hint.text, 300)), style));
    }
}

fn easy_pace(athlete: &AthleteReview, style: &Style) -> Option<String> {
    let EasyBaseline::Known { speed, runs, share_too_hard } = athlete.easy else { return None };
    let pace = Wording { units: style.units }.pace(speed.pace()?);
    let share_too_hard = share_too_hard.map_or(String::new(), |share| {
        format!(
            " They are moderate themselves: {} % of their time is above the moderate line.",
            plain(share.get(), 0)
        )
    });
    Some(format!("Your easy pace is {pace} (median of {runs} easy runs).{share_too_hard}"))
}

fn months(text: &mut String, athlete: &AthleteReview, style: &Style) {
    let kept = |recovery: &VerdictCounts| format!("{} of {}", recovery.kept, judged(recovery));
    let months: Vec<String> = athlete
        .months
        .iter()
        .filter(|month| judged(&month.recovery) > 0)
        .map(|month| {
            let part = if month.is_cut { " (part of it)" } else { "" };
            format!("{} in {}{part}", kept(&month.recovery), month.month)
        })
        .collect();
    if !months.is_empty() {
        line(text, &fold(&format!("Recovery runs kept: {}.", months.join(", ")), style));
    }
}

fn judged(recovery: &VerdictCounts) -> usize {
    recovery.runs - recovery.cannot_judge
}

/// The last weeks: only where every run is listed, since they are about all of them.
fn weeks(text: &mut String, athlete: &AthleteReview, style: &Style) {
    if athlete.weeks.is_empty() {
        return;
    }
    let shown = if style.verbose { athlete.weeks.len() } else { SHOWN_WEEKS };
    line(text, "\nWeek of     Days  Quality  Recovery (kept)  Under ceiling  Easy  Moderate  Hard");
    let first = athlete.weeks.len().saturating_sub(shown);
    let weeks = &athlete.weeks[first..];
    weeks.iter().for_each(|week| line(text, &week_line(week)));
    if weeks.iter().any(|week| week.is_cut) {
        line(text, &fold("* a part of the week: --since or --until leaves days of it out", style));
    }
}

fn week_line(week: &Week) -> String {
    let all = f64::from(week.band_s.iter().sum::<u32>());
    let share = |seconds: u32| match () {
        () if all > 0.0 => format!("{} %", plain(100.0 * f64::from(seconds) / all, 0)),
        () => "–".to_owned(),
    };
    let [target, recovery, easy, moderate, hard] = week.band_s;
    format!(
        "{}{} {:>4}  {:>7}  {:>8} {:>6}  {:>13}  {:>4}  {:>8}  {:>4}",
        week.monday,
        if week.is_cut { '*' } else { ' ' },
        week.running_days,
        week.quality,
        week.recovery.runs,
        format!("({})", week.recovery.kept),
        share(target + recovery),
        share(easy),
        share(moderate),
        share(hard)
    )
}
