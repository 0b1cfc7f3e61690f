//! The cleaned run at 1 Hz as lists, for whoever asks for it.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, PrimitiveBuilder};
use arrow_array::types::{Int16Type, Int32Type};
use arrow_array::{ArrayRef, ArrowPrimitiveType, StructArray};
use arrow_schema::{DataType, Field, Fields};

use crate::columns::{ColumnError, ELEMENT};
use crate::metrics::grade::CHANNEL_OFFSET;
use crate::metrics::series::{Movement, Series};

/// One list, with a value for every second of timer time.
pub struct ChannelColumn {
    /// Its name within `channels`.
    pub name: &'static str,
    /// What it holds, and in which unit.
    pub meaning: &'static str,
    values: ChannelValues,
}

enum ChannelValues {
    Narrow(fn(&Series, usize) -> Option<i16>),
    Wide(fn(&Series, usize) -> Option<i32>),
}

use ChannelValues::{Narrow, Wide};

/// Every list.
pub static CHANNEL_COLUMNS: [ChannelColumn; 7] = [
    ChannelColumn {
        name: "heart_rate_bpm",
        meaning: "heart rate after cleaning, in beats/min; null where none was recorded or none can be trusted",
        values: Narrow(|run, k| small(run.heart_rate.get(k)?)),
    },
    ChannelColumn {
        name: "speed_cm_s",
        meaning: "speed, in cm/s",
        values: Narrow(|run, k| small(run.speed.get(k)? / 10)),
    },
    ChannelColumn {
        name: "graded_speed_cm_s",
        meaning: "grade-adjusted speed, in cm/s",
        values: Narrow(|run, k| Some((run.graded_speed_m_s(k)? * 100.0).round() as i16)),
    },
    ChannelColumn {
        name: "grade_basis_points",
        meaning: "rise over run, in ten-thousandths; null where it is not known, which is judged as flat",
        values: Narrow(|run, k| {
            i16::try_from(i32::from(run.grade.get(k)?) - i32::from(CHANNEL_OFFSET)).ok()
        }),
    },
    ChannelColumn {
        name: "altitude_dm",
        meaning: "altitude above sea level, in decimetres",
        values: Wide(|run, k| Some((run.altitude_m(k)? * 10.0).round() as i32)),
    },
    ChannelColumn {
        name: "cadence_spm",
        meaning: "cadence, in steps/min",
        values: Narrow(|run, k| small(run.cadence.get(k)?)),
    },
    ChannelColumn {
        name: "movement",
        meaning: "0 standing, 1 walking, 2 running or not known",
        values: Narrow(|run, k| {
            Some(match run.movement.get(k)? {
                Movement::Stopped => 0,
                Movement::Walking => 1,
                Movement::Running => 2,
            })
        }),
    },
];

fn small(value: u16) -> Option<i16> {
    i16::try_from(value).ok()
}

/// The column that holds them.
pub(super) fn channels_field() -> Field {
    Field::new("channels", DataType::Struct(fields()), true)
}

fn fields() -> Fields {
    let field = |column: &ChannelColumn| {
        let value = match column.values {
            Narrow(_) => DataType::Int16,
            Wide(_) => DataType::Int32,
        };
        Field::new(column.name, DataType::List(element(value)), true)
    };
    CHANNEL_COLUMNS.iter().map(field).collect()
}

fn element(value: DataType) -> Arc<Field> {
    Arc::new(Field::new(ELEMENT, value, true))
}

/// The lists of these runs; null where there is none.
pub(super) fn channels(runs: &[Option<Series>]) -> Result<ArrayRef, ColumnError> {
    let lists = CHANNEL_COLUMNS.iter().map(|column| match column.values {
        Narrow(value) => list::<Int16Type>(runs, value),
        Wide(value) => list::<Int32Type>(runs, value),
    });
    let presence = runs.iter().map(Option::is_some).collect();
    Ok(Arc::new(StructArray::try_new(fields(), lists.collect(), Some(presence))?))
}

fn list<T: ArrowPrimitiveType>(
    runs: &[Option<Series>],
    value: fn(&Series, usize) -> Option<T::Native>,
) -> ArrayRef {
    let mut lists =
        ListBuilder::new(PrimitiveBuilder::<T>::new()).with_field(element(T::DATA_TYPE));
    for run in runs {
        for k in 0..run.as_ref().map_or(0, Series::len) {
            lists.values().append_option(run.as_ref().and_then(|run| value(run, k)));
        }
        lists.append(run.is_some());
    }
    Arc::new(lists.finish())
}
