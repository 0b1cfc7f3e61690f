//! What the page changes in a settings file, by its form and by the sliders of the report; everything
//! else stays as it is.

use serde_json::{Map, Value as Json};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

/// The key of the form that belongs to the athlete; the others are heart rates of a day.
const OF_ATHLETE: &str = "birth_year";
const OF_DAY: [&str; 3] = ["max", "resting", "talk_test"];
/// The table of several athletes.
const SEVERAL: &str = "athletes";

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
    if document.contains_key(SEVERAL) {
        return Err("these settings are of several athletes: change them in the file".to_owned());
    }
    let athlete = the_athlete(&mut document)?;
    if key == OF_ATHLETE {
        set(athlete, key, new);
    } else {
        change(athlete, &Entries::Last, |entry| set(entry, key, new))?;
    }
    Ok(document.to_string())
}

/// Which of the dated heart rates are changed.
pub enum Entries {
    /// The last of the file.
    Last,
    /// Those of all days.
    Every,
    /// Those that hold from a day on; without one, from the beginning.
    From(Option<String>),
}

/// The same settings with another heart rate of an athlete. A maximum that takes the place of a
/// guess is none.
pub fn with_moved(
    settings: &str,
    athlete: &str,
    entries: &Entries,
    key: &str,
    bpm: f64,
) -> Result<String, String> {
    let mut document = parsed(settings)?;
    let athlete = if document.contains_key(SEVERAL) {
        one_of_several(&mut document, athlete)?
    } else {
        the_athlete(&mut document)?
    };
    change(athlete, entries, |entry| {
        set(entry, key, bpm);
        if key == "max" && entry.get("max_source").and_then(Item::as_str) == Some("guess") {
            entry.remove("max_source");
        }
    })?;
    Ok(document.to_string())
}

fn the_athlete(document: &mut DocumentMut) -> Result<&mut Table, String> {
    let athlete = document.entry("athlete").or_insert(Item::Table(Table::new()));
    athlete.as_table_mut().ok_or_else(no_table)
}

fn one_of_several<'d>(document: &'d mut DocumentMut, name: &str) -> Result<&'d mut Table, String> {
    let all = document.get_mut(SEVERAL).and_then(Item::as_table_mut).ok_or_else(no_table)?;
    let is_called = |key: &str, table: &Table| {
        table.get("name").map_or(key == name, |own| own.as_str() == Some(name))
    };
    let tables = all.iter_mut().filter_map(|(key, item)| Some((key, item.as_table_mut()?)));
    let mut named = tables.filter(|(key, table)| is_called(key.get(), table));
    named
        .next()
        .map(|(_, table)| table)
        .ok_or_else(|| format!("the settings know no athlete {name}"))
}

fn no_table() -> String {
    "`athlete` is no table in these settings".to_owned()
}

/// Changes the chosen entries; where there are none at all, a new one.
fn change(athlete: &mut Table, chosen: &Entries, make: impl Fn(&mut Table)) -> Result<(), String> {
    let entries = athlete.entry("heart_rate").or_insert(ArrayOfTables::new().into());
    let entries = entries.as_array_of_tables_mut().ok_or_else(no_table)?;
    if entries.is_empty() {
        entries.push(Table::new());
    }
    let last = entries.len() - 1;
    let from =
        |entry: &Table| entry.get("from").and_then(Item::as_datetime).map(ToString::to_string);
    let is_chosen = |place: usize, entry: &Table| match chosen {
        Entries::Last => place == last,
        Entries::Every => true,
        Entries::From(day) => from(entry) == *day,
    };
    for (place, entry) in entries.iter_mut().enumerate() {
        if is_chosen(place, entry) {
            make(entry);
        }
    }
    entries.retain(|entry| !entry.is_empty());
    Ok(())
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

    const TWO: &str = "[athlete]\nsex = \"female\"\n\n[[athlete.heart_rate]]\nfrom = 2025-01-01 # old\n\
                       max = 188\nmax_source = \"guess\"\n\n[[athlete.heart_rate]]\nfrom = 2026-01-01\nmax = 190\n";

    #[test]
    fn a_slider_moves_the_heart_rate_of_its_days() {
        let of = |day: &str| Entries::From(Some(day.to_owned()));
        let newer = with_moved(TWO, "me", &of("2026-01-01"), "max", 195.0).unwrap();
        assert_eq!(newer, TWO.replace("190", "195"));
        let older = with_moved(TWO, "me", &of("2025-01-01"), "max", 180.0).unwrap();
        assert_eq!(older, TWO.replace("188\nmax_source = \"guess\"", "180"));
        let every = with_moved(TWO, "me", &Entries::Every, "ceiling", 150.0).unwrap();
        assert_eq!(every.matches("ceiling = 150\n").count(), 2, "{every}");
        let new = with_moved("", "me", &Entries::From(None), "resting", 48.0).unwrap();
        assert!(new.ends_with("[[athlete.heart_rate]]\nresting = 48\n"), "{new}");
    }

    #[test]
    fn a_slider_moves_the_heart_rate_of_its_athlete() {
        let two =
            "[athletes.ben]\nfolder = \"ben\"\n\n[athletes.a]\nname = \"Ann\"\nfolder = \"ann\"\n";
        let moved = |name| with_moved(two, name, &Entries::Every, "ceiling", 150.0);
        let entry = |table: &str| format!("\n[[athletes.{table}.heart_rate]]\nceiling = 150\n");
        assert!(moved("Ann").unwrap().ends_with(&entry("a")));
        assert!(moved("ben").unwrap().contains(&entry("ben")));
        assert!(moved("a").is_err());
    }
}
