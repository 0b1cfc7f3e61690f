//! Spanned TOML values → typed values, collecting everything that is wrong on the way.
//!
//! A reader never stops: what cannot be read is reported and read as absent. A [`SettingsTable`]
//! remembers what it was asked for, so that at the end every other key is unknown.

use std::cell::RefCell;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::allowed::Allowed;
use super::error::{Places, SettingsError};
use super::suggestion::did_you_mean;

/// Everything found wrong so far.
#[derive(Debug)]
pub(super) struct SettingsProblems<'t> {
    places: Places<'t>,
    doubtful_lines: Vec<usize>,
    found: RefCell<Vec<SettingsError>>,
}

impl<'t> SettingsProblems<'t> {
    /// No problem yet, except that nothing will be said about the doubtful lines.
    pub(super) fn in_text(text: &'t str, doubtful_lines: Vec<usize>) -> Self {
        Self { places: Places::of(text), doubtful_lines, found: RefCell::default() }
    }

    /// Reports what breaks the grammar.
    pub(super) fn report_fault(&self, at: usize, problem: String) {
        let (line, column) = self.places.line_and_column(at);
        let error = SettingsError { line, column, key: String::new(), problem };
        self.found.borrow_mut().push(error);
    }

    fn report(&self, at: usize, key: &str, problem: String) {
        if self.doubtful_lines.contains(&self.places.line_index(at)) {
            return;
        }
        let (line, column) = self.places.line_and_column(at);
        self.found.borrow_mut().push(SettingsError { line, column, key: key.to_owned(), problem });
    }

    /// Everything that was reported, in the order of the text.
    pub(super) fn into_errors(self) -> Vec<SettingsError> {
        let mut errors = self.found.into_inner();
        errors.sort_by(|a, b| (a.line, a.column, &a.key).cmp(&(b.line, b.column, &b.key)));
        errors
    }
}

/// One value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct SettingsValue<'t> {
    toml: &'t DeValue<'t>,
    at: usize,
    key: String,
    problems: &'t SettingsProblems<'t>,
}

impl<'t> SettingsValue<'t> {
    fn new(
        spanned: &'t Spanned<DeValue<'t>>,
        key: String,
        problems: &'t SettingsProblems<'t>,
    ) -> Self {
        Self { toml: spanned.get_ref(), at: spanned.span().start, key, problems }
    }

    /// Reports this value as wrong.
    pub(super) fn reject(&self, problem: impl Into<String>) {
        self.problems.report(self.at, &self.key, problem.into());
    }

    fn wrong_type<T>(&self, expected: &str) -> Option<T> {
        let found = match self.toml {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.reject(format!("expected {expected}, found {found}"));
        None
    }

    /// A text that is not blank.
    pub(super) fn text(&self) -> Option<&'t str> {
        let DeValue::String(text) = self.toml else {
            return self.wrong_type("a text in quotation marks");
        };
        if text.trim().is_empty() {
            self.reject("the text is empty; write something or remove the key");
            return None;
        }
        Some(text)
    }

    /// `true` or `false`.
    pub(super) fn boolean(&self) -> Option<bool> {
        let DeValue::Boolean(boolean) = self.toml else {
            return self.wrong_type("true or false, without quotation marks");
        };
        Some(*boolean)
    }

    /// A finite number in a range, both ends included.
    pub(super) fn number(&self, allowed: &Allowed) -> Option<f64> {
        let number = match self.toml {
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
                .map_or(f64::INFINITY, |integer| integer as f64),
            DeValue::Float(float) => float.as_str().parse().unwrap_or(f64::INFINITY),
            _ => return self.wrong_type("a number without quotation marks"),
        };
        if allowed.contains(number) {
            return Some(number);
        }
        let written = match self.toml {
            DeValue::Integer(integer) => integer.to_string(),
            _ => number.to_string(),
        };
        self.reject(allowed.refusal(&written));
        None
    }

    /// A whole number in a range, both ends included.
    pub(super) fn whole_number(&self, allowed: &Allowed) -> Option<i32> {
        if matches!(self.toml, DeValue::Float(_)) {
            return self.wrong_type("a whole number");
        }
        self.number(allowed).map(|number| number as i32)
    }

