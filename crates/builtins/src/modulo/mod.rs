//! The modulo builtins: gates of arithmetic circuits over a modulus of up to 384 bits.
//!
//! An instance is the modulus in four words, a pointer to the table of values, one to the table of
//! offsets, and how many gates are still to come, its own among them. An instance has `batch` gates
//! of three offsets each; they say where in the table of values the numbers `a`, `b` and `c` of the
//! gate lie, with `a + b = c` or `a * b = c` modulo the modulus. Nothing is deduced: a hint calls
//! [`crate::Builtins::fill_memory`], and only a secure run checks the gates.

mod check;
mod error;
mod fill;

use std::fmt;

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;
use num_bigint::BigUint;

pub use check::Gate;
pub use error::ModuloError;
pub use fill::Circuit;

use crate::builtin::as_any;
use crate::cells::integer;
use crate::{Builtin, BuiltinError};

/// Words of a number (`n_words` of every layout in cairo-lang's `instances.py`).
pub(crate) const WORDS: usize = 4;

/// Bits of a word (`word_bit_len` there).
const WORD_BITS: u32 = 96;

/// Cells of an instance (`INPUT_NAMES` in cairo-lang's `mod_builtin_runner.py`), all inputs.
pub(crate) const CELLS: u64 = 7;

/// What they are called (`INPUT_NAMES` there).
pub(crate) const NAMES: [&str; CELLS as usize] =
    ["p0", "p1", "p2", "p3", "values_ptr", "offsets_ptr", "n"];

/// Memory units of the AIR for the offsets and words of a gate (`MEMORY_VAR_NAMES` there).
pub(crate) const ADDITIONAL_MEMORY_UNITS: u64 = 15;

/// Places in an instance, behind the modulus.
const VALUES: i64 = 4;
const OFFSETS: i64 = 5;
const COUNT: i64 = 6;

/// What the gates of a modulo builtin compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `a + b`
    Add,
    /// `a * b`
    Mul,
}

impl Operation {
    pub(crate) const fn builtin(self) -> BuiltinName {
        match self {
            Self::Add => BuiltinName::AddMod,
            Self::Mul => BuiltinName::MulMod,
        }
    }

    fn apply(self, a: &BigUint, b: &BigUint) -> BigUint {
        match self {
            Self::Add => a + b,
            Self::Mul => a * b,
        }
    }

    /// One more than the most multiples of the modulus by which `a ∘ b` may exceed `c`.
    fn quotient_bound(self) -> BigUint {
        match self {
            Self::Add => BigUint::from(2_u32),
            Self::Mul => number_bound(),
        }
    }
}

impl fmt::Display for Operation {
    /// As Python prints the operator.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "<built-in function add>",
            Self::Mul => "<built-in function mul>",
        })
    }
}

/// One more than the largest number that [`WORDS`] words hold.
fn number_bound() -> BigUint {
    BigUint::from(1_u32) << (WORDS as u32 * WORD_BITS)
}

/// A modulo builtin.
#[derive(Debug, Clone, Copy)]
pub struct Modulo {
    operation: Operation,
    batch: u64,
}

impl Modulo {
    /// The builtin with `batch` gates to an instance; every layout of cairo-lang has one.
    #[must_use]
    pub fn new(operation: Operation, batch: u64) -> Self {
        Self { operation, batch: batch.max(1) }
    }

    /// How many gates an instance holds.
    #[must_use]
    pub const fn batch(&self) -> u64 {
        self.batch
    }

    const fn name(&self) -> BuiltinName {
        self.operation.builtin()
    }

    /// The inputs of the instance at `at`.
    fn inputs(&self, memory: &Memory, at: Relocatable) -> Result<Inputs, BuiltinError> {
        self.inputs_with(memory, at, |found| {
            let address = moved(at, COUNT)?;
            let n = integer(self.name(), address, found(address)?)?;
            if n.is_zero() {
                return Err(ModuloError::CountTooSmall { builtin: self.name(), n }.into());
            }
            Ok(n)
        })
    }

