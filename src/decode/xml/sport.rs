//! The free text of `<type>` → what kind of movement it was.

use crate::activity::{Sport, SubSport};

/// The sport that a track's type names; unspecified where it names none, for the text may as well
/// be the runner's own word for a session.
pub fn sport(kind: &str) -> Sport {
    const WORDS: &[(&[&str], Sport)] = &[
        (&["run", "running", "runs", "jog", "jogging", "trailrun", "trailrunning"], Sport::Running),
        (&["laufen", "lauf", "hardlopen", "corsa", "carrera", "footing"], Sport::Running),
        (&["walk", "walking", "gehen", "marche"], Sport::Walking),
        (&["hike", "hiking", "wandern", "randonnée", "trekking"], Sport::Hiking),
        (&["cycling", "biking", "bike", "bicycle", "ride", "mtb", "radfahren"], Sport::Cycling),
        (&["swim", "swimming", "schwimmen"], Sport::Swimming),
    ];
    let words = words(kind);
    if let Some(sport) = strava_code(kind.trim()) {
        return sport;
    }
    let known = |word: &String| {
        WORDS
            .iter()
            .find(|(names, _)| names.contains(&word.as_str()))
            .map(|(_, sport)| sport.clone())
    };
    words.iter().find_map(known).unwrap_or_else(|| other(&words))
}

/// The narrower kind, in the words that FIT has for it.
pub fn sub_sport(kind: &str, sport: &Sport) -> SubSport {
    let words = words(kind);
    let says = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    let name = match sport {
        _ if says(&["virtual"]) && *sport == Sport::Running => "virtual_run",
        _ if says(&["virtual"]) || kind.trim() == "17" => "virtual_activity",
        _ if says(&["treadmill", "laufband"]) => "treadmill",
        Sport::Running if says(&["indoor"]) => "indoor_running",
        _ if says(&["trail", "trailrun", "trailrunning"]) => "trail",
        Sport::Running if says(&["track"]) => "track",
        _ => return SubSport::default(),
    };
    SubSport(name.to_owned())
}

/// The numbers that older exports of Strava have in place of a name.
fn strava_code(kind: &str) -> Option<Sport> {
    match kind {
        "1" | "17" => Some(Sport::Cycling),
        "4" => Some(Sport::Hiking),
        "9" => Some(Sport::Running),
        "10" => Some(Sport::Walking),
        "16" => Some(Sport::Swimming),
        _ => None,
    }
}

/// Sports that are surely no run, so that nobody takes their tracks for one.
fn other(words: &[String]) -> Sport {
    const NAMES: &[&str] = &[
        "driving",
        "flying",
        "rowing",
        "paddling",
        "kayaking",
        "canoeing",
        "sailing",
        "skiing",
        "snowboarding",
        "skating",
        "motorcycling",
        "golf",
        "yoga",
    ];
    let name = words.iter().find(|word| NAMES.contains(&word.as_str()));
    name.map_or(Sport::Unspecified, |name| Sport::Other(name.clone()))
}

/// Words in lower case: `trail_running`, `Trail Running` and `TrailRunning` are the same.
fn words(kind: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for character in kind.chars().take(MAX_CHARACTERS) {
        let begins = !character.is_alphanumeric() || (after_lower && character.is_uppercase());
        if begins {
            words.push(String::new());
        }
        if let (true, Some(word)) = (character.is_alphanumeric(), words.last_mut()) {
            word.extend(character.to_lowercase());
        }
        after_lower = character.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A type is a word or two; nothing is looked for in an essay.
const MAX_CHARACTERS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn named(kind: &str) -> (String, String) {
        let sport = sport(kind);
        (sport.name().to_owned(), sub_sport(kind, &sport).0)
    }

    #[test]
    fn types_in_the_wild() {
        for (kind, sport, sub_sport) in [
            ("running", "running", "generic"),
            ("Run", "running", "generic"),
            (" 9 ", "running", "generic"),
            ("trail_running", "running", "trail"),
            ("TrailRun", "running", "trail"),
            ("Trail Running", "running", "trail"),
            ("treadmill_running", "running", "treadmill"),
            ("track_running", "running", "track"),
            ("indoor_running", "running", "indoor_running"),
            ("VirtualRun", "running", "virtual_run"),
            ("VirtualRide", "cycling", "virtual_activity"),
            ("Recovery Run", "running", "generic"),
            ("1", "cycling", "generic"),
            ("cycling", "cycling", "generic"),
            ("10", "walking", "generic"),
            ("walking", "walking", "generic"),
            ("4", "hiking", "generic"),
            ("open_water_swimming", "swimming", "generic"),
            ("driving", "driving", "generic"),
            ("Recovery", "unspecified", "generic"),
            ("trackOnWeb", "unspecified", "generic"),
            ("", "unspecified", "generic"),
        ] {
            assert_eq!(named(kind), (sport.to_owned(), sub_sport.to_owned()), "{kind}");
        }
    }
}
