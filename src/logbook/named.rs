//! Values that the database holds as the words by which JSON names them.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};

/// One value of an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub(super) struct Named<T>(pub(super) T);

impl<T: Serialize> ToSql for Named<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let failed = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
        match serde_json::to_value(&self.0).map_err(failed)? {
            serde_json::Value::String(name) => Ok(name.into()),
            other => Ok(other.to_string().into()),
        }
    }
}

impl<T: DeserializeOwned> FromSql for Named<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name: StrDeserializer<'_, Error> = value.as_str()?.into_deserializer();
        T::deserialize(name).map(Self).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::session::Verdict;

    #[test]
    fn a_value_comes_back_by_its_name() {
        let database = Connection::open_in_memory().unwrap();
        let stored = |value: &dyn ToSql| -> String {
            database.query_row("SELECT ?", [value], |row| row.get(0)).unwrap()
        };
        assert_eq!(stored(&Named(Verdict::NotRecovery)), "not_recovery");
        let read = |name: &str| {
            database.query_row("SELECT ?", [name], |row| row.get::<_, Named<Verdict>>(0))
        };
        assert_eq!(read("not_recovery").unwrap(), Named(Verdict::NotRecovery));
        assert!(read("recovered").is_err());
    }
}
