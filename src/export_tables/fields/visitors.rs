//! What walks through the JSON and keeps the fields that are asked for.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::value::{FieldValue, Fields};

/// Where the entries stand.
pub(super) struct ListSeed<'a> {
    pub(super) name: &'static str,
    pub(super) known: &'static [&'static str],
    pub(super) take: &'a mut dyn FnMut(Fields),
    /// Whether this is the list itself.
    pub(super) inside: bool,
}

impl ListSeed<'_> {
    fn again(&mut self, inside: bool) -> ListSeed<'_> {
        ListSeed { name: self.name, known: self.known, take: self.take, inside }
    }
}

impl<'de> DeserializeSeed<'de> for ListSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ListSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of activities")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == self.name {
                map.next_value_seed(self.again(true))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        if !self.inside {
            while seq.next_element_seed(self.again(false))?.is_some() {}
            return Ok(());
        }
        loop {
            let mut fields = Fields::default();
            let entry = EntrySeed { fields: &mut fields, known: self.known, key: None };
            if seq.next_element_seed(entry)?.is_none() {
                return Ok(());
            }
            (self.take)(fields);
        }
    }
}

/// A value that becomes the field `key`; of objects, the fields that are known.
pub(super) struct EntrySeed<'a> {
    pub(super) fields: &'a mut Fields,
    pub(super) known: &'static [&'static str],
    pub(super) key: Option<&'static str>,
}

/// Longer than any text that is looked at.
const MAX_CHARACTERS: usize = 2000;

impl EntrySeed<'_> {
    fn put(self, value: FieldValue) {
        if let Some(key) = self.key {
            self.fields.0.push((key, value));
        }
    }
}

impl<'de> DeserializeSeed<'de> for EntrySeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for EntrySeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.put(FieldValue::Number(number as f64));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.put(FieldValue::Number(number as f64));
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.put(FieldValue::Number(number));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(FieldValue::Text(text.chars().take(MAX_CHARACTERS).collect()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { fields, known, .. } = self;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            match known.iter().find(|known| **known == key) {
                Some(key) => {
                    map.next_value_seed(EntrySeed { fields: &mut *fields, known, key: Some(key) })?;
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}