    /// A calendar date without a time.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        let expected = "a date such as 2026-01-31, without quotation marks and without a time";
        let DeValue::Datetime(moment) = self.toml else {
            return self.wrong_type(expected);
        };
        let (Some(date), None) = (moment.date, moment.time) else {
            return self.wrong_type(expected);
        };
        NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
    }

    /// One word of a fixed list.
    pub(super) fn choice<T: Clone>(&self, choices: &[(&'static str, T)]) -> Option<T> {
        let word = self.text()?;
        if let Some((_, chosen)) = choices.iter().find(|(name, _)| *name == word) {
            return Some(chosen.clone());
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let suggestion = did_you_mean(word, names.iter().copied());
        self.reject(format!("`{word}` is not one of {}{suggestion}", names.join(", ")));
        None
    }

    /// The entries of a list.
    pub(super) fn list(&self) -> Option<Vec<Self>> {
        let DeValue::Array(entries) = self.toml else {
            return self.wrong_type("a list in square brackets");
        };
        let entry = |entry| Self::new(entry, self.key.clone(), self.problems);
        Some(entries.iter().map(entry).collect())
    }

    /// A table.
    pub(super) fn table(&self) -> Option<SettingsTable<'t>> {
        let DeValue::Table(entries) = self.toml else {
            return self.wrong_type("a table");
        };
        Some(SettingsTable {
            entries: Some(entries),
            at: self.at,
            key: self.key.clone(),
            asked: Vec::new(),
            problems: self.problems,
        })
    }

    /// The tables of a list; a single table stands for a list of one.
    pub(super) fn tables(&self) -> Vec<SettingsTable<'t>> {
        match self.toml {
            DeValue::Array(_) => {
                self.list().into_iter().flatten().filter_map(|entry| entry.table()).collect()
            }
            DeValue::Table(_) => self.table().into_iter().collect(),
            _ => self.wrong_type("one or more tables").unwrap_or_default(),
        }
    }
}

/// A table that remembers which keys it was asked for; an absent one is empty.
#[derive(Debug)]
pub(super) struct SettingsTable<'t> {
    entries: Option<&'t DeTable<'t>>,
    at: usize,
    key: String,
    asked: Vec<&'static str>,
    problems: &'t SettingsProblems<'t>,
}

impl<'t> SettingsTable<'t> {
    /// The whole file.
    pub(super) fn root(entries: &'t DeTable<'t>, problems: &'t SettingsProblems<'t>) -> Self {
        Self { entries: Some(entries), at: 0, key: String::new(), asked: Vec::new(), problems }
    }

    /// The value of a key, if it is there.
    pub(super) fn get(&mut self, key: &'static str) -> Option<SettingsValue<'t>> {
        self.asked.push(key);
        let value = self.entries?.get(key)?;
        Some(SettingsValue::new(value, self.path_of(key), self.problems))
    }

    /// Whether the key is there, sound or not.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.entries.is_some_and(|entries| entries.contains_key(key))
    }

    /// The table of a key; empty where there is none.
    pub(super) fn table(&mut self, key: &'static str) -> SettingsTable<'t> {
        self.get(key).and_then(|value| value.table()).unwrap_or_else(|| SettingsTable {
            entries: None,
            at: self.at,
            key: self.path_of(key),
            asked: Vec::new(),
            problems: self.problems,
        })
    }

    /// Every key with its value, for tables whose keys are names that the user chose.
    pub(super) fn into_named(self) -> Vec<(&'t str, SettingsValue<'t>)> {
        let entries = self.entries.into_iter().flatten();
        entries
            .map(|(name, value)| {
                let name: &str = name.get_ref();
                (name, SettingsValue::new(value, self.path_of(name), self.problems))
            })
            .collect()
    }

    /// Reports the table as a whole as wrong.
    pub(super) fn reject(&self, problem: impl Into<String>) {
        self.problems.report(self.at, &self.key, problem.into());
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(self) {
        for (name, _) in self.entries.into_iter().flatten() {
            let word: &str = name.get_ref();
            if self.asked.contains(&word) {
                continue;
            }
            let suggestion = did_you_mean(word, self.asked.iter().copied());
            let hint = if suggestion.is_empty() { self.known_keys() } else { suggestion };
            let problem = format!("unknown key{hint}");
            self.problems.report(name.span().start, &self.path_of(word), problem);
        }
    }

    fn known_keys(&self) -> String {
        if self.asked.is_empty() {
            return "; nothing can be set here".to_owned();
        }
        format!("; known here: {}", self.asked.join(", "))
    }

    fn path_of(&self, key: &str) -> String {
        let key = key.escape_debug();
        if self.key.is_empty() { key.to_string() } else { format!("{}.{key}", self.key) }
    }
}

/// The `file` key of the table of that name.
pub(super) fn read_named_file(
    parent: &mut SettingsTable<'_>,
    name: &'static str,
) -> Option<String> {
    let mut table = parent.table(name);
    let file = table.get("file").and_then(|value| value.text()).map(str::to_owned);
    table.finish();
    file
}