    /// The inputs of the instance at `at`, with the count read by `count`.
    fn inputs_with<C>(
        &self,
        memory: &Memory,
        at: Relocatable,
        count: impl FnOnce(
            &dyn Fn(Relocatable) -> Result<Value, BuiltinError>,
        ) -> Result<C, BuiltinError>,
    ) -> Result<Inputs<C>, BuiltinError> {
        let builtin = self.name();
        let pointer = |place| {
            let address = moved(at, place)?;
            match memory.require(address)? {
                Value::Relocatable(pointer) => Ok(pointer),
                found @ Value::Felt(_) => {
                    Err(BuiltinError::from(ModuloError::NotAPointer { builtin, address, found }))
                }
            }
        };
        let values = pointer(VALUES)?;
        let offsets = pointer(OFFSETS)?;
        let n = count(&|address| Ok(memory.require(address)?))?;
        let modulus = self.number(memory, at)?;
        Ok(Inputs { values, offsets, n, modulus })
    }

    /// The number at `at`, which has to be there.
    fn number(&self, memory: &Memory, at: Relocatable) -> Result<Number, BuiltinError> {
        match Number::read(memory, at)? {
            Ok(number) => Ok(number),
            Err(address) => Err(ModuloError::MissingValue { builtin: self.name(), address }.into()),
        }
    }
}

/// The inputs of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs<C = Felt> {
    /// The table of values.
    values: Relocatable,
    /// The table of offsets.
    offsets: Relocatable,
    /// How many gates are still to come.
    n: C,
    modulus: Number,
}

impl fmt::Display for Inputs {
    /// As Python prints the dictionary.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{{'values_ptr': {}, 'offsets_ptr': {}, 'n': {}, ",
            Value::Relocatable(self.values).repr(),
            Value::Relocatable(self.offsets).repr(),
            self.n,
        )?;
        self.modulus.entries(f, "p")?;
        f.write_str("}")
    }
}

/// A number of [`WORDS`] words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    words: [u128; WORDS],
    value: BigUint,
}

impl Number {
    /// The number whose words begin at `at`, or the address of the first word that is not there.
    fn read(memory: &Memory, at: Relocatable) -> Result<Result<Self, Relocatable>, BuiltinError> {
        let mut words = [0; WORDS];
        for (place, word) in words.iter_mut().enumerate() {
            let address = moved(at, place as i64)?;
            match memory.get(address) {
                None => return Ok(Err(address)),
                Some(found @ Value::Relocatable(_)) => {
                    return Err(ModuloError::NotAWord { address, found }.into());
                }
                Some(Value::Felt(found)) => match found.to_u128() {
                    Some(small) if small >> WORD_BITS == 0 => *word = small,
                    _ => {
                        let bits = WORD_BITS;
                        return Err(ModuloError::WordTooLarge { address, bits, found }.into());
                    }
                },
            }
        }
        let digits = words.iter().flat_map(|word| (0..3).map(move |at| (word >> (32 * at)) as u32));
        Ok(Ok(Self { words, value: BigUint::new(digits.collect()) }))
    }

    /// The dictionary entries of the number and its words.
    fn entries(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        write!(f, "'{name}': {}", self.value)?;
        self.words.iter().enumerate().try_for_each(|(at, word)| write!(f, ", '{name}{at}': {word}"))
    }
}

/// The words of a value below [`number_bound`], lowest first.
fn words_of(value: &BigUint) -> [u128; WORDS] {
    let mut digits = value.iter_u32_digits();
    std::array::from_fn(|_| {
        (0..3).fold(0, |word, at| word | u128::from(digits.next().unwrap_or(0)) << (32 * at))
    })
}

/// `address + cells`, which has to be an address.
fn moved(address: Relocatable, cells: i64) -> Result<Relocatable, BuiltinError> {
    moved_by(address, Value::Felt(Felt::from_i64(cells)))
}

/// `address + cells`, for an offset read from memory.
fn moved_by(address: Relocatable, cells: Value) -> Result<Relocatable, BuiltinError> {
    match Value::Relocatable(address).checked_add(cells)? {
        Value::Relocatable(sum) => Ok(sum),
        // An address plus a number is an address.
        Value::Felt(_) => Ok(address),
    }
}

impl Builtin for Modulo {
    fn check_security(
        &self,
        memory: &Memory,
        base: Relocatable,
        cells: u64,
    ) -> Result<(), BuiltinError> {
        self.check_gates(memory, base, cells)
    }

    fn zeros_needed(&self) -> u64 {
        (WORDS as u64).max(3 * self.batch)
    }

    fn accesses(
        &self,
        memory: &Memory,
        base: Relocatable,
        cells: u64,
        visit: &mut dyn FnMut(Relocatable, u64),
    ) -> Result<(), BuiltinError> {
        self.visit_gates(memory, base, cells, visit)
    }

    as_any!();
}
