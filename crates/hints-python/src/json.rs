//! [`Json`]: the program input, read without the interpreter.
//!
//! Python's own reader is what users know, so its additions are taken (`NaN`, `Infinity`) and its
//! error messages given; numbers have any size.

use malachite_bigint::BigInt;
use rustpython_vm::{PyObjectRef, VirtualMachine};

/// A JSON document.
#[derive(Debug, Clone, PartialEq)]
pub struct Json(Node);

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Null,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Dict(Vec<(String, Node)>),
}

/// Why a text is no JSON; the wording is that of Python's `json`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}: line {line} column {column} (char {at})")]
pub struct JsonError {
    message: &'static str,
    line: usize,
    column: usize,
    at: usize,
}

/// Documents nested deeper than this are refused.
const MAX_DEPTH: usize = 500;

/// Python refuses to read longer numbers.
const MAX_DIGITS: usize = 4300;

impl Json {
    /// The empty object, which hints see without a program input.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Node::Dict(Vec::new()))
    }

    /// Reads a document.
    ///
    /// # Errors
    /// When the text is no JSON, nested too deeply, or has numbers of more than 4300 digits.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        let mut reader = Reader { text: text.chars().collect(), at: 0 };
        reader.blank();
        let node = reader.value(0)?;
        reader.blank();
        if reader.at < reader.text.len() {
            return Err(reader.error("Extra data", reader.at));
        }
        Ok(Self(node))
    }

    pub(crate) fn to_python(&self, vm: &VirtualMachine) -> PyObjectRef {
        self.0.to_python(vm)
    }
}

impl Node {
    fn to_python(&self, vm: &VirtualMachine) -> PyObjectRef {
        match self {
            Self::Null => vm.ctx.none(),
            Self::Bool(value) => vm.ctx.new_bool(*value).into(),
            Self::Int(value) => vm.ctx.new_bigint(value).into(),
            Self::Float(value) => vm.ctx.new_float(*value).into(),
            Self::Text(text) => vm.ctx.new_str(text.as_str()).into(),
            Self::List(items) => {
                vm.ctx.new_list(items.iter().map(|item| item.to_python(vm)).collect()).into()
            }
            Self::Dict(items) => {
                let dict = vm.ctx.new_dict();
                for (key, value) in items {
                    // A key that comes twice keeps its first place and takes the last value.
                    let _ = dict.set_item(key.as_str(), value.to_python(vm), vm);
                }
                dict.into()
            }
        }
    }
}

struct Reader {
    text: Vec<char>,
    at: usize,
}

