//! Parses reference expressions and types from a compiled program's text.
//!
//! Depth is bounded: the text comes from strangers.

use std::str::FromStr;

use cairo_zero_core::Felt;

use super::expression::{Kind, Node, Operator, Span};
use super::types::Type;

/// The text is no expression (or type) that a reference can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// Where reading stopped, in characters from 0.
    pub(crate) at: u32,
}

/// Expressions nested deeper than this are refused.
const MAX_DEPTH: u32 = 200;

/// Reads a whole expression.
pub(crate) fn expression(text: &str) -> Result<Node, SyntaxError> {
    let mut parser = Parser::new(text);
    let node = parser.sum()?;
    parser.end(node)
}

/// Reads a whole type.
pub(crate) fn cairo_type(text: &str) -> Result<Type, SyntaxError> {
    let mut parser = Parser::new(text);
    let parsed = parser.cairo_type()?;
    parser.end(parsed)
}

struct Parser {
    text: Vec<char>,
    at: usize,
    depth: u32,
}

impl Parser {
    fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), at: 0, depth: 0 }
    }

    const fn error(&self) -> SyntaxError {
        SyntaxError { at: self.at as u32 }
    }

    fn end<T>(&mut self, parsed: T) -> Result<T, SyntaxError> {
        self.blank();
        if self.at == self.text.len() { Ok(parsed) } else { Err(self.error()) }
    }

    fn blank(&mut self) {
        while self.text.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    /// The next character that is no blank.
    fn peek(&mut self) -> Option<char> {
        self.blank();
        self.text.get(self.at).copied()
    }

    fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.at += 1;
        }
        found
    }

    fn expect(&mut self, expected: char) -> Result<(), SyntaxError> {
        if self.eat(expected) { Ok(()) } else { Err(self.error()) }
    }

    fn node(&self, start: u32, kind: Kind) -> Node {
        Node { kind, span: Span { start, end: self.at as u32 } }
    }

    fn enter(&mut self) -> Result<(), SyntaxError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(self.error()) } else { Ok(()) }
    }

    fn sum(&mut self) -> Result<Node, SyntaxError> {
        self.enter()?;
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Add,
                Some('-') => Operator::Sub,
                _ => break,
            };
            self.at += 1;
            let right = self.product()?;
            left = operation(operator, left, right);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn product(&mut self) -> Result<Node, SyntaxError> {
        let mut left = self.power()?;
        loop {
            let operator = match self.peek() {
                Some('*') => Operator::Mul,
                Some('/') => Operator::Div,
                _ => break,
            };
            self.at += 1;
            let right = self.power()?;
            left = operation(operator, left, right);
        }
        Ok(left)
    }

    fn power(&mut self) -> Result<Node, SyntaxError> {
        let left = self.unary()?;
        if self.peek() == Some('*') && self.text.get(self.at + 1) == Some(&'*') {
            self.at += 2;
            self.enter()?;
            let right = self.power()?;
            self.depth -= 1;
            return Ok(operation(Operator::Pow, left, right));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Node, SyntaxError> {
        self.blank();
        let start = self.at as u32;
        if self.eat('-') {
            self.enter()?;
            let inner = self.unary()?;
            self.depth -= 1;
            return Ok(self.node(start, Kind::Negation(Box::new(inner))));
        }
        self.atom(start)
    }

    fn atom(&mut self, start: u32) -> Result<Node, SyntaxError> {
        match self.peek() {
            Some('[') => {
                self.at += 1;
                let inner = self.sum()?;
                self.expect(']')?;
                Ok(self.node(start, Kind::Dereference(Box::new(inner))))
            }
            Some('(') => {
                self.at += 1;
                self.tuple(start)
            }
            Some(c) if c.is_ascii_digit() => self.number(start),
            Some(c) if c.is_alphabetic() || c == '_' => self.word(start),
            _ => Err(self.error()),
        }
    }

    fn number(&mut self, start: u32) -> Result<Node, SyntaxError> {
        let text = self.take(|c| c.is_ascii_alphanumeric());
        match Felt::from_str(&text) {
            Ok(value) => Ok(self.node(start, Kind::Number(text.into(), value))),
            Err(_) => Err(SyntaxError { at: start }),
        }
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let rest = self.text[self.at..].iter();
        let taken: String = rest.take_while(|c| belongs(**c)).collect();
        self.at += taken.chars().count();
        taken
    }

    fn name(&mut self) -> String {
        self.take(|c| c.is_alphanumeric() || c == '_' || c == '.')
    }

    fn word(&mut self, start: u32) -> Result<Node, SyntaxError> {
        let name = self.name();
        let kind = match name.as_str() {
            "ap" => Kind::Ap,
            "fp" => Kind::Fp,
            "cast" if self.eat('(') => {
                let inner = self.sum()?;
                self.expect(',')?;
                let target = self.cairo_type()?;
                self.expect(')')?;
                Kind::Cast(Box::new(inner), target)
            }
            _ => Kind::Name(name.into()),
        };
        Ok(self.node(start, kind))
    }

    /// What follows an opening parenthesis: one expression in parentheses, or a tuple.
    fn tuple(&mut self, start: u32) -> Result<Node, SyntaxError> {
        let mut items = Vec::new();
        let mut is_tuple = false;
        while self.peek() != Some(')') {
            let mut item = self.sum()?;
            let mut name = None;
            if self.peek() == Some('=') {
                let Kind::Name(found) = item.kind else {
                    return Err(self.error());
                };
                self.at += 1;
                name = Some(found);
                is_tuple = true;
                item = self.sum()?;
            }
            items.push((name, item));
            if !self.eat(',') {
                break;
            }
            is_tuple = true;
        }
        self.expect(')')?;
        let kind = match items.pop() {
            Some((None, only)) if !is_tuple && items.is_empty() => {
                Kind::Parentheses(Box::new(only))
            }
            last => {
                items.extend(last);
                Kind::Tuple(items)
            }
        };
        Ok(self.node(start, kind))
    }

    fn cairo_type(&mut self) -> Result<Type, SyntaxError> {
        self.enter()?;
        let mut parsed = match self.peek() {
            Some('(') => {
                self.at += 1;
                self.tuple_type()?
            }
            Some(c) if c.is_alphabetic() || c == '_' => match self.name().as_str() {
                "felt" => Type::Felt,
                "codeoffset" => Type::CodeOffset,
                name => Type::Struct(name.into()),
            },
            _ => return Err(self.error()),
        };
        while self.eat('*') {
            parsed = Type::Pointer(Box::new(parsed));
        }
        self.depth -= 1;
        Ok(parsed)
    }

    fn tuple_type(&mut self) -> Result<Type, SyntaxError> {
        let mut items = Vec::new();
        while self.peek() != Some(')') {
            let before = self.at;
            let name = self.name();
            let named = !name.is_empty() && self.eat(':');
            if !named {
                self.at = before;
            }
            items.push((named.then(|| name.into()), self.cairo_type()?));
            if !self.eat(',') {
                break;
            }
        }
        self.expect(')')?;
        Ok(Type::Tuple(items))
    }
}

fn operation(operator: Operator, left: Node, right: Node) -> Node {
    let span = Span { start: left.span.start, end: right.span.end };
    Node { kind: Kind::Operation(operator, Box::new(left), Box::new(right)), span }
}
