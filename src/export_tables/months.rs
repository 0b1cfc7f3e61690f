//! The names of months, long and short, in the eight languages that are read.

/// By month: English, German, French, Spanish, Italian, Dutch, Portuguese, Czech, in small letters.
const NAMES: [&[&str]; 12] = [
    &[
        "jan", "january", "januar", "jänner", "janv", "janvier", "ene", "enero", "gen", "gennaio",
        "januari", "janeiro", "led", "leden", "ledna",
    ],
    &[
        "feb",
        "february",
        "februar",
        "févr",
        "février",
        "febrero",
        "febbraio",
        "februari",
        "fev",
        "fevereiro",
        "úno",
        "únor",
        "února",
    ],
    &[
        "mar", "march", "mär", "märz", "mars", "marzo", "mrt", "maart", "março", "bře", "březen",
        "března",
    ],
    &["apr", "april", "avr", "avril", "abr", "abril", "aprile", "dub", "duben", "dubna"],
    &["may", "mai", "mayo", "mag", "maggio", "mei", "maio", "kvě", "květen", "května"],
    &["jun", "june", "juni", "juin", "junio", "giu", "giugno", "junho", "čvn", "červen", "června"],
    &[
        "jul",
        "july",
        "juli",
        "juil",
        "juillet",
        "julio",
        "lug",
        "luglio",
        "julho",
        "čvc",
        "červenec",
        "července",
    ],
    &["aug", "august", "août", "ago", "agosto", "augustus", "srp", "srpen", "srpna"],
    &[
        "sep",
        "sept",
        "september",
        "septembre",
        "septiembre",
        "set",
        "settembre",
        "setembro",
        "zář",
        "září",
    ],
    &[
        "oct", "october", "okt", "oktober", "octobre", "octubre", "ott", "ottobre", "out",
        "outubro", "říj", "říjen", "října",
    ],
    &["nov", "november", "novembre", "noviembre", "novembro", "lis", "listopad", "listopadu"],
    &[
        "dec",
        "december",
        "dez",
        "dezember",
        "déc",
        "décembre",
        "dic",
        "diciembre",
        "dicembre",
        "dezembro",
        "pro",
        "prosinec",
        "prosince",
    ],
];

/// The number of a month, from 1.
pub(super) fn month(name: &str) -> Option<u32> {
    let place = NAMES.iter().position(|names| names.contains(&name))?;
    Some(place as u32 + 1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_means_two_months() {
        let all: Vec<&str> = NAMES.concat();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|name| name.to_lowercase() == **name));
    }

    #[test]
    fn every_language_counts_to_twelve() {
        for months in [
            "jan feb mar apr may jun jul aug sep oct nov dec",
            "jan feb mär apr mai jun jul aug sep okt nov dez",
            "janv févr mars avr mai juin juil août sept oct nov déc",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "jan feb mrt apr mei jun jul aug sep okt nov dec",
            "jan fev mar abr mai jun jul ago set out nov dez",
            "led úno bře dub kvě čvn čvc srp zář říj lis pro",
        ] {
            let numbers: Vec<u32> = months.split(' ').filter_map(month).collect();
            assert_eq!(numbers, (1..=12).collect::<Vec<_>>(), "{months}");
        }
        assert_eq!(month("smarch"), None);
    }
}
