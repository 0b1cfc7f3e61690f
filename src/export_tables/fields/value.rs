//! The fields of one entry.

/// A value of a field: programs write numbers as text and text as numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FieldValue {
    Number(f64),
    Text(String),
}

/// The fields of one entry that were asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::export_tables) struct Fields(pub(super) Vec<(&'static str, FieldValue)>);

impl Fields {
    /// The first of these fields that holds a text; blank ones hold none.
    pub(in crate::export_tables) fn text(&self, keys: &[&str]) -> Option<&str> {
        let text = |value: &'_ FieldValue| matches!(value, FieldValue::Text(text) if !text.trim().is_empty());
        let (_, value) = keys
            .iter()
            .find_map(|key| self.0.iter().find(|(name, value)| name == key && text(value)))?;
        match value {
            FieldValue::Text(text) => Some(text.trim()),
            FieldValue::Number(_) => None,
        }
    }

    /// The first of these fields that holds a finite number.
    pub(in crate::export_tables) fn number(&self, keys: &[&str]) -> Option<f64> {
        let number = |value: &FieldValue| match value {
            FieldValue::Number(number) => Some(*number),
            FieldValue::Text(text) => text.trim().parse().ok(),
        };
        let numbers = keys.iter().flat_map(|key| {
            self.0.iter().filter(move |(name, _)| name == key).filter_map(|(_, v)| number(v))
        });
        numbers.into_iter().find(|number| number.is_finite())
    }
}
