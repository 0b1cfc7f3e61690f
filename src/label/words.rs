//! The words that name a kind of session, by language, in plain form (see `fold`).

use regex::Regex;

use crate::session::SessionKind;

use super::fold::for_plain_text;

/// Words of one language: expressions that must match whole words.
type Words = (&'static str, &'static [&'static str]);

const RECOVERY: &[Words] = &[
    ("English", &["recove?$"]),
    (
        "German",
        &[
            r"regenerations?(?:lauf\w*|laeufe|dauerlauf|jog\w*|run|einheit|training)?",
            r"regenerativ\w*",
            r"regener(?:a|at|ati|atio)?$",
            r"reg\.? ?(?:lauf|dl|dauerlauf)",
            r"re ?kom(?:lauf)?",
            "kompensationslauf",
            r"erholung(?:s(?:lauf\w*|laeufe|dauerlauf|jog\w*|run|einheit|training))?",
            r"erholungsl\w{0,2}$",
        ],
    ),
    ("French", &["recup", r"recuperat\w*", "decrassage"]),
    ("Spanish", &["recuperacion", r"regenerativ\w+"]),
    ("Italian", &["recupero", r"rigenera\w+", "(?:corsa|lento) di scarico"]),
    ("Portuguese", &["recuperacao", r"regenerativ\w+"]),
    ("Dutch", &[r"herstel(?:loop\w*|run|rondje|duurloop|training)?"]),
    ("Czech", &[r"regenerac\w+", r"vyklus\w*"]),
];

const EASY: &[Words] = &[
    (
        "English",
        &[
            r"easy(?:runs?|jogs?)?",
            "ez(?:run)?",
            "conversational",
            "aerobic",
            "maf",
            "zone ?2",
            "z2",
            "base (?:runs?|jog|miles|mileage|pace|endurance)",
            "base$",
        ],
    ),
    ("German", &[r"locker(?:e[mnrs]?)?", r"ruhige[rn]? (?:dauer)?lauf", "ga ?1"]),
    ("French", &["footing", "endurance fondamentale", "ef", "facile", "tranquille"]),
    ("Spanish", &["suaves?", "rodaje", "trote", "facil"]),
    ("Italian", &["corsa lenta", "fondo lento", "facile"]),
    ("Portuguese", &["rodagem", "(?:corrida|trote|treino) (?:bem )?leve", "leve \\d+", "facil"]),
    ("Dutch", &["rustige?"]),
    ("Czech", &["voln[ey] (?:beh|klus)", "volne", r"lehk[yaeo] (?:beh|klus)", "lehce", "klus"]),
];

const LONG: &[Words] = &[
    (
        "English",
        &[
            r"long(?: (?:slow|easy|steady|sunday|saturday|weekend|midweek|morning|trail|hilly|aerobic|endurance|training|progressi(?:ve|on)|relaxed|recovery)){0,2} ?(?:runs?|jogs?)",
            "lsd",
            "long slow distance",
        ],
    ),
    ("German", &[r"lange[rn]? (?:\w+er )?(?:dauer)?lauf", "ldl"]),
    ("French", &["sortie longue", "footing long", "long footing"]),
    ("Spanish", &["tirada larga", "rodaje largo", "carrera larga"]),
    (
        "Italian",
        &["lunghissimo", "corsa lunga", "fondo lungo", "lungo lento", r"lungo \d+", "^lungo$"],
    ),
    ("Portuguese", &["longao", "treino longo", "corrida longa", r"longo \d+"]),
    ("Dutch", &[r"lange (?:\w+e )?(?:duur)?loop", "lange run"]),
    ("Czech", &["dlouhy (?:beh|vybeh|klus)"]),
];

const TEMPO: &[Words] = &[
    (
        "English",
        &[
            r"tempo(?:runs?)?",
            "threshold",
            "(?:race|goal|marathon|half marathon|half|hm|10 ?k|5 ?k) pace",
        ],
    ),
    (
        "German",
        &[
            r"tempol(?:auf|aeuf)\w*",
            "tempo ?dauerlauf",
            "tempo(?:training|einheit)",
            "tdl",
            r"schwellen?(?:lauf\w*|training|einheit)?",
            "(?:renn|wettkampf|marathon|hm) ?tempo",
        ],
    ),
    ("French", &["seuil", "allure (?:marathon|semi|specifique|course|10 ?km?)"]),
    ("Spanish", &["umbral", "ritmo (?:controlado|competicion|maraton|de carrera)"]),
    ("Italian", &["soglia", "ritmo (?:gara|maratona)", "fondo (?:medio|veloce)", "corsa media"]),
    ("Portuguese", &["limiar", "ritmo de prova"]),
    ("Dutch", &["tempo(?:duur)?loop", "(?:wedstrijd|marathon)tempo", r"drempel\w*"]),
    ("Czech", &[r"tempov\w+", r"prahov\w+"]),
];

const INTERVAL: &[Words] = &[
    (
        "English",
        &[
            "intervals?",
            "repeats",
            r"(?:hill|mile|km|\d+k?m?|short|long) (?:repeat|reps?)",
            "vo2 ?(?:max)?",
            "track",
            "(?:fartlek|farlek|fartleks)",
            "speed ?work",
            "speed (?:session|workout|training|day)",
            r"yassos?",
            "hiit",
            "anaerobic",
            "sprint$",
        ],
    ),
    (
        "German",
        &[
            r"(?:\w+)?intervalle?n?s?(?:training|lauf\w*|laeufe|einheit)?",
            "bahntraining",
            "fahrtspiel",
            r"tempowechsel\w*",
            r"(?:berg|hue?gel)(?:sprints?|laufe|laeufe|training)",
            r"wiederholungsl\w+",
        ],
    ),
    ("French", &["fractionnes?", "vma", "seance (?:de )?cotes", "30/30"]),
    (
        "Spanish",
        &[
            r"interval[oai]\w*",
            "cambios? de ritmo",
            "cuestas",
            r"\d+ series",
            r"series (?:de|cortas|largas|\d+\w*)",
            "(?:entreno|entrenamiento|dia|sesion)(?: de)? series",
            "^series$",
        ],
    ),
    ("Italian", &["ripetute", "variazioni"]),
    ("Portuguese", &["tiros", "treino de pista"]),
    ("Dutch", &[r"intervalt\w+", r"intervall?oop", "(?:heuvel|baan)training", "vaartspel"]),
    ("Czech", &["intervaly", "useky"]),
];

const RACE: &[Words] = &[
    ("English", &["races?", "raced", "raceday", "time trial", "competition"]),
    ("German", &["wettkampf", "wettkaempfe?", "volkslauf", r"\w*meisterschaft(?:en)?"]),
    ("French", &["competition", "jour de course"]),
    ("Spanish", &["competicion", "carrera popular", "dia de carrera"]),
    ("Italian", &["gara", "competizione"]),
    ("Portuguese", &["competicao", "dia de prova"]),
    ("Dutch", &["wedstrijd"]),
    ("Czech", &["zavod(?:y|u|em|e)?"]),
];

/// Words that count inside others too: watches cut names anywhere, and Chinese has no blanks.
const PARTS: &[(SessionKind, &[&str])] = &[
    (SessionKind::Recovery, &["recovery?", "恢复", "恢復", "排酸"]),
    (SessionKind::Easy, &["轻松", "輕鬆", "有氧", "基础", "基礎"]),
    (SessionKind::Long, &["长距离", "長距離", "长课"]),
    (SessionKind::Tempo, &["节奏", "節奏", "乳酸", "阈值", "閾值", "马拉松配速", "馬拉松配速"]),
    (SessionKind::Interval, &["间歇", "間歇", "法特莱克", "变速跑", "變速跑"]),
    (SessionKind::Race, &["比赛", "比賽", "竞赛"]),
];

const fn whole_words(kind: SessionKind) -> &'static [Words] {
    match kind {
        SessionKind::Recovery => RECOVERY,
        SessionKind::Easy => EASY,
        SessionKind::Long => LONG,
        SessionKind::Tempo => TEMPO,
        SessionKind::Interval => INTERVAL,
        SessionKind::Race => RACE,
    }
}

/// One expression for all words of a kind.
pub(super) fn of(kind: SessionKind) -> Regex {
    let whole: Vec<&str> =
        whole_words(kind).iter().flat_map(|(_, words)| *words).copied().collect();
    let mut pattern = format!(r"\b(?:{})\b", whole.join("|"));
    for part in parts(kind) {
        pattern = format!("{pattern}|{part}");
    }
    Regex::new(&for_plain_text(&pattern)).expect("built-in words are regular expressions")
}

/// The words of a kind that count inside others too.
fn parts(kind: SessionKind) -> impl Iterator<Item = &'static str> {
    PARTS.iter().filter(move |(of, _)| *of == kind).flat_map(|(_, parts)| parts.iter().copied())
}

/// Every word of a kind as it stands in the tables.
pub(super) fn built_in(kind: SessionKind) -> impl Iterator<Item = &'static str> {
    let whole = whole_words(kind).iter().flat_map(|(_, words)| words.iter().copied());
    whole.chain(parts(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_words_for_every_kind() {
        let languages =
            ["English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch", "Czech"];
        for kind in SessionKind::ALL {
            let known: Vec<&str> =
                whole_words(kind).iter().map(|(language, _)| *language).collect();
            assert_eq!(known, languages, "{kind}");
            assert!(of(kind).find_iter("跑步").next().is_none(), "{kind}");
            assert!(PARTS.iter().any(|(of, _)| *of == kind), "Chinese {kind}");
        }
    }

    #[test]
    fn words_are_in_plain_form() {
        for kind in SessionKind::ALL {
            for word in whole_words(kind).iter().flat_map(|(_, words)| *words) {
                let classes = word.replace(r"\w", "").replace(r"\d", "");
                assert!(classes.is_ascii() && classes.to_lowercase() == classes, "{word}");
            }
        }
    }
}
