//! One row → what it says of its activity.

use crate::activity::{Exertion, ExertionScale, LabelSource, LabelText, Rating, Sport, SubSport};
use crate::annotations::Annotations;
use crate::csv_table::StringRecord;
use crate::decode::sport;
use crate::export_tables::entry::{ExportEntry, Recording};
use crate::export_tables::text;
use crate::units::{DegreesCelsius, Seconds};

use super::columns::Columns;
use super::role::ColumnRole;

/// A row that is being read.
#[derive(Debug)]
pub(super) struct StravaRow<'r> {
    pub(super) columns: &'r Columns,
    pub(super) cells: &'r StringRecord,
    pub(super) line: usize,
    /// Whether a cell holds a number that cannot be right.
    pub(super) wrong_number: bool,
}

/// What a tag stands for, in the words that labels are known by.
const TAGS: [(ColumnRole, &str); 3] = [
    (ColumnRole::Recovery, "Recovery"),
    (ColumnRole::Competition, "Race"),
    (ColumnRole::LongRun, "Long run"),
];

impl StravaRow<'_> {
    /// Everything but the start, for which the whole table is needed.
    pub(super) fn entry(&mut self) -> ExportEntry {
        let (sport, sub_sport) = self.sport();
        let annotations = Annotations {
            texts: self.texts(sport.is_none()),
            rating: Rating { exertion: self.exertion(), feel: None },
            air_temperature: self.air_temperature(),
            sport,
            sub_sport,
            ..Annotations::default()
        };
        let (recording, elapsed) = (self.recording(), self.elapsed());
        ExportEntry { line: self.line, recording, start: None, elapsed, annotations }
    }

    fn text(&self, role: ColumnRole) -> Option<&str> {
        self.columns.text(self.cells, role)
    }

    fn recording(&self) -> Recording {
        match self.text(ColumnRole::File) {
            // Strava writes `#error#` where it could not write the recording.
            None | Some("#error#") => Recording::None,
            Some(name) => Recording::File(name.to_owned()),
        }
    }

    fn sport(&self) -> (Option<Sport>, Option<SubSport>) {
        let Some(kind) = self.text(ColumnRole::Type) else { return (None, None) };
        let sport = Some(sport::sport(kind)).filter(|sport| *sport != Sport::Unspecified);
        let sub_sport = sport.as_ref().map(|sport| sport::sub_sport(kind, sport));
        (sport, sub_sport.filter(|sub_sport| *sub_sport != SubSport::default()))
    }

    fn texts(&self, with_type: bool) -> Vec<LabelText> {
        let tags = TAGS.iter().filter(|(role, _)| self.text(*role).is_some_and(is_true));
        let tags = tags.filter_map(|(_, tag)| text::label(LabelSource::StravaTag, tag));
        let sources = [
            (ColumnRole::Name, LabelSource::Title),
            (ColumnRole::Type, LabelSource::Type),
            (ColumnRole::Description, LabelSource::Description),
            (ColumnRole::Note, LabelSource::Description),
        ];
        let texts = sources.iter().filter(|(role, _)| with_type || *role != ColumnRole::Type);
        tags.chain(texts.filter_map(|(role, source)| text::label(*source, self.text(*role)?)))
            .collect()
    }

    fn exertion(&mut self) -> Option<Exertion> {
        // Without a rating the cell is blank or nought.
        let value = self.number(ColumnRole::Exertion, 0.0, 10.0).filter(|value| *value > 0.0)?;
        Some(Exertion { value, scale: ExertionScale::Strava })
    }

    fn air_temperature(&mut self) -> Option<DegreesCelsius> {
        self.number(ColumnRole::Temperature, -60.0, 60.0).and_then(DegreesCelsius::new)
    }

    fn elapsed(&mut self) -> Option<Seconds> {
        let mut cells = self.columns.elapsed(self.cells).peekable();
        let is_stated = cells.peek().is_some();
        let seconds = cells.find_map(number).filter(|seconds| *seconds >= 0.0);
        self.wrong_number |= is_stated && seconds.is_none();
        seconds.and_then(Seconds::new)
    }

    fn number(&mut self, role: ColumnRole, from: f64, to: f64) -> Option<f64> {
        let cell = self.text(role)?;
        let value = number(cell).filter(|value| (from..=to).contains(value));
        self.wrong_number |= value.is_none();
        value
    }
}

/// A number, with the point that Strava writes or the comma that spreadsheets put in its place.
fn number(cell: &str) -> Option<f64> {
    let number = if cell.contains('.') {
        cell.parse().ok()
    } else {
        cell.replacen(',', ".", 1).parse().ok()
    };
    number.filter(|number: &f64| number.is_finite())
}

/// `1`, `1.0` or a word for true, also as spreadsheets spell it.
fn is_true(cell: &str) -> bool {
    const WORDS: &[&str] = &[
        "true",
        "yes",
        "wahr",
        "ja",
        "vrai",
        "oui",
        "verdadero",
        "sí",
        "vero",
        "sì",
        "waar",
        "verdadeiro",
        "sim",
        "pravda",
        "ano",
    ];
    number(cell) == Some(1.0) || WORDS.contains(&cell.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_in_every_spelling() {
        for yes in ["1", "1.0", "1,0", "true", "TRUE", "True", "yes", "WAHR", "Oui"] {
            assert!(is_true(yes), "{yes}");
        }
        for no in ["0", "0.0", "false", "no", "2", "NaN", "1.0.0", "x", "FALSCH"] {
            assert!(!is_true(no), "{no}");
        }
    }

    #[test]
    fn numbers_with_point_and_comma() {
        assert_eq!(number("12.5"), Some(12.5));
        assert_eq!(number("12,5"), Some(12.5));
        assert_eq!(number("-3"), Some(-3.0));
        for no in ["", "1.234,5", "1,234.5", "inf", "NaN", "12 km", "--"] {
            assert_eq!(number(no), None, "{no}");
        }
    }
}
