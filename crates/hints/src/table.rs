//! The table of native hints: one row per known text.
//!
//! A row knows its text by a digest only ([`Digest`]); tests compare the digests with the texts of
//! compiled library code. To add one, write its handler in `natives/`, a function that looks the
//! operands up and makes a [`NativeHint`], and add a row.

use cairo_zero_core::Value;

use crate::ids::Site;
use crate::memory::store;
use crate::natives::{self, Expression, Hint};
use crate::text::{Canonical, Digest};
use crate::{Names, Native, NativeHint, Stop};

/// What makes the native code of a row for one place in a program; `None` where the operands are not
/// what it expects.
type Maker = fn(&Site<'_>) -> Option<Hint>;

/// A known hint.
pub struct Row {
    /// The digest of its canonical text, or of the expression that it stores.
    pub digest: Digest,
    /// A name to show to people.
    pub name: &'static str,
    pub(crate) make: Maker,
}

/// A known expression whose value a hint stores: `memory[ap] = X` or `memory[fp + N] = X` for any
/// number `N`, with `X` bare or inside `to_felt_or_relocatable(X)`, as `nondet` is compiled.
pub(crate) struct Stored {
    digest: Digest,
    pub(crate) name: &'static str,
    pub(crate) make: fn(&Site<'_>) -> Option<Expression>,
}

/// Where a stored expression goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// `memory[ap]`
    Ap,
    /// `memory[fp + N]`
    Fp(i64),
}

impl Row {
    pub(crate) const fn new(digest: u128, name: &'static str, make: Maker) -> Self {
        Self { digest: Digest(digest), name, make }
    }
}

impl Stored {
    pub(crate) const fn new(
        digest: u128,
        name: &'static str,
        make: fn(&Site<'_>) -> Option<Expression>,
    ) -> Self {
        Self { digest: Digest(digest), name, make }
    }
}

/// The digests and names of all rows: those of whole hints, then those of stored expressions.
pub fn rows() -> impl Iterator<Item = (Digest, &'static str)> {
    let hints = natives::ROWS.iter().flat_map(|rows| rows.iter().map(|row| (row.digest, row.name)));
    let stored = natives::STORED.iter().flat_map(|rows| rows.iter());
    hints.chain(stored.map(|row| (row.digest, row.name)))
}

/// Finds the row of a hint's text and makes the native hint for it.
pub(crate) fn make(
    text: &Canonical,
    names: &Names,
    hint: u32,
) -> Option<(&'static str, Box<dyn NativeHint>)> {
    let site = Site::new(names, hint)?;
    let digest = Digest::of(text);
    let mut rows = natives::ROWS.iter().flat_map(|rows| rows.iter());
    if let Some(row) = rows.find(|row| row.digest == digest) {
        return (row.make)(&site).map(|made| (row.name, made));
    }
    let (target, value) = split_store(text.as_str())?;
    let digest = Digest::of(&Canonical::of(value));
    let row =
        natives::STORED.iter().flat_map(|rows| rows.iter()).find(|row| row.digest == digest)?;
    let value = (row.make)(&site)?;
    let hint = move |native: &mut Native<'_>| {
        let registers = native.machine.registers();
        let address = match target {
            Target::Ap => Some(registers.ap),
            Target::Fp(offset) => registers.fp.relocatable().and_then(|fp| fp.checked_add(offset)),
        };
        let address = address.ok_or(Stop::Decline)?;
        let value = value(native).ok_or(Stop::Decline)?;
        store(native.machine, Value::Relocatable(address), value).map_err(Stop::from)
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

#[cfg(test)]
mod tests {
    use super::{Target, rows, split_store};
    use crate::text::{Canonical, Digest};

    #[test]
    fn digests_and_names_differ() {
        let all: Vec<_> = rows().collect();
        for (at, (digest, name)) in all.iter().enumerate() {
            let twice = |(other, also): &(Digest, &str)| other == digest || also == name;
            assert!(!all[at + 1..].iter().any(twice), "{name} {digest:?}");
        }
    }

    #[test]
    fn digests_are_those_of_the_texts() {
        let find = |text: &str| {
            let digest = Digest::of(&Canonical::of(text));
            rows().find(|(known, _)| *known == digest).map(|(_, name)| name)
        };
        assert_eq!(find("vm_enter_scope()"), Some("vm_enter_scope"));
        assert_eq!(find(" vm_exit_scope() # out"), Some("vm_exit_scope"));
        assert_eq!(find("segments.add()"), Some("add_segment"));
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
