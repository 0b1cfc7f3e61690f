//! What can be asked for by a name from one of the library's lists.

use crate::report::machine::schema::{CONTRACTS, Contract};
use crate::report::{OUTPUTS, Output};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Every output.
pub fn outputs() -> impl TypedValueParser<Value = &'static Output> {
    one_of(OUTPUTS, |output| output.id, |output| output.about)
}

/// Every contract.
pub fn contracts() -> impl TypedValueParser<Value = &'static Contract> {
    one_of(CONTRACTS, |contract| contract.id, |contract| contract.about)
}

type TextOf<T> = fn(&T) -> &'static str;

/// A parser that offers the names of a list, and gives what bears the name.
fn one_of<T: Sync>(
    list: &'static [&'static T],
    id: TextOf<T>,
    about: TextOf<T>,
) -> impl TypedValueParser<Value = &'static T> {
    let offered = list.iter().map(|one| PossibleValue::new(id(one)).help(about(one)));
    PossibleValuesParser::new(offered).try_map(move |name: String| {
        list.iter().copied().find(|one| id(one) == name).ok_or("no such name")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    #[test]
    fn every_name_gives_its_own() {
        let command = clap::Command::new("test");
        for output in OUTPUTS {
            let parsed = outputs().parse_ref(&command, None, OsStr::new(output.id)).unwrap();
            assert_eq!(parsed.id, output.id);
        }
        for contract in CONTRACTS {
            let parsed = contracts().parse_ref(&command, None, OsStr::new(contract.id)).unwrap();
            assert_eq!(parsed.id, contract.id);
        }
        assert!(outputs().parse_ref(&command, None, OsStr::new("tabel")).is_err());
    }
}
