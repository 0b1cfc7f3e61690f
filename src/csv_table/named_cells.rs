//! A line of a table by the names of its columns.

use super::StringRecord;

/// A line with the names of its cells.
#[derive(Debug, Clone, Copy)]
pub struct NamedCells<'r> {
    names: &'r StringRecord,
    cells: &'r StringRecord,
}

impl<'r> NamedCells<'r> {
    /// The cells of one line below those that name the columns.
    pub fn new(names: &'r StringRecord, cells: &'r StringRecord) -> Self {
        Self { names, cells }
    }

    /// The cell of this name without blanks around it, if there is anything in it.
    pub fn text(&self, name: &str) -> Option<&'r str> {
        let place = self.names.iter().position(|other| other.trim() == name)?;
        Some(self.cells.get(place)?.trim()).filter(|text| !text.is_empty())
    }

    /// The number in it, if it is a finite one.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// A number from nought on: those below stand for none.
    pub fn amount(&self, name: &str) -> Option<f64> {
        self.number(name).filter(|number| *number >= 0.0)
    }

    /// A heart rate in whole beats per minute: nought stands for none.
    pub fn beats(&self, name: &str) -> Option<u8> {
        let beats = self.number(name).filter(|beats| (1.0..=255.0).contains(beats));
        beats.map(|beats| beats.round() as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_name() {
        let names = StringRecord::from(vec!["a", " b ", "a"]);
        let row = StringRecord::from(vec![" 1.5 ", "", "2"]);
        let cells = NamedCells::new(&names, &row);
        assert_eq!(
            (cells.text("a"), cells.number("a"), cells.beats("a")),
            (Some("1.5"), Some(1.5), Some(2))
        );
        assert_eq!((cells.text("b"), cells.text("c")), (None, None));
        let wrong = StringRecord::from(vec!["inf", "-1"]);
        let cells = NamedCells::new(&names, &wrong);
        assert_eq!((cells.number("a"), cells.amount("b"), cells.beats("b")), (None, None, None));
    }
}
