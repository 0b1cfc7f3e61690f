//! Every text about one run that may hold a label, with who says it.

use crate::activity::LabelText;
use crate::ingest::MeasuredSession;
use crate::label::AttributedText;

/// What the names of all files of a run say.
pub(super) struct Names(Vec<Vec<LabelText>>);

impl Names {
    pub(super) fn of(measured: &MeasuredSession) -> Self {
        Self(measured.sources.iter().map(crate::ingest::Source::texts).collect())
    }

    /// Tables first, for a title may have been changed since the recording; then the recording,
    /// its copies, and the names of all of them.
    pub(super) fn quotes<'a>(&'a self, measured: &'a MeasuredSession) -> Vec<AttributedText<'a>> {
        let remarks = |remarks: &'a crate::annotations::Annotations| {
            remarks.texts.iter().map(|text| AttributedText::of(&remarks.by, text))
        };
        let own = measured
            .row
            .metadata
            .texts
            .iter()
            .map(|text| AttributedText::of(measured.path(), text));
        let names = measured.sources.iter().zip(&self.0).flat_map(|(source, texts)| {
            texts.iter().map(|text| AttributedText::of(&source.path, text))
        });
        let listed = measured.listed.iter().flat_map(remarks);
        listed.chain(own).chain(measured.copies.iter().flat_map(remarks)).chain(names).collect()
    }
}
