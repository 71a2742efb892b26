//! Native code for the hints of the common library, one file for each kind of work.
//!
//! A handler handles the cases that succeed: it looks its operands up when it is made, and where a
//! value is missing or not of the kind its text expects it declines, before it has changed anything
//! that running the text again would change once more. What its text leaves in its scope it leaves
//! there too, the names it imports included.

mod basic;
mod dict;
mod find;
mod hash;
mod keccak;
mod math;
mod secp;
mod squash;
#[cfg(test)]
mod tests;
mod uint256;
mod usort;

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_executor::Machine;

use crate::ids::Site;
use crate::math::wide::U256;
use crate::memory::store_unchecked;
use crate::object::{Key, Object};
use crate::table::{Row, Stored};
use crate::{Import, Int, Native, NativeHint, Stop, Symbol};

/// A hint made for its place.
pub(crate) type Hint = Box<dyn NativeHint>;

/// What computes an expression, made for its place.
pub(crate) type Expression = Box<dyn Fn(&mut Native<'_>) -> Option<Value>>;

/// The hints, by kind of work.
pub(crate) static ROWS: &[&[Row]] = &[
    basic::ROWS,
    math::ROWS,
    uint256::ROWS,
    squash::ROWS,
    dict::ROWS,
    secp::ROWS,
    find::ROWS,
    usort::ROWS,
    keccak::ROWS,
    hash::ROWS,
];

/// The expressions, by kind of work.
pub(crate) static STORED: &[&[Stored]] =
    &[basic::STORED, math::STORED, uint256::STORED, secp::STORED, keccak::STORED, hash::STORED];

/// A hint that declines where `run` gives nothing.
fn hint(run: impl Fn(&mut Native<'_>) -> Option<()> + 'static) -> Option<Hint> {
    Some(Box::new(move |native: &mut Native<'_>| run(native).ok_or(Stop::Decline)))
}

/// An expression.
fn expression(value: impl Fn(&mut Native<'_>) -> Option<Value> + 'static) -> Option<Expression> {
    Some(Box::new(value))
}

/// Names that a hint imports, each from a module under a name of the hint's choice.
struct Imports(Vec<(Symbol, Import)>);

impl Imports {
    /// Names imported under their own names.
    fn new(rows: &[(&str, &str)]) -> Option<Self> {
        let find = |(module, name): &(&str, &str)| {
            let kept = if name.is_empty() { module } else { name };
            Some((Symbol::new(kept), Import::find(module, name)?))
        };
        rows.iter().map(find).collect::<Option<_>>().map(Self)
    }

    /// Sets them in the scope.
    fn set(&self, native: &mut Native<'_>) {
        for (name, import) in &self.0 {
            native.set_variable(*name, Object::Import(*import));
        }
    }
}

/// Modules that hints import from.
mod module {
    pub(super) const MATH: &str = "starkware.python.math_utils";
    pub(super) const CAIRO_MATH: &str = "starkware.cairo.common.math_utils";
    pub(super) const SECP: &str = "starkware.cairo.common.cairo_secp.secp_utils";
    pub(super) const SECP_R1: &str = "starkware.cairo.common.cairo_secp.secp256r1_utils";
}

/// The bound of the range check builtin is `2^128`; `None` in a run without it, where its name is
/// unknown.
fn range_check(machine: &Machine) -> Option<()> {
    machine.builtins.get(BuiltinName::RangeCheck).map(|_| ())
}

/// 1 or 0.
fn bit(set: bool) -> Value {
    Value::from(u64::from(set))
}

/// A number below `2^128` as a value.
fn small(number: u128) -> Value {
    Value::Felt(Felt::from_u128(number))
}

/// The count that a felt is, if it can be one.
fn count(felt: Felt) -> Option<i64> {
    felt.to_u64().and_then(|count| i64::try_from(count).ok())
}

/// The whole number in a variable.
fn int(native: &mut Native<'_>, name: Symbol) -> Option<Int> {
    native.with_variable(name, Object::to_int)?
}

/// The whole number in a variable, if it fits.
#[inline]
fn short_int(native: &mut Native<'_>, name: Symbol) -> Option<i64> {
    native.with_variable(name, Object::to_i64)?
}

/// `name[key]` for a dictionary in a variable.
fn item(native: &mut Native<'_>, name: Symbol, key: &Key) -> Option<Object> {
    native.with_variable(name, |object| match object {
        Object::Dict(dict) => dict.borrow_mut().get(key),
        _ => None,
    })?
}

/// A constant that is a number in `0..2^256`.
fn limbs(site: &Site<'_>, name: &str) -> Option<U256> {
    Int::from(&site.constant(name)?).to_limbs()
}

/// A constant that is a small number, not negative.
fn small_constant(site: &Site<'_>, name: &str) -> Option<u64> {
    u64::try_from(site.constant(name)?.to_i64()?).ok()
}

/// Whether an object in a scope equals a value as Python compares them.
fn equals(object: &Object, value: Value) -> Option<bool> {
    Some(match (object, value) {
        (Object::Int(int), Value::Felt(felt)) => int.as_felt() == Some(felt),
        (Object::Bool(bool), Value::Felt(felt)) => felt == Felt::from_u64(u64::from(*bool)),
        (Object::Address(address), Value::Relocatable(other)) => *address == other,
        (Object::Int(_) | Object::Bool(_), Value::Relocatable(_))
        | (Object::Address(_), Value::Felt(_)) => false,
        _ => return None,
    })
}

/// `segments.write_arg(ptr, values)`
fn write(machine: &mut Machine, ptr: Relocatable, values: &[Value]) -> Option<()> {
    for (at, value) in (0_i64..).zip(values) {
        let address = Value::Relocatable(ptr.checked_add(at)?);
        store_unchecked(machine, address, *value).ok()?;
    }
    Some(())
}

/// `memory.get_range(ptr, count)`, all of it numbers of 32 bits.
fn words<const N: usize>(machine: &Machine, ptr: Relocatable) -> Option<[u32; N]> {
    let mut words = [0; N];
    for (at, word) in (0_i64..).zip(words.iter_mut()) {
        let felt = machine.memory.cell(ptr.checked_add(at)?).felt()?;
        *word = felt.to_u64().and_then(|number| u32::try_from(number).ok())?;
    }
    Some(words)
}
