//! What the form of the page changes in a settings file; everything else stays as it is.

use serde_json::{Map, Value as Json};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

/// The key of the form that belongs to the athlete; the others are heart rates of a day.
const OF_ATHLETE: &str = "birth_year";
const OF_DAY: [&str; 3] = ["max", "resting", "talk_test"];

/// The values that stand in a settings file.
pub fn stated(settings: &str) -> Result<String, String> {
    let document = parsed(settings)?;
    let athlete = document.get("athlete").and_then(Item::as_table);
    let entry =
        athlete.and_then(|athlete| athlete.get("heart_rate")?.as_array_of_tables()?.iter().last());
    let of_athlete = (OF_ATHLETE, athlete.and_then(|athlete| athlete.get(OF_ATHLETE)));
    let of_day = OF_DAY.map(|key| (key, entry.and_then(|entry| entry.get(key))));
    let number = |item: &Item| item.as_float().or_else(|| item.as_integer().map(|n| n as f64));
    let known = [of_athlete].into_iter().chain(of_day);
    let known = known.filter_map(|(key, item)| Some((key.to_owned(), Json::from(number(item?)?))));
    Ok(Json::Object(known.collect::<Map<_, _>>()).to_string())
}

/// The same settings with another value of one key; a value that is no number takes it out.
pub fn with(settings: &str, key: &str, new: f64) -> Result<String, String> {
    let mut document = parsed(settings)?;
    if document.contains_key("athletes") {
        return Err("these settings are of several athletes: change them in the file".to_owned());
    }
    let not_a_table = || "`athlete` is no table in these settings".to_owned();
    let athlete = document.entry("athlete").or_insert(Item::Table(Table::new()));
    let athlete = athlete.as_table_mut().ok_or_else(not_a_table)?;
    if key == OF_ATHLETE {
        set(athlete, key, new);
    } else {
        let entries =
            athlete.entry("heart_rate").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        let entries = entries.as_array_of_tables_mut().ok_or_else(not_a_table)?;
        if entries.is_empty() {
            entries.push(Table::new());
        }
        let last = entries.len() - 1;
        if let Some(entry) = entries.get_mut(last) {
            set(entry, key, new);
            if entry.is_empty() {
                entries.remove(last);
            }
        }
    }
    Ok(document.to_string())
}

fn parsed(settings: &str) -> Result<DocumentMut, String> {
    settings.parse::<DocumentMut>().map_err(|error| error.to_string())
}

fn set(table: &mut Table, key: &str, new: f64) {
    if new.is_finite() {
        let is_whole = new.fract() == 0.0;
        table[key] = if is_whole { value(new as i64) } else { value(new) };
    } else {
        table.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_changes_and_the_rest_stays() {
        let old = "# mine\nunits = \"imperial\"\n\n[athlete]\nbirth_year = 1980 # once\n\n\
                   [[athlete.heart_rate]]\nfrom = 2025-01-01\nmax = 190\n\n\
                   [[athlete.heart_rate]]\nfrom = 2026-01-01\nmax = 188\n";
        let new = with(&with(old, "max", 186.0).unwrap(), "resting", 50.0).unwrap();
        assert_eq!(new, old.replace("max = 188\n", "max = 186\nresting = 50\n"));
        assert_eq!(stated(&new).unwrap(), r#"{"birth_year":1980.0,"max":186.0,"resting":50.0}"#);
        assert_eq!(with(&new, "resting", f64::NAN).unwrap(), new.replace("resting = 50\n", ""));
    }

    #[test]
    fn an_empty_file_becomes_settings() {
        let new = with(&with("", "talk_test", 148.5).unwrap(), "birth_year", 1988.0).unwrap();
        assert!(new.contains("birth_year = 1988\n"), "{new}");
        assert!(new.contains("[[athlete.heart_rate]]\ntalk_test = 148.5\n"), "{new}");
        let gone =
            with(&with(&new, "talk_test", f64::NAN).unwrap(), "birth_year", f64::NAN).unwrap();
        assert_eq!(stated(&gone).unwrap(), "{}");
        assert!(!gone.contains("heart_rate"), "{gone}");
    }

    #[test]
    fn settings_of_several_athletes_are_left_alone() {
        assert!(with("[athletes.ben]\nfolder = \"ben/**\"\n", "max", 180.0).is_err());
    }
}
