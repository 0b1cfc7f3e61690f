//! What the columns of Strava's table are called, by language.
//!
//! English and German names were seen in headers that people published in the issues of several
//! projects; for French, Spanish, Dutch, Portuguese and Czech those of file, date, name, type and
//! elapsed time in public code that reads such exports, French also for the recovery tag, Spanish
//! for the temperature, Czech for description and note. All others are plain translations: names
//! count only whole, so one that Strava does not use is never met.

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    File,
    Date,
    Name,
    Type,
    Description,
    Note,
    Elapsed,
    Exertion,
    Temperature,
    Recovery,
    Competition,
    LongRun,
}

impl Role {
    pub(super) const ALL: [Self; 12] = [
        Self::File,
        Self::Date,
        Self::Name,
        Self::Type,
        Self::Description,
        Self::Note,
        Self::Elapsed,
        Self::Exertion,
        Self::Temperature,
        Self::Recovery,
        Self::Competition,
        Self::LongRun,
    ];

    /// Its names in small letters, the surest first: newer exports have a bare `Type` for
    /// something else beside `Activity Type`.
    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::File => FILE,
            Self::Date => DATE,
            Self::Name => NAME,
            Self::Type => TYPE,
            Self::Description => DESCRIPTION,
            Self::Note => NOTE,
            Self::Elapsed => ELAPSED,
            Self::Exertion => EXERTION,
            Self::Temperature => TEMPERATURE,
            Self::Recovery => RECOVERY,
            Self::Competition => COMPETITION,
            Self::LongRun => LONG_RUN,
        }
    }
}

const FILE: &[&str] = &[
    "filename",
    "dateiname",
    "nom du fichier",
    "nombre de archivo",
    "nombre del archivo",
    "nome file",
    "nome del file",
    "bestandsnaam",
    "nome do arquivo",
    "nome do ficheiro",
    "název souboru",
];

const DATE: &[&str] = &[
    "activity date",
    "aktivitätsdatum",
    "date de l'activité",
    "fecha de la actividad",
    "data dell'attività",
    "data attività",
    "datum van activiteit",
    "data da atividade",
    "datum aktivity",
    "date",
];

const NAME: &[&str] = &[
    "activity name",
    "name der aktivität",
    "nom de l'activité",
    "nombre de la actividad",
    "nome dell'attività",
    "nome attività",
    "naam activiteit",
    "naam van activiteit",
    "nome da atividade",
    "název aktivity",
    "name",
];

const TYPE: &[&str] = &[
    "activity type",
    "aktivitätsart",
    "type d'activité",
    "tipo de actividad",
    "tipo di attività",
    "tipo attività",
    "activiteitstype",
    "tipo de atividade",
    "typ aktivity",
    "type",
];

const DESCRIPTION: &[&str] = &[
    "activity description",
    "aktivitätsbeschreibung",
    "description de l'activité",
    "descripción de la actividad",
    "descrizione dell'attività",
    "descrizione attività",
    "beschrijving van activiteit",
    "beschrijving activiteit",
    "descrição da atividade",
    "popis aktivity",
    "description",
];

const NOTE: &[&str] = &[
    "activity private note",
    "hinweis zur privatsphäre für aktivitäten",
    "note privée de l'activité",
    "nota privada de la actividad",
    "nota privata dell'attività",
    "privénotitie bij activiteit",
    "nota privada da atividade",
    "soukromá poznámka k aktivitě",
];

const ELAPSED: &[&str] = &[
    "elapsed time",
    "verstrichene zeit",
    "temps écoulé",
    "tiempo transcurrido",
    "tempo trascorso",
    "verstreken tijd",
    "tempo decorrido",
    "uplynulý čas",
    "elapsed_time",
];

const EXERTION: &[&str] = &[
    "perceived exertion",
    "gefühlte anstrengung",
    "effort perçu",
    "esfuerzo percibido",
    "sforzo percepito",
    "ervaren inspanning",
    "esforço percebido",
    "vnímané úsilí",
];

const TEMPERATURE: &[&str] = &["weather temperature", "wetter: temperatur", "temperatura"];

const RECOVERY: &[&str] = &[
    "recovery",
    "regeneration",
    "récupération",
    "recuperación",
    "recupero",
    "herstel",
    "recuperação",
    "regenerace",
];

const COMPETITION: &[&str] = &[
    "competition",
    "wettbewerb",
    "compétition",
    "competición",
    "competizione",
    "wedstrijd",
    "competição",
    "závod",
];

const LONG_RUN: &[&str] = &[
    "long run",
    "langer lauf",
    "sortie longue",
    "carrera larga",
    "corsa lunga",
    "lange loop",
    "corrida longa",
    "dlouhý běh",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_has_two_roles() {
        let all: Vec<&str> = Role::ALL.iter().flat_map(|role| role.names()).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|name| name.to_lowercase() == **name));
    }
}
