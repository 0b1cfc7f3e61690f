//! Columns in the words of Spark: `StructType.fromDDL` and `CREATE TABLE` take them.

use arrow_schema::{DataType, Fields};

/// The columns, separated by commas.
pub fn spark_ddl(fields: &Fields) -> String {
    let column = |name: &str, kind: &DataType| format!("{} {}", quoted(name), spark_type(kind));
    let columns = fields.iter().map(|field| column(field.name(), field.data_type()));
    columns.collect::<Vec<_>>().join(",\n")
}

fn spark_type(kind: &DataType) -> String {
    match kind {
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Int16 => "SMALLINT".to_owned(),
        DataType::Int32 => "INT".to_owned(),
        DataType::Int64 => "BIGINT".to_owned(),
        DataType::Float64 => "DOUBLE".to_owned(),
        DataType::Binary => "BINARY".to_owned(),
        DataType::List(element) => format!("ARRAY<{}>", spark_type(element.data_type())),
        DataType::Struct(fields) => format!("STRUCT<{}>", members(fields, ": ")),
        DataType::Map(entries, _) => match entries.data_type() {
            DataType::Struct(fields) => {
                let types = fields.iter().map(|field| spark_type(field.data_type()));
                format!("MAP<{}>", types.collect::<Vec<_>>().join(", "))
            }
            other => spark_type(other),
        },
        // Contracts have no others.
        _ => "STRING".to_owned(),
    }
}

fn members(fields: &Fields, colon: &str) -> String {
    let member =
        |name: &str, kind: &DataType| format!("{}{colon}{}", quoted(name), spark_type(kind));
    let members = fields.iter().map(|field| member(field.name(), field.data_type()));
    members.collect::<Vec<_>>().join(", ")
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::of_contract;
    use serde_json::json;

    #[test]
    fn every_kind_has_its_word() {
        let record = json!({"properties": {
            "a": {"type": "integer"},
            "b": {"properties": {"c": {"type": "number"}, "by": {"type": "boolean"}}},
            "d": {"type": "array", "items": {"type": "string"}},
            "e": {"type": "object", "additionalProperties": {"type": "string"}},
            "f": {"type": "string", "contentEncoding": "base64"},
        }});
        let ddl = spark_ddl(&of_contract(&json!({}), &record).unwrap());
        let expected = "`a` BIGINT,\n`b` STRUCT<`c`: DOUBLE, `by`: BOOLEAN>,\n`d` ARRAY<STRING>,\n\
                        `e` MAP<STRING, STRING>,\n`f` BINARY";
        assert_eq!(ddl, expected);
    }
}
