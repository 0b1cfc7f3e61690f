//! One plain form of every text: small letters without accents, one space between words.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands for the word in question where its surroundings are looked at; no folded text holds it.
pub(super) const WORD: &str = "\u{1}";

/// Stands for every letter that no built-in word is written with, and still belongs to a word.
const OTHER_LETTER: char = 'q';

/// An expression about plain text, with `§` for the word in question. As plain text knows no
/// letters but ASCII ones and Chinese, which has no word boundaries, the ASCII classes are exact,
/// and eight times faster than the Unicode ones.
pub(super) fn for_plain_text(pattern: &str) -> String {
    let classes = [
        ("§", r"\x01"),
        (r"\b", r"(?-u:\b)"),
        (r"\d", "[0-9]"),
        (r"\w", "[0-9a-z]"),
        (r"\W", "[^0-9a-z]"),
    ];
    classes.iter().fold(pattern.to_owned(), |text, (class, ascii)| text.replace(class, ascii))
}

/// A plain text that knows where each byte of it came from.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    origins: Vec<usize>,
    end: usize,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self { end: text.len(), ..Self::default() };
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut letters = 0;
        for (index, &(origin, c)) in chars.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| chars[before].1);
            let after = chars.get(index + 1).map(|&(_, after)| after);
            if begins_word(before, c, letters) {
                folded.push_space(origin);
            }
            letters = if c.is_alphabetic() { letters + 1 } else { 0 };
            if is_joint(before, c, after) {
                folded.push_space(origin);
            } else {
                folded.push(origin, c);
            }
        }
        folded
    }

    /// The plain text with what `§` matches in [`for_plain_text`] in place of a part of it.
    pub(super) fn around(&self, range: &Range<usize>) -> String {
        [&self.text[..range.start], WORD, &self.text[range.end..]].concat()
    }

    /// The place in the original text of a place in the plain one.
    pub(super) fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let from = self.origins.get(range.start).copied().unwrap_or(self.end);
        let to = self.origins.get(range.end).copied().unwrap_or(self.end);
        from..to.max(from)
    }

    fn push(&mut self, origin: usize, c: char) {
        match c {
            _ if c == '_' || c.is_whitespace() || c.is_control() => {
                self.push_space(origin);
            }
            'ß' | 'ẞ' => {
                self.push_plain(origin, 's');
                self.push_plain(origin, 's');
            }
            _ if is_composed(c) => self.push_letters(origin, c.nfkd()),
            _ => self.push_letters(origin, [c]),
        }
    }

    fn push_letters(&mut self, origin: usize, letters: impl IntoIterator<Item = char>) {
        let small = letters.into_iter().flat_map(char::to_lowercase);
        small.filter_map(plain).for_each(|c| self.push_plain(origin, c));
    }

    fn push_space(&mut self, origin: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push_plain(origin, ' ');
        }
    }

    fn push_plain(&mut self, origin: usize, c: char) {
        self.text.push(c);
        self.origins.resize(self.text.len(), origin);
    }
}

/// As [`Folded::around`], for a part of the original text.
pub(super) fn around(text: &str, range: &Range<usize>) -> String {
    let plain = |part: &str| Folded::new(part).text;
    [&plain(&text[..range.start]), WORD, &plain(&text[range.end..])].concat()
}

/// `RecoveryRun` is two words, and so is `easy5k`; `vo2`, `ga1` and `6x800` are one.
fn begins_word(before: Option<char>, c: char, letters_before: usize) -> bool {
    let camel = before.is_some_and(is_small) && c.is_uppercase();
    camel || (letters_before >= 4 && c.is_ascii_digit())
}

/// A few letters count as small ones although no large ones exist, such as `ª`.
fn is_small(c: char) -> bool {
    c.is_lowercase() && !c.to_uppercase().eq([c])
}

