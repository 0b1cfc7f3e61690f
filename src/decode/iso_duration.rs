//! Durations as ISO 8601 writes them.

/// Seconds of `PT1H2M3.5S`.
pub fn seconds_of_iso_duration(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut rest = text.strip_prefix("PT")?;
    while !rest.is_empty() {
        let unit = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..unit].parse().ok()?;
        seconds += number
            * match rest.as_bytes()[unit] {
                b'H' => 3600.0,
                b'M' => 60.0,
                b'S' => 1.0,
                _ => return None,
            };
        rest = &rest[unit + 1..];
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        for (text, seconds) in [
            ("PT4819.500S", Some(4819.5)),
            ("PT1H2M3S", Some(3723.0)),
            ("P1D", None),
            ("PT5X", None),
        ] {
            assert_eq!(seconds_of_iso_duration(text), seconds, "{text}");
        }
    }
}
