//! A value that is neither an object nor a list.

/// A value; programs write numbers as texts, and texts as numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlainValue<'a> {
    /// A text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// `null`.
    Nothing,
}

impl<'a> PlainValue<'a> {
    /// The number, if it is a finite one.
    pub fn number(self) -> Option<f64> {
        let number = match self {
            Self::Number(number) => Some(number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Flag(_) | Self::Nothing => None,
        };
        number.filter(|number| number.is_finite())
    }

    /// The text without blanks around it, if there is any.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// Whether it is true.
    pub fn is_true(self) -> bool {
        match self {
            Self::Flag(flag) => flag,
            Self::Text(text) => text.eq_ignore_ascii_case("true"),
            Self::Number(_) | Self::Nothing => false,
        }
    }
}
