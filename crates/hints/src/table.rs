//! The table of native hints: one row per known text.
//!
//! A row knows its text by a digest only ([`Digest`]); tests compare the digests with the texts of
//! compiled library code. To add one, write its handler, a function that makes a [`NativeHint`] with
//! its operands looked up, and add a row.

use cairo_zero_core::Value;

use crate::memory::{add_segment, store};
use crate::text::{Canonical, Digest};
use crate::{Exception, Names, Native, NativeHint, Scope, Stop};

/// What makes the native code of a row for one place in a program.
type Maker = fn(&Names, u32) -> Option<Box<dyn NativeHint>>;

/// A known hint.
pub struct Row {
    /// The digest of its canonical text.
    pub digest: Digest,
    /// A name to show to people.
    pub name: &'static str,
    make: Maker,
}

/// A known expression whose value a hint stores: `memory[ap] = X` or `memory[fp + N] = X` for any
/// number `N`, with `X` bare or inside `to_felt_or_relocatable(X)`, as `nondet` is compiled.
struct Stored {
    name: &'static str,
    expression: &'static str,
    value: fn(&mut Native<'_>) -> Result<Value, Exception>,
}

/// Where a stored expression goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// `memory[ap]`
    Ap,
    /// `memory[fp + N]`
    Fp(i64),
}

static TABLE: &[Row] = &[
    Row {
        digest: Digest(0x9c56f4b01ee5c8a3c91dc6af056d7ee7),
        name: "vm_enter_scope",
        make: |_, _| Some(Box::new(enter_scope)),
    },
    Row {
        digest: Digest(0x0badce6177a373599dbcbfca365468a7),
        name: "vm_exit_scope",
        make: |_, _| Some(Box::new(exit_scope)),
    },
];

static STORED: &[Stored] = &[Stored {
    name: "add_segment",
    expression: "segments.add()",
    value: |native| add_segment(native.machine),
}];

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
) -> Option<(&'static str, Box<dyn NativeHint>)> {
    let digest = Digest::of(text);
    if let Some(row) = TABLE.iter().find(|row| row.digest == digest) {
        return (row.make)(names, hint).map(|made| (row.name, made));
    }
    let (target, value) = split_store(text.as_str())?;
    let row = STORED.iter().find(|row| row.expression == value)?;
    let hint = move |native: &mut Native<'_>| {
        let registers = native.machine.registers();
        let address = match target {
            Target::Ap => Value::Relocatable(registers.ap),
            Target::Fp(offset) => registers
                .fp
                .checked_add(Value::Felt(cairo_zero_core::Felt::from_i64(offset)))
                .map_err(|_| Stop::Decline)?,
        };
        let value = (row.value)(native)?;
        store(native.machine, address, value).map_err(Stop::from)
    };
    Some((row.name, Box::new(hint)))
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

fn enter_scope(native: &mut Native<'_>) -> Result<(), Stop> {
    native.scopes.enter(Scope::default());
    Ok(())
}

fn exit_scope(native: &mut Native<'_>) -> Result<(), Stop> {
    native.scopes.exit().map(drop).map_err(Stop::from)
}

#[cfg(test)]
mod tests {
    use super::{TABLE, Target, split_store};
    use crate::text::{Canonical, Digest};

    #[test]
    fn digests_differ_and_are_those_of_the_texts() {
        for (at, row) in TABLE.iter().enumerate() {
            assert!(TABLE[at + 1..].iter().all(|other| other.digest != row.digest), "{}", row.name);
        }
        let digest = |text: &str| Digest::of(&Canonical::of(text));
        assert_eq!(digest("vm_enter_scope()"), TABLE[0].digest);
        assert_eq!(digest(" vm_exit_scope() # out"), TABLE[1].digest);
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
