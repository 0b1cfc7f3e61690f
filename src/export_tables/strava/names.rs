//! What the columns of Strava's table are called, by language.
//!
//! English and German names were seen in headers that people published in the issues of several
//! projects; for French, Spanish, Dutch, Portuguese and Czech those of file, date, name, type and
//! elapsed time in public code that reads such exports, French also for the recovery tag, Spanish
//! for the temperature, Czech for description and note; Chinese as in a public report of a table
//! that could not be read. All others are plain translations: names
//! count only whole, so one that Strava does not use is never met.

use super::role::ColumnRole;

impl ColumnRole {
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
    "文件名",
    "檔案名稱",
    "ファイル名",
    "파일 이름",
    "파일명",
    "имя файла",
    "название файла",
    "filnavn",
    "filnamn",
    "tiedostonimi",
    "tiedoston nimi",
    "nazwa pliku",
    "dosya adı",
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
    "活动日期",
    "活動日期",
    "アクティビティ日",
    "アクティビティの日付",
    "활동 날짜",
    "дата тренировки",
    "дата активности",
    "aktivitetsdato",
    "aktivitetsdatum",
    "aktiviteetin päivämäärä",
    "data aktywności",
    "aktivite tarihi",
    "etkinlik tarihi",
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
    "活动名称",
    "活動名稱",
    "アクティビティ名",
    "활동 이름",
    "название тренировки",
    "название активности",
    "aktivitetsnavn",
    "aktivitetsnamn",
    "aktiviteetin nimi",
    "nazwa aktywności",
    "aktivite adı",
    "etkinlik adı",
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
    "活动类型",
    "活動類型",
    "アクティビティタイプ",
    "アクティビティの種類",
    "활동 유형",
    "тип тренировки",
    "тип активности",
    "aktivitetstype",
    "aktivitetstyp",
    "aktiviteetin tyyppi",
    "rodzaj aktywności",
    "aktivite türü",
    "etkinlik türü",
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
    "活动描述",
    "活動說明",
    "アクティビティの説明",
    "활동 설명",
    "описание тренировки",
    "описание активности",
    "aktivitetsbeskrivelse",
    "aktivitetsbeskrivning",
    "aktiviteetin kuvaus",
    "opis aktywności",
    "aktivite açıklaması",
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
    "活动私人备注",
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
    "全程耗时",
    "经过时间",
    "経過時間",
    "경과 시간",
    "прошедшее время",
    "forløbet tid",
    "forløpt tid",
    "förfluten tid",
    "kulunut aika",
    "czas całkowity",
    "geçen süre",
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
    "恢复",
    "恢復",
    "リカバリー",
    "회복",
    "восстановление",
    "restitution",
    "återhämtning",
    "palautuminen",
    "regeneracja",
    "toparlanma",
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
    "比赛",
    "比賽",
    "대회",
    "соревнование",
    "konkurrence",
    "konkurranse",
    "tävling",
    "kilpailu",
    "zawody",
    "yarış",
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
    "长跑",
    "長跑",
    "длительный бег",
    "lang løbetur",
    "langtur",
    "långpass",
    "pitkä lenkki",
    "długi bieg",
    "uzun koşu",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_has_two_roles() {
        let all: Vec<&str> =
            ColumnRole::ALL.iter().flat_map(|role| role.names()).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|name| name.to_lowercase() == **name));
    }
}