/// Hyphens and dots that join two words; a hyphen with blanks around it parts two phrases.
fn is_joint(before: Option<char>, c: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let joins = before.is_alphanumeric() && after.is_alphanumeric();
    let number = before.is_ascii_digit() && after.is_ascii_digit();
    match c {
        '-' | '\u{2010}'..='\u{2013}' => joins,
        '.' => joins && !number,
        _ => false,
    }
}

/// Letters, digits and wide characters that consist of others. Other signs stay whole: an acute
/// accent by itself would fall into a space and its mark.
fn is_composed(c: char) -> bool {
    let one_of_many = c.is_alphanumeric() && !is_hangul(c);
    !c.is_ascii() && (one_of_many || matches!(c, '\u{ff01}'..='\u{ff5e}'))
}

/// A part of a small letter as plain text has it; `None` for marks that stand for nothing by
/// themselves.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fffd}' | '\u{ad}' => return None,
        _ if is_combining_mark(c) => return None,
        // Letters of their own, which no decomposition leads back to another.
        'æ' => 'a',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        'ł' => 'l',
        'ø' | 'œ' => 'o',
        'ŧ' => 't',
        '×' => 'x',
        '’' | '‘' | '´' | '`' | '′' | 'ʼ' => '\'',
        '“' | '”' | '″' => '"',
        _ if c.is_ascii() || is_chinese(c) || !c.is_alphabetic() => c,
        _ => OTHER_LETTER,
    })
}

/// Syllables that consist of up to three letters and are counted as one.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        Folded::new(text).text
    }

    #[test]
    fn every_way_to_write_a_word_becomes_one() {
        for text in ["Recovery Run", "recovery_run", "recovery-run", "RecoveryRun", "recovery.run"]
        {
            assert_eq!(fold(text), "recovery run", "{text}");
        }
        assert_eq!(fold("Récupération"), "recuperation");
        assert_eq!(fold("Re\u{301}cup"), "recup");
        assert_eq!(fold("Výklus, Závod"), "vyklus, zavod");
        assert_eq!(fold("ＲＥＣＯＶＥＲＹ"), "recovery");
        assert_eq!(fold("Пробежка EZΩ 恢复跑 회복"), "qqqqqqqq ezq 恢复跑 qq");
        assert_eq!(fold("\tGroße\u{0}\u{7}Runde "), "grosse runde ");
    }

    #[test]
    fn letters_lose_the_accents_of_every_language() {
        let cases = [
            ("ağır koşu İyileşme", "agir kosu iyilesme"),
            ("Ìmúpadàbọ̀sípò", "imupadabosipo"),
            ("Atjaunojošs skrējiens, ķīpsala ņemt", "atjaunojoss skrejiens, kipsala nemt"),
            ("Chạy phục hồi đường", "chay phuc hoi duong"),
            ("Łódź Øvelse Þ", "lodz ovelse q"),
            ("VO₂max, 1ª, ﬁtness", "vo2max, 1a, fitness"),
            ("´easy´ ½ …", "'easy' 1⁄2 …"),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_and_phrases_stay_what_they_are() {
        assert_eq!(fold("VO2max 6×800 5.5km GA1"), "vo2max 6x800 5.5km ga1");
        assert_eq!(fold("Dijon - Base"), "dijon - base");
        assert_eq!(fold("Easy5k"), "easy 5k");
        assert_eq!(fold("2024-05-01_Recovery30min"), "2024 05 01 recovery 30min");
    }

    #[test]
    fn places_lead_back_to_the_original() {
        let text = "Ein  lockerer Läufer-Récup heute";
        let folded = Folded::new(text);
        let from = folded.text.find("recup").unwrap();
        let range = from..from + 5;
        assert_eq!(&text[folded.origin(&range)], "Récup");
        assert_eq!(folded.around(&range), "ein lockerer laufer \u{1} heute");
        assert_eq!(folded.origin(&(0..folded.text.len())), 0..text.len());
    }
}
