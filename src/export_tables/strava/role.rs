//! What the columns of Strava's table are about.

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnRole {
    File,
    Date,
    Name,
    Type,
    Description,
    Note,
    Elapsed,
    Exertion,
    Temperature,
    Recovery,
    Competition,
    LongRun,
}

impl ColumnRole {
    pub(super) const ALL: [Self; 12] = [
        Self::File,
        Self::Date,
        Self::Name,
        Self::Type,
        Self::Description,
        Self::Note,
        Self::Elapsed,
        Self::Exertion,
        Self::Temperature,
        Self::Recovery,
        Self::Competition,
        Self::LongRun,
    ];
}
