//! The modulo builtins' gates in a secure run, and the cells they read.

use std::fmt;

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_memory::Memory;
use num_bigint::BigUint;
use num_traits::Zero;

use super::{CELLS, Inputs, Modulo, ModuloError, Number, OFFSETS, VALUES, WORDS, moved, moved_by};
use crate::BuiltinError;
use crate::cells::integer;

/// Which gate of a builtin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// The instance.
    pub instance: u64,
    /// The gate's place in the instance.
    pub index: u64,
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "instance={}, batch={}", self.instance, self.index)
    }
}

/// The three numbers of a gate and where they lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateValues {
    offsets: [Felt; 3],
    numbers: [Number; 3],
}

impl fmt::Display for GateValues {
    /// As Python prints the dictionary.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["a", "b", "c"];
        for (at, (offset, number)) in self.offsets.iter().zip(&self.numbers).enumerate() {
            let start = if at == 0 { "{" } else { ", " };
            write!(f, "{start}'{}_offset': {offset}, ", names[at])?;
            number.entries(f, names[at])?;
        }
        f.write_str("}")
    }
}

impl Modulo {
    /// Checks every gate, and that each circuit's instances follow one another to its end.
    pub(super) fn check_gates(
        &self,
        memory: &Memory,
        base: Relocatable,
        cells: u64,
    ) -> Result<(), BuiltinError> {
        let builtin = self.name();
        let mut previous: Option<Inputs> = None;
        for instance in 0..cells.div_ceil(CELLS) {
            let inputs = self.inputs(memory, moved(base, (instance * CELLS).cast_signed())?)?;
            if previous.is_some_and(|previous| !self.is_continued(&previous, &inputs)) {
                return Err(ModuloError::NotContinued { builtin, instance }.into());
            }
            for index in 0..self.batch {
                self.check_gate(memory, &inputs, Gate { instance, index })?;
            }
            previous = Some(inputs);
        }
        let batch = self.batch;
        match previous {
            Some(Inputs { n, .. }) if n != Felt::from_u64(batch) => {
                Err(ModuloError::NotFinished { builtin, n, batch }.into())
            }
            _ => Ok(()),
        }
    }

    /// Whether an instance goes on where `previous` ends; where the circuit ends, anything may
    /// follow.
    fn is_continued(&self, previous: &Inputs, next: &Inputs) -> bool {
        let batch = Felt::from_u64(self.batch);
        previous.n <= batch
            || (next.modulus == previous.modulus
                && next.values == previous.values
                && previous.offsets.checked_add(3 * self.batch as i64) == Some(next.offsets)
                && next.n == previous.n - batch)
    }

    fn check_gate(&self, memory: &Memory, inputs: &Inputs, gate: Gate) -> Result<(), BuiltinError> {
        let values = self.gate_values(memory, inputs, gate.index)?;
        let operation = self.operation;
        let [a, b, c] = values.numbers.each_ref().map(|number| &number.value);
        let modulus = &inputs.modulus.value;
        if modulus.is_zero() {
            return Err(ModuloError::ModuloByZero.into());
        }
        let result = operation.apply(a, b);
        let bound = operation.quotient_bound();
        if &result % modulus != c % modulus {
            let (inputs, values) = (Box::new(inputs.clone()), Box::new(values));
            return Err(ModuloError::WrongResult { operation, gate, inputs, values }.into());
        }
        if result < *c || result - c >= &bound * modulus {
            let bound = bound - BigUint::from(1_u32);
            let (inputs, values) = (Box::new(inputs.clone()), Box::new(values));
            return Err(
                ModuloError::WrongQuotient { operation, bound, gate, inputs, values }.into()
            );
        }
        Ok(())
    }

    fn gate_values(
        &self,
        memory: &Memory,
        inputs: &Inputs,
        index: u64,
    ) -> Result<GateValues, BuiltinError> {
        let read = |place: i64| {
            let address = moved(inputs.offsets, 3 * index.cast_signed() + place)?;
            let found = memory.require(address)?;
            // The reference names the cell of the first gate, whichever gate it is.
            let offset = integer(self.name(), moved(inputs.offsets, place)?, found)?;
            let number = self.number(memory, moved_by(inputs.values, offset.into())?)?;
            Ok::<_, BuiltinError>((offset, number))
        };
        let [a, b, c] = [read(0)?, read(1)?, read(2)?];
        Ok(GateValues { offsets: [a.0, b.0, c.0], numbers: [a.1, b.1, c.1] })
    }

    /// Names the cells of the tables that the gates use (`get_memory_accesses` in cairo-lang's
    /// `mod_builtin_runner.py`).
    pub(super) fn visit_gates(
        &self,
        memory: &Memory,
        base: Relocatable,
        cells: u64,
        visit: &mut dyn FnMut(Relocatable, u64),
    ) -> Result<(), BuiltinError> {
        let pointer = |address| match memory.require(address)? {
            Value::Relocatable(pointer) => Ok(pointer),
            found @ Value::Felt(_) => {
                let builtin = self.name();
                Err(BuiltinError::from(ModuloError::NotAPointer { builtin, address, found }))
            }
        };
        for instance in 0..cells.div_ceil(CELLS) {
            let at = moved(base, (instance * CELLS).cast_signed())?;
            let offsets = pointer(moved(at, OFFSETS)?)?;
            let values = pointer(moved(at, VALUES)?)?;
            visit(offsets, 3 * self.batch);
            for place in 0..3 * self.batch {
                let offset = memory.require(moved(offsets, place.cast_signed())?)?;
                visit(moved_by(values, offset)?, WORDS as u64);
            }
        }
        Ok(())
    }
}
