//! The symbols of expressions.

/// One symbol.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'a> {
    /// A decimal number, or a hexadecimal one behind `0x`.
    Number(&'a str),
    /// The text between two single quotes.
    ShortString(&'a str),
    /// A word: a name or keyword.
    Word(&'a str),
    /// `**`.
    DoubleStar,
    /// Any other character.
    Sign(char),
    /// The end.
    End,
}

/// The symbols of a text, each with the byte it begins at.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next symbol and where it begins; the end again and again at the end.
    pub(super) fn next(&mut self) -> (usize, Token<'a>) {
        self.skip_space();
        let start = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return (start, Token::End) };
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (length, token) = if let Some(hex) = rest.strip_prefix("0x") {
            let length = 2 + run(hex, |c| c.is_ascii_hexdigit());
            (length, Token::Number(&rest[..length]))
        } else if first.is_ascii_digit() {
            let length = run(rest, |c| c.is_ascii_digit());
            (length, Token::Number(&rest[..length]))
        } else if is_word(first) {
            let length = run(rest, is_word);
            (length, Token::Word(&rest[..length]))
        } else if rest.starts_with("**") {
            (2, Token::DoubleStar)
        } else if let Some((text, _)) =
            rest.strip_prefix('\'').and_then(|quoted| quoted.split_once('\''))
        {
            (text.len() + 2, Token::ShortString(text))
        } else {
            (first.len_utf8(), Token::Sign(first))
        };
        self.at += length;
        (start, token)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// White space; the reference allows line ends in fewer places.
    fn skip_space(&mut self) {
        self.at += run(self.rest(), |c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
    }
}

/// How many bytes of `text` are characters of a kind.
fn run(text: &str, kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !kind(c)).unwrap_or(text.len())
}
