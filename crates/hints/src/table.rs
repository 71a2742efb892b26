//! The table of native hints: one row per known text.
//!
//! To add one:
//! 1. write its handler, a function that makes a [`NativeHint`] with its operands looked up;
//! 2. add a row with its name, its text in canonical form, and the handler. A test compares the
//!    texts with their canonical form, another one runs both forms of every hint.

use cairo_zero_core::Value;

use crate::memory::{add_segment, store};
use crate::text::{Canonical, digest};
use crate::{Context, Exception, Names, NativeHint};

/// How a row's text is compared with a hint's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// The whole text.
    Text(&'static str),
    /// A store of this expression: `memory[ap] = X` or `memory[fp + N] = X` for any number `N`,
    /// with `X` bare or inside `to_felt_or_relocatable(X)`, as `nondet` is compiled.
    Store(&'static str),
}

/// Where a [`Pattern::Store`] stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// `memory[ap]`
    Ap,
    /// `memory[fp + N]`
    Fp(i64),
}

/// The native code of a row.
#[derive(Clone, Copy)]
enum Handler {
    /// For a whole text.
    Whole(fn(&Names, u32) -> Option<Box<dyn NativeHint>>),
    /// For the value of a store.
    Value(fn(&mut Context<'_>) -> Result<Value, Exception>),
}

/// A known hint.
pub struct Row {
    /// A name to show to people.
    pub name: &'static str,
    /// The text it is found by.
    pub pattern: Pattern,
    handler: Handler,
}

static TABLE: &[Row] = &[
    Row {
        name: "vm_enter_scope",
        pattern: Pattern::Text("vm_enter_scope()"),
        handler: Handler::Whole(|_, _| Some(Box::new(enter_scope))),
    },
    Row {
        name: "vm_exit_scope",
        pattern: Pattern::Text("vm_exit_scope()"),
        handler: Handler::Whole(|_, _| Some(Box::new(exit_scope))),
    },
    Row {
        name: "add_segment",
        pattern: Pattern::Store("segments.add()"),
        handler: Handler::Value(|context| add_segment(context.machine)),
    },
];

/// The rows of the table.
#[must_use]
pub fn rows() -> &'static [Row] {
    TABLE
}

/// Finds the row of a hint's text and makes the native hint for it.
pub(crate) fn make(
    text: &Canonical,
    names: &Names,
    hint: u32,
) -> Option<(&'static Row, Box<dyn NativeHint>)> {
    let text = text.as_str();
    let of_text = digest(text);
    let whole = TABLE.iter().find(|row| match row.pattern {
        // The digest decides nearly always; the text itself makes it certain.
        Pattern::Text(known) => digest(known) == of_text && known == text,
        Pattern::Store(_) => false,
    });
    if let Some(row) = whole
        && let Handler::Whole(make) = row.handler
    {
        return make(names, hint).map(|made| (row, made));
    }
    let (target, value) = split_store(text)?;
    let row =
        TABLE.iter().find(|row| matches!(row.pattern, Pattern::Store(known) if known == value))?;
    let Handler::Value(value) = row.handler else {
        return None;
    };
    let hint = move |context: &mut Context<'_>| {
        let value = value(context)?;
        let registers = context.machine.registers();
        let address = match target {
            Target::Ap => Value::Relocatable(registers.ap),
            Target::Fp(offset) => registers
                .fp
                .checked_add(Value::Felt(cairo_zero_core::Felt::from_i64(offset)))
                .map_err(|error| crate::memory::value_error(&error))?,
        };
        store(context.machine, address, value)
    };
    Some((row, Box::new(hint)))
}

/// Splits `memory[…] = X` into where and what.
fn split_store(text: &str) -> Option<(Target, &str)> {
    let (place, value) = text.strip_prefix("memory[")?.split_once("] = ")?;
    let target = match place {
        "ap" => Target::Ap,
        "fp" => Target::Fp(0),
        _ => {
            let offset = place.strip_prefix("fp + ")?;
            let digits = match offset.strip_prefix('(').and_then(|o| o.strip_suffix(')')) {
                Some(negative) => negative.strip_prefix('-').map(|_| negative)?,
                None => offset,
            };
            // No sign besides that one, no leading zero: only what Python reads the same way.
            let bare = digits.strip_prefix('-').unwrap_or(digits);
            let plain =
                bare.bytes().all(|b| b.is_ascii_digit()) && (bare == "0" || !bare.starts_with('0'));
            if !plain {
                return None;
            }
            Target::Fp(digits.parse().ok()?)
        }
    };
    let inner = value
        .strip_prefix("to_felt_or_relocatable(")
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(value);
    Some((target, inner))
}

fn enter_scope(context: &mut Context<'_>) -> Result<(), Exception> {
    context.scopes.enter(None);
    Ok(())
}

fn exit_scope(context: &mut Context<'_>) -> Result<(), Exception> {
    context.scopes.exit().map(drop)
}

#[cfg(test)]
mod tests {
    use super::{Pattern, TABLE, Target, split_store};
    use crate::text::Canonical;

    #[test]
    fn texts_are_canonical_and_different() {
        for (at, row) in TABLE.iter().enumerate() {
            let (Pattern::Text(text) | Pattern::Store(text)) = row.pattern;
            assert_eq!(Canonical::of(text).as_str(), text, "{}", row.name);
            assert!(TABLE[at + 1..].iter().all(|other| other.pattern != row.pattern));
        }
    }

    #[test]
    fn stores_are_split() {
        let add = "segments.add()";
        for (text, target) in [
            ("memory[ap] = segments.add()", Target::Ap),
            ("memory[ap] = to_felt_or_relocatable(segments.add())", Target::Ap),
            ("memory[fp] = segments.add()", Target::Fp(0)),
            ("memory[fp + 3] = to_felt_or_relocatable(segments.add())", Target::Fp(3)),
            ("memory[fp + (-3)] = segments.add()", Target::Fp(-3)),
        ] {
            assert_eq!(split_store(text), Some((target, add)), "{text}");
        }
        for text in ["memory[fp + x] = segments.add()", "memory[fp + 03] = segments.add()"] {
            assert_eq!(split_store(text), None, "{text}");
        }
    }
}
