//! The canonical form of hint texts, by which native hints are found.
//!
//! Two texts with the same canonical form are the same Python program: only what Python itself
//! ignores is dropped, namely comments, blank lines, the common indentation and blanks at the end of
//! lines. Strings stay as they are.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// A hint's canonical text, and where its lines come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    text: String,
    lines: Vec<u32>,
}

impl Canonical {
    /// Brings a hint's text into canonical form.
    #[must_use]
    pub fn of(source: &str) -> Self {
        let (kept, in_string) = without_comments(source);
        let mut lines: Vec<(u32, &str)> = Vec::new();
        for (number, line) in (1..).zip(kept.split('\n')) {
            let continues = in_string.get(number as usize - 1).copied().unwrap_or(false);
            let ends_in_string = in_string.get(number as usize).copied().unwrap_or(false);
            let line = if ends_in_string { line } else { line.trim_end() };
            if continues || !line.is_empty() {
                lines.push((number, line));
            }
        }
        let starts = |number: u32| !in_string.get(number as usize - 1).copied().unwrap_or(false);
        let indent = lines
            .iter()
            .filter(|(number, _)| starts(*number))
            .map(|(_, line)| line.len() - line.trim_start_matches([' ', '\t']).len())
            .min()
            .unwrap_or(0);
        let text: Vec<&str> = lines
            .iter()
            .map(|(number, line)| if starts(*number) { &line[indent..] } else { *line })
            .collect();
        Self { text: text.join("\n"), lines: lines.iter().map(|(number, _)| *number).collect() }
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The line of the original text (from 1) that a line of the canonical text (from 1) was.
    #[must_use]
    pub fn original_line(&self, line: u32) -> u32 {
        let index = (line as usize).saturating_sub(1);
        self.lines.get(index).copied().unwrap_or(line)
    }
}

/// The text without comments, and for each line whether it begins inside a string.
fn without_comments(source: &str) -> (String, Vec<bool>) {
    let mut kept = String::with_capacity(source.len());
    let mut in_string = vec![false];
    let mut quote: Option<&str> = None;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match quote {
            None if c == '#' => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            None => {
                let opened = ["'''", "\"\"\"", "'", "\""].into_iter().find(|q| rest.starts_with(q));
                taken = opened.map_or(taken, str::len);
                quote = opened;
            }
            Some(end) if rest.starts_with(end) => {
                taken = end.len();
                quote = None;
            }
            Some(_) if c == '\\' => {
                taken += rest[1..].chars().next().map_or(0, char::len_utf8);
            }
            // A string of one line that is not closed is a syntax error; the line ends it.
            Some(end) if c == '\n' && end.len() == 1 => quote = None,
            Some(_) => {}
        }
        let (piece, after) = rest.split_at(taken);
        for _ in piece.matches('\n') {
            in_string.push(quote.is_some());
        }
        kept.push_str(piece);
        rest = after;
    }
    (kept, in_string)
}

/// What a hint's text is known by: the first 16 bytes of the SHA-256 of its canonical form. No other
/// text has it, not even one made for the purpose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub u128);

impl Digest {
    /// The digest of a canonical text.
    #[must_use]
    pub fn of(text: &Canonical) -> Self {
        let whole = Sha256::digest(text.as_str());
        let mut first = [0; 16];
        first.copy_from_slice(&whole[..16]);
        Self(u128::from_be_bytes(first))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#034x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Canonical;

    fn check(source: &str, expected: &str) {
        assert_eq!(Canonical::of(source).as_str(), expected);
    }

    #[test]
    fn what_python_ignores_is_dropped() {
        check("x = 1", "x = 1");
        check("\n    # why\n    x = 1  # note\n\n    y = 2   \n", "x = 1\ny = 2");
        check("if a:\n    b = 1\n", "if a:\n    b = 1");
    }

    #[test]
    fn strings_stay() {
        check("print('# no comment')", "print('# no comment')");
        check("s = \"a\\\"#b\" # c", "s = \"a\\\"#b\"");
        check("  s = '''a  \n\n  # b'''  \n  t = 1", "s = '''a  \n\n  # b'''\nt = 1");
    }

    #[test]
    fn lines_are_found_again() {
        let canonical = Canonical::of("\n# one\nx = 1\n\ny = 2\n");
        assert_eq!(canonical.original_line(1), 3);
        assert_eq!(canonical.original_line(2), 5);
    }
}
