//! The name of an activity type, in the languages of the exports → what kind of movement it was.

use crate::activity::{Sport, SubSport};

/// Names of types in GPX tracks, in Garmin's keys and, in eight languages, in Strava's exports.
const WORDS: &[(&[&str], Sport)] = &[
    (&["run", "running", "runs", "jog", "jogging", "trailrun", "trailrunning"], Sport::Running),
    (&["laufen", "lauf", "traillauf", "footing", "hardlopen", "hardloopsessie"], Sport::Running),
    (&["corsa", "carrera", "corrida", "běh"], Sport::Running),
    (&["walk", "walking", "gehen", "spaziergang", "marche", "wandeling"], Sport::Walking),
    (&["camminata", "caminata", "caminhada", "chůze"], Sport::Walking),
    (&["hike", "hiking", "wandern", "wanderung", "randonnée", "trekking"], Sport::Hiking),
    (&["hiken", "senderismo", "escursione", "escursionismo", "turistika"], Sport::Hiking),
    (&["cycling", "biking", "bike", "bicycle", "ride", "mtb", "radfahren"], Sport::Cycling),
    (&["radfahrt", "vélo", "cyclisme", "ciclismo", "bici", "bicicleta"], Sport::Cycling),
    (&["bicicletta", "fietsrit", "fietsen", "pedalada", "jízda"], Sport::Cycling),
    (&["swim", "swimming", "schwimmen", "natation", "natación", "nuoto"], Sport::Swimming),
    (&["zwemmen", "natação", "plavání"], Sport::Swimming),
];

/// The sport that a type names; unspecified where it names none, for the text may as well be the
/// runner's own word for a session.
pub fn sport(kind: &str) -> Sport {
    if let Some(sport) = strava_code(kind.trim()) {
        return sport;
    }
    let words = words(kind);
    let says = |name: &str| words.iter().any(|word| word == name);
    if says("ski") {
        // “Ski de randonnée” is no hike.
        return Sport::Other("skiing".to_owned());
    }
    if says("course") && says("pied") {
        return Sport::Running;
    }
    words.iter().find_map(|word| known(word)).unwrap_or_else(|| other(&words))
}

fn known(word: &str) -> Option<Sport> {
    let mut entries = WORDS.iter();
    let entry = entries.find(|(names, _)| names.contains(&word));
    entry.map(|(_, sport)| sport.clone())
}

/// The narrower kind, in the words that FIT has for it.
pub fn sub_sport(kind: &str, sport: &Sport) -> SubSport {
    const VIRTUAL: &[&str] = &[
        "virtual",
        "virtuell",
        "virtueller",
        "virtuelle",
        "virtuel",
        "virtuele",
        "virtuale",
        "virtuální",
    ];
    let words = words(kind);
    let says = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    let name = match sport {
        _ if says(VIRTUAL) && *sport == Sport::Running => "virtual_run",
        _ if says(VIRTUAL) || kind.trim() == "17" => "virtual_activity",
        _ if says(&["treadmill", "laufband", "loopband"]) => "treadmill",
        Sport::Running if says(&["indoor"]) => "indoor_running",
        _ if says(&["trail", "trailrun", "trailrunning", "traillauf"]) => "trail",
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
            ("lap_swimming", "swimming", "generic"),
            ("road_biking", "cycling", "generic"),
            ("virtual_ride", "cycling", "virtual_activity"),
            ("resort_skiing_snowboarding_ws", "skiing", "generic"),
            ("Course à pied", "running", "generic"),
            ("Course à pied virtuelle", "running", "virtual_run"),
            ("Ski de randonnée", "skiing", "generic"),
            ("Virtueller Lauf", "running", "virtual_run"),
            ("Radfahrt", "cycling", "generic"),
            ("Hardloopsessie", "running", "generic"),
            ("Virtuele fietsrit", "cycling", "virtual_activity"),
            ("Běh", "running", "generic"),
            ("Jízda", "cycling", "generic"),
            ("Carrera", "running", "generic"),
            ("Corrida", "running", "generic"),
            ("Corsa", "running", "generic"),
            ("Weight Training", "unspecified", "generic"),
            ("Course", "unspecified", "generic"),
            ("", "unspecified", "generic"),
        ] {
            assert_eq!(named(kind), (sport.to_owned(), sub_sport.to_owned()), "{kind}");
        }
    }
}
