//! [`Text`]: a hint's text, parsed.

use std::rc::Rc;

use rustpython_ruff_python_ast::ModModule;
use rustpython_ruff_python_parser::{Parsed, parse_module};

use super::lower::Lower;
use super::node::Code;
use crate::Names;

/// Longer texts are left to the interpreter.
const MAX_LENGTH: usize = 32 << 10;

/// How deep brackets may stand in each other.
const MAX_BRACKETS: usize = 40;

/// How many of the words and signs that nest without brackets a text may have.
const MAX_NESTING: usize = 400;

/// A hint's text that native code understands, if its `ids` names are what they seem to be.
pub(crate) struct Text {
    parsed: Parsed<ModModule>,
}

impl Text {
    /// Parses a text. `None` if it is no Python program or uses what native code does not know.
    pub(crate) fn parse(source: &str) -> Option<Rc<Self>> {
        Self::checked(source).ok().map(Rc::new)
    }

    /// As [`Text::parse`], with the reason.
    pub(super) fn checked(source: &str) -> Result<Self, String> {
        if source.len() > MAX_LENGTH || is_deep(source) {
            return Err("too long or deep".to_owned());
        }
        // They are errors outside functions, which only the compiler of the interpreter finds.
        if ["yield", "await", ":="].iter().any(|word| source.contains(word)) {
            return Err("yield, await or :=".to_owned());
        }
        let parsed = parse_module(source).map_err(|error| error.to_string())?;
        let text = Self { parsed };
        text.lower(None)?;
        Ok(text)
    }

    /// The code for one place in a program, or what stands against it. Without a place `ids` names
    /// are taken for whatever fits.
    pub(super) fn lower(&self, place: Option<(&Names, u32)>) -> Result<Code, String> {
        Lower::new(place).module(&self.parsed.syntax().body)
    }
}

/// Whether the parser, which goes down one level for each bracket, sign and word that can stand
/// before an expression, might go too deep.
fn is_deep(source: &str) -> bool {
    let (mut open, mut deepest, mut nesting) = (0_usize, 0, 0);
    let mut word_start = None;
    let bytes = source.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii_alphanumeric() || *byte == b'_' {
            word_start.get_or_insert(at);
            continue;
        }
        if let Some(start) = word_start.take()
            && matches!(&bytes[start..at], b"not" | b"lambda" | b"else" | b"if" | b"await" | b"for")
        {
            nesting += 1;
        }
        match byte {
            b'(' | b'[' | b'{' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            b'-' | b'+' | b'~' | b'*' => nesting += 1,
            _ => {}
        }
    }
    deepest > MAX_BRACKETS || nesting > MAX_NESTING
}
