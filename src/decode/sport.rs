//! The name of an activity type, in the languages of the exports → what kind of movement it was.

use crate::activity::{Sport, SubSport};

/// Names of types in GPX tracks, in Garmin's keys and, in many languages, in Strava's exports. The
/// first line that has a word of the type holds.
const WORDS: &[(&str, Sport)] = &[
    ("doğa fottur vandretur vandring vaellus patikointi wędrówka поход хайкинг", Sport::Hiking),
    ("run running runs jog jogging trailrun trailrunning", Sport::Running),
    ("laufen lauf traillauf footing hardlopen hardloopsessie", Sport::Running),
    ("corsa carrera corrida běh løb løbetur løping løp løpetur", Sport::Running),
    (
        "löpning löprunda löp löppass juoksu juokseminen bieg bieganie koşu бег пробежка",
        Sport::Running,
    ),
    ("walk walking gehen spaziergang marche wandeling camminata caminata", Sport::Walking),
    (
        "caminhada chůze gåtur gang promenad gång kävely spacer yürüyüş ходьба прогулка",
        Sport::Walking,
    ),
    ("hike hiking wandern wanderung randonnée trekking hiken", Sport::Hiking),
    ("senderismo escursione escursionismo turistika", Sport::Hiking),
    ("cycling biking bike bicycle ride mtb radfahren radfahrt vélo cyclisme", Sport::Cycling),
    ("ciclismo bici bicicleta bicicletta fietsrit fietsen pedalada jízda", Sport::Cycling),
    ("cykling cykeltur cykel sykling sykkeltur sykkel pyöräily pyöräretki", Sport::Cycling),
    ("rower rowerze kolarstwo bisiklet велозаезд велосипед велоспорт", Sport::Cycling),
    ("swim swimming schwimmen natation natación nuoto zwemmen natação plavání", Sport::Swimming),
    ("svømning svømming simning uinti pływanie yüzme плавание", Sport::Swimming),
];

/// Parts of words in languages that write them without blanks.
const PARTS: &[(&str, Sport)] = &[
    ("徒步 徒歩 登山 远足 遠足 ハイキング 하이킹 등산", Sport::Hiking),
    ("跑 ランニング ジョギング 달리기 러닝", Sport::Running),
    ("步行 走路 健走 散步 散歩 ウォーキング ウォーク 걷기", Sport::Walking),
    ("骑 騎 自行车 自転車 サイクリング ライド 라이딩 사이클링 자전거", Sport::Cycling),
    ("游泳 水泳 スイム 수영", Sport::Swimming),
];

/// The sport that a type names; unspecified where it names none, for the text may as well be the
/// runner's own word for a session.
pub fn sport(kind: &str) -> Sport {
    if let Some(sport) = strava_code(kind.trim()) {
        return sport;
    }
    let words = words(kind);
    let says = |name: &str| words.iter().any(|word| word == name);
    if says("course") && says("pied") {
        return Sport::Running;
    }
    // “Ski de randonnée” is no hike.
    other(&words).or_else(|| known(&words)).unwrap_or_default()
}

/// As [`sport`], but a type of which no sport is known is another sport: not every name that a service
/// gives may as well be a run.
pub fn named_sport(kind: &str) -> Sport {
    match sport(kind) {
        Sport::Unspecified if !kind.trim().is_empty() => Sport::Other(words(kind).join(" ")),
        sport => sport,
    }
}

fn known(words: &[String]) -> Option<Sport> {
    let is_said = |(names, _): &&(&str, Sport)| {
        names.split(' ').any(|name| words.iter().any(|word| word == name))
    };
    let has_part = |(parts, _): &&(&str, Sport)| {
        parts.split(' ').any(|part| words.iter().any(|word| word.contains(part)))
    };
    let known = WORDS.iter().find(is_said).or_else(|| PARTS.iter().find(has_part));
    known.map(|(_, sport)| sport.clone())
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
        _ if says(&["treadmill", "laufband", "loopband", "跑步机"]) => "treadmill",
        Sport::Running if says(&["indoor"]) => "indoor_running",
        _ if says(&["trail", "trailrun", "trailrunning", "traillauf", "越野跑"]) => "trail",
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
const OTHERS: &[(&str, &str)] = &[
    ("driving", "driving"),
    ("flying", "flying"),
    ("rowing rudern roning rodd roddning aviron remo canottaggio roeien", "rowing"),
    ("soutu wioślarstwo kürek гребля 划船 ローイング 조정", "rowing"),
    ("paddling", "paddling"),
    ("kayaking kayak kajak kajakfahren kajakk", "kayaking"),
    ("canoeing canoe kanu kanufahren canoë kano kanot", "canoeing"),
    ("sailing", "sailing"),
    (
        "skifahren skilaufen skilanglauf langlaufen langlauf skitour langrend ski skiing skiën esquí esqui sci skitur skidåkning skiløb langrenn",
        "skiing",
    ),
    ("längdskidåkning längdskidor hiihto narty narciarstwo лыжи 滑雪 スキー 스키", "skiing"),
    ("snowboarding", "snowboarding"),
    ("skating inline", "skating"),
    ("motorcycling", "motorcycling"),
    ("golf golfing", "golf"),
    ("elliptical elliptique ellipsentrainer crosstrainer elíptica ellittica", "elliptical"),
    ("yoga", "yoga"),
];

fn other(words: &[String]) -> Option<Sport> {
    let is_said = |(names, _): &&(&str, &str)| {
        names.split(' ').any(|name| words.iter().any(|word| word == name))
    };
    OTHERS.iter().find(is_said).map(|(_, sport)| Sport::Other((*sport).to_owned()))
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

    /// A type, and the sport and the kind of it that are meant.
    const IN_THE_WILD: &[(&str, &str, &str)] = &[
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
        ("跑步", "running", "generic"),
        ("越野跑", "running", "trail"),
        ("徒步", "hiking", "generic"),
        ("骑行", "cycling", "generic"),
        ("游泳", "swimming", "generic"),
        ("ランニング", "running", "generic"),
        ("달리기", "running", "generic"),
        ("Бег", "running", "generic"),
        ("Велозаезд", "cycling", "generic"),
        ("Løb", "running", "generic"),
        ("Løpetur", "running", "generic"),
        ("Löpning", "running", "generic"),
        ("cykling", "cycling", "generic"),
        ("rodd", "rowing", "generic"),
        ("Juoksu", "running", "generic"),
        ("Bieg", "running", "generic"),
        ("Jazda na rowerze", "cycling", "generic"),
        ("Koşu", "running", "generic"),
        ("Doğa yürüyüşü", "hiking", "generic"),
        ("Yürüyüş", "walking", "generic"),
        ("滑雪", "skiing", "generic"),
        ("Längdskidåkning", "skiing", "generic"),
        ("恢复跑", "running", "generic"),
        ("Course", "unspecified", "generic"),
        ("", "unspecified", "generic"),
    ];

    #[test]
    fn types_in_the_wild() {
        for (kind, sport, sub_sport) in IN_THE_WILD {
            assert_eq!(named(kind), ((*sport).to_owned(), (*sub_sport).to_owned()), "{kind}");
        }
    }
}
