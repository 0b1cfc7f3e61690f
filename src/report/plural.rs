//! Things and how many there are.

/// A thing and how many there are: `1 run`, `2 runs`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_no_plural() {
        let all = [counted(0, "run"), counted(1, "run"), counted(2, "run")];
        assert_eq!(all, ["0 runs", "1 run", "2 runs"]);
    }
}
