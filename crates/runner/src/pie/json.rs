//! JSON as Python's `json` module reads and writes it.
//!
//! Numbers stay texts: the signatures and words in a PIE have more digits than any machine number,
//! and what is written again must come out as it was. Objects keep the order of their keys; of a key
//! that is there twice the last value counts, as in Python.

use std::borrow::Cow;
use std::fmt::Write as _;

use cairo_zero_program::BigConst;
use indexmap::IndexMap;

/// How deep lists and objects may lie in each other.
const DEPTH: u32 = 250;

/// A JSON value that borrows from its text what it can.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Number(Number<'a>),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Box<Object<'a>>),
}

/// A JSON object. Two are equal when they have the same entries, in whatever order.
pub(crate) type Object<'a> = IndexMap<Cow<'a, str>, Json<'a>>;

/// A number by its text; also `NaN`, `Infinity` and `-Infinity`, which Python knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number<'a>(&'a str);

impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        let whole = |number: &Self| number.0.parse::<BigConst>().ok();
        match (whole(self), whole(other)) {
            (Some(a), Some(b)) => a == b,
            _ => self.0.parse::<f64>().ok() == other.0.parse::<f64>().ok(),
        }
    }
}

/// Why a text is no JSON, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not valid JSON at byte {at} ({reason})")]
pub(crate) struct JsonError {
    at: usize,
    reason: &'static str,
}

impl<'a> Json<'a> {
    /// Reads a whole text, which must be ASCII alone.
    pub(crate) fn parse(text: &'a [u8]) -> Result<Self, JsonError> {
        if let Some(at) = text.iter().position(|byte| !byte.is_ascii()) {
            return Err(JsonError { at, reason: "a byte that is not ASCII" });
        }
        let text = str::from_utf8(text).unwrap_or_default();
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0)?;
        parser.blank();
        if parser.at < text.len() { Err(parser.error("more behind the value")) } else { Ok(value) }
    }

    pub(crate) fn object(&self) -> Option<&Object<'a>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(crate) fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number as marshmallow's `Integer` takes it: a number with a fraction or exponent is a
    /// double whose fraction is cut off, and a number may stand in a text.
    pub(crate) fn integer(&self) -> Option<BigConst> {
        match self {
            Self::Number(number) => BigConst::from_json(number.0).ok(),
            Self::Text(text) => {
                let digits = text.trim_start_matches(['-', '+']);
                let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
                text.parse().ok().filter(|_| plain)
            }
            _ => None,
        }
    }

    /// A whole number written as one (`isinstance(…, int)` behind `json.loads`).
    pub(crate) fn exact_integer(&self) -> Option<BigConst> {
        match self {
            Self::Number(number) => number.0.parse().ok(),
            _ => None,
        }
    }

    /// Appends the value as `json.dumps` writes it.
    pub(crate) fn push(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(number) => out.push_str(number.0),
            Self::Text(text) => push_text(out, text),
            Self::List(list) => {
                out.push('[');
                for (at, value) in list.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    value.push(out);
                }
                out.push(']');
            }
            Self::Object(object) => {
                out.push('{');
                for (at, (key, value)) in object.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    push_text(out, key);
                    out.push_str(": ");
                    value.push(out);
                }
                out.push('}');
            }
        }
    }
}

