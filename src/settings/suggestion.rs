//! The known word that somebody probably meant.

/// The nearest known word, if it is near enough to be a slip of the finger; a swap of two
/// neighbours counts as one slip.
pub(super) fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let word = normal(word);
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &normal(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// `; did you mean …?` for the nearest word, or nothing.
pub(super) fn did_you_mean<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    nearest(word, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// `-`, `_` and case are what people mix up most, so they count for nothing. Cut, because the
/// cost grows with the square of the length.
fn normal(word: &str) -> String {
    word.chars().take(60).map(|c| if c == '-' { '_' } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["max", "max_source", "resting", "talk_test", "time-above-ceiling"];
        let cases = [
            ("maks", None),
            ("mx", Some("max")),
            ("amx", Some("max")),
            ("max-source", Some("max_source")),
            ("restnig", Some("resting")),
            ("TalkTest", Some("talk_test")),
            ("time_above_ceiling", Some("time-above-ceiling")),
            ("weight", None),
            ("", None),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