impl Reader {
    fn error(&self, message: &'static str, at: usize) -> JsonError {
        let before = self.text.get(..at).unwrap_or(&self.text);
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = at - before.iter().rposition(|c| *c == '\n').map_or(0, |found| found + 1) + 1;
        JsonError { message, line, column, at }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = word.chars().enumerate().all(|(i, c)| self.text.get(self.at + i) == Some(&c));
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Node, JsonError> {
        if depth > MAX_DEPTH {
            return Err(self.error("Nested too deeply", self.at));
        }
        for (word, node) in [
            ("null", Node::Null),
            ("true", Node::Bool(true)),
            ("false", Node::Bool(false)),
            ("NaN", Node::Float(f64::NAN)),
            ("Infinity", Node::Float(f64::INFINITY)),
            ("-Infinity", Node::Float(f64::NEG_INFINITY)),
        ] {
            if self.eat(word) {
                return Ok(node);
            }
        }
        match self.peek() {
            Some('"') => {
                self.at += 1;
                self.string().map(Node::Text)
            }
            Some('[') => self.list(depth),
            Some('{') => self.dict(depth),
            Some('-' | '0'..='9') => self.number(),
            _ => Err(self.error("Expecting value", self.at)),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Node, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        self.blank();
        if self.eat("]") {
            return Ok(Node::List(items));
        }
        loop {
            self.blank();
            items.push(self.value(depth + 1)?);
            self.blank();
            if self.eat("]") {
                return Ok(Node::List(items));
            }
            if !self.eat(",") {
                return Err(self.error("Expecting ',' delimiter", self.at));
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Node, JsonError> {
        const NO_NAME: &str = "Expecting property name enclosed in double quotes";
        self.at += 1;
        let mut items = Vec::new();
        self.blank();
        if self.eat("}") {
            return Ok(Node::Dict(items));
        }
        loop {
            self.blank();
            if !self.eat("\"") {
                return Err(self.error(NO_NAME, self.at));
            }
            let key = self.string()?;
            self.blank();
            if !self.eat(":") {
                return Err(self.error("Expecting ':' delimiter", self.at));
            }
            self.blank();
            items.push((key, self.value(depth + 1)?));
            self.blank();
            if self.eat("}") {
                return Ok(Node::Dict(items));
            }
            if !self.eat(",") {
                return Err(self.error("Expecting ',' delimiter", self.at));
            }
        }
    }

    /// A string whose opening quote has been read.
    fn string(&mut self) -> Result<String, JsonError> {
        let start = self.at - 1;
        let mut text = String::new();
        loop {
            let Some(c) = self.peek() else {
                return Err(self.error("Unterminated string starting at", start));
            };
            self.at += 1;
            match c {
                '"' => return Ok(text),
                '\\' => text.push(self.escape(start)?),
                c if c < ' ' => {
                    return Err(self.error("Invalid control character at", self.at - 1));
                }
                c => text.push(c),
            }
        }
    }

    fn escape(&mut self, start: usize) -> Result<char, JsonError> {
        let Some(c) = self.peek() else {
            return Err(self.error("Unterminated string starting at", start));
        };
        self.at += 1;
        Ok(match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.unicode()?,
            _ => return Err(self.error("Invalid \\escape", self.at - 2)),
        })
    }

    fn unicode(&mut self) -> Result<char, JsonError> {
        let high = self.hex()?;
        if (0xd800..0xdc00).contains(&high) {
            let before = self.at;
            if self.eat("\\u") {
                let low = self.hex()?;
                if (0xdc00..0xe000).contains(&low) {
                    let both = 0x1_0000 + ((high - 0xd800) << 10 | (low - 0xdc00));
                    return Ok(char::from_u32(both).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                self.at = before;
            }
        }
        Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let mut value = 0;
        for offset in 0..4 {
            let digit = self.text.get(self.at + offset).and_then(|c| c.to_digit(16));
            let Some(digit) = digit else {
                return Err(self.error("Invalid \\uXXXX escape", self.at - 1));
            };
            value = value << 4 | digit;
        }
        self.at += 4;
        Ok(value)
    }

    fn number(&mut self) -> Result<Node, JsonError> {
        let start = self.at;
        if self.peek() == Some('-') {
            self.at += 1;
        }
        let whole = self.digits();
        if whole == 0 {
            return Err(self.error("Expecting value", start));
        }
        // No number begins with a zero and goes on.
        if whole > 1 && self.text.get(self.at - whole) == Some(&'0') {
            self.at -= whole - 1;
        }
        let mut is_float = false;
        let integer_end = self.at;
        if self.peek() == Some('.') {
            self.at += 1;
            if self.digits() == 0 {
                self.at = integer_end;
            } else {
                is_float = true;
            }
        }
        let mantissa_end = self.at;
        if matches!(self.peek(), Some('e' | 'E')) {
            self.at += 1;
            if matches!(self.peek(), Some('+' | '-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                self.at = mantissa_end;
            } else {
                is_float = true;
            }
        }
        let text: String = self.text[start..self.at].iter().collect();
        if is_float {
            return Ok(Node::Float(text.parse().unwrap_or(f64::NAN)));
        }
        if text.len() > MAX_DIGITS {
            return Err(
                self.error("Exceeds the limit (4300 digits) for integer string conversion", start)
            );
        }
        Ok(Node::Int(text.parse().unwrap_or_default()))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }
}