/// Appends a text in quotes, with everything beyond ASCII escaped.
pub(crate) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(char),
            _ => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    // Writing to a text does not fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    const fn error(&self, reason: &'static str) -> JsonError {
        JsonError { at: self.at, reason }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.text[self.at..].starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn value(&mut self, depth: u32) -> Result<Json<'a>, JsonError> {
        self.blank();
        if depth > DEPTH {
            return Err(self.error("too many values inside each other"));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Json::Text(self.string()?)),
            _ if self.eat("null") => Ok(Json::Null),
            _ if self.eat("true") => Ok(Json::Bool(true)),
            _ if self.eat("false") => Ok(Json::Bool(false)),
            Some(_) => self.number(),
            None => Err(self.error("the text ends too early")),
        }
    }

    fn list(&mut self, depth: u32) -> Result<Json<'a>, JsonError> {
        self.at += 1;
        let mut list = Vec::new();
        self.blank();
        if self.eat("]") {
            return Ok(Json::List(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            self.blank();
            if self.eat("]") {
                return Ok(Json::List(list));
            }
            if !self.eat(",") {
                return Err(self.error("expected `,` or `]`"));
            }
        }
    }

    fn object(&mut self, depth: u32) -> Result<Json<'a>, JsonError> {
        self.at += 1;
        let mut object = Object::new();
        self.blank();
        if self.eat("}") {
            return Ok(Json::Object(Box::new(object)));
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return Err(self.error("expected a key"));
            }
            let key = self.string()?;
            self.blank();
            if !self.eat(":") {
                return Err(self.error("expected `:`"));
            }
            object.insert(key, self.value(depth + 1)?);
            self.blank();
            if self.eat("}") {
                return Ok(Json::Object(Box::new(object)));
            }
            if !self.eat(",") {
                return Err(self.error("expected `,` or `}`"));
            }
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        self.at += 1;
        let start = self.at;
        let mut escaped = String::new();
        let mut plain = start;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped.push_str(&self.text[plain..self.at]);
                    let char = self.escape()?;
                    escaped.push(char);
                    plain = self.at;
                }
                Some(b' '..) => self.at += 1,
                Some(_) => return Err(self.error("a control character in a text")),
                None => return Err(self.error("the text ends too early")),
            }
        }
        let rest = &self.text[plain..self.at];
        self.at += 1;
        if plain == start {
            return Ok(Cow::Borrowed(rest));
        }
        escaped.push_str(rest);
        Ok(Cow::Owned(escaped))
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        self.at += 2;
        match self.text.as_bytes().get(self.at - 1) {
            Some(b'"') => Ok('"'),
            Some(b'\\') => Ok('\\'),
            Some(b'/') => Ok('/'),
            Some(b'n') => Ok('\n'),
            Some(b'r') => Ok('\r'),
            Some(b't') => Ok('\t'),
            Some(b'b') => Ok('\u{8}'),
            Some(b'f') => Ok('\u{c}'),
            Some(b'u') => {
                let first = self.unit()?;
                let mut units = vec![first];
                if (0xd800..0xdc00).contains(&first) && self.eat("\\u") {
                    units.push(self.unit()?);
                }
                let text = String::from_utf16(&units).ok();
                let char = text.and_then(|text| text.chars().next());
                char.ok_or_else(|| self.error("half a character"))
            }
            _ => Err(self.error("an unknown escape")),
        }
    }

    fn unit(&mut self) -> Result<u16, JsonError> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        self.at += 4;
        unit.ok_or_else(|| self.error("expected four hexadecimal digits"))
    }

    fn number(&mut self) -> Result<Json<'a>, JsonError> {
        let start = self.at;
        let negative = self.eat("-");
        if self.eat("Infinity") || (!negative && self.eat("NaN")) {
            return Ok(Json::Number(Number(&self.text[start..self.at])));
        }
        let zero = self.peek() == Some(b'0');
        let digits = self.digits();
        if digits == 0 || (zero && digits > 1) {
            self.at = start;
            return Err(self.error("expected a value"));
        }
        if self.eat(".") && self.digits() == 0 {
            return Err(self.error("expected digits behind the point"));
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(self.error("expected an exponent"));
            }
        }
        Ok(Json::Number(Number(&self.text[start..self.at])))
    }

    fn digits(&mut self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += digits;
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(text: &str) -> Result<String, JsonError> {
        let mut out = String::new();
        Json::parse(text.as_bytes())?.push(&mut out);
        Ok(out)
    }

    /// As CPython prints them: `json.dumps(json.loads(…))`.
    #[test]
    fn texts_come_out_as_in_python() {
        for (text, expected) in [
            (r#" {"b":1,"a":[ ],"b":{}} "#, r#"{"b": {}, "a": []}"#),
            (r#"["é\u20ac\ud83d\ude00\/\b\f\n\r\t\"\\"]"#, ""),
            (
                r#"["\u00e9\u20ac\ud83d\ude00\/\b\f\n\r\t\"\\"]"#,
                r#"["\u00e9\u20ac\ud83d\ude00/\b\f\n\r\t\"\\"]"#,
            ),
            (
                "[null, true,false,-1,0.5,NaN,-Infinity]",
                "[null, true, false, -1, 0.5, NaN, -Infinity]",
            ),
        ] {
            assert_eq!(again(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_json() {
        let deep = "[".repeat(1000);
        for text in [
            "",
            "[",
            "[1",
            "[1,]",
            "{",
            "{1:2}",
            "{\"a\"}",
            "{\"a\":1,}",
            "01",
            "1.",
            "1e",
            "-",
            "+1",
            "\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\n\"",
            "1 2",
            "nul",
            "é",
            &deep,
        ] {
            assert!(Json::parse(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers() {
        let integer =
            |text: &str| Json::parse(text.as_bytes()).ok()?.integer().map(|n| n.to_string());
        assert_eq!(integer("-1e3").as_deref(), Some("-1000"));
        assert_eq!(integer("1e27").as_deref(), Some("1000000000000000013287555072"));
        assert_eq!(integer("-1.9").as_deref(), Some("-1"));
        assert_eq!(integer("\"12\"").as_deref(), Some("12"));
        for none in ["1e999", "NaN", "true", "\"0x1\"", "\"\"", "[]", "1e999999999999"] {
            assert_eq!(integer(none), None, "{none}");
        }
        let equal = |a: &str, b: &str| Json::parse(a.as_bytes()) == Json::parse(b.as_bytes());
        assert!(equal("{\"a\": 1, \"b\": 10}", "{\"b\": 1e1, \"a\": 1}"));
        assert!(!equal("[1]", "[2]"));
    }
}
