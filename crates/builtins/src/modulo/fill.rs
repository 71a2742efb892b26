//! Filling in circuits of the modulo builtins, as their hint asks for.

use std::fmt;

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;
use num_bigint::BigUint;
use num_traits::{One, Zero};

use super::{
    CELLS, COUNT, Inputs, Modulo, ModuloError, Number, OFFSETS, Operation, VALUES, WORDS, moved,
    moved_by, number_bound, words_of,
};
use crate::cells::integer;
use crate::{BuiltinError, Builtins};

/// The most gates that are filled in at once (`MAX_N` in cairo-lang's `mod_builtin_runner.py`).
pub(super) const MAX_GATES: u64 = 100_000;

/// One builtin's part of a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circuit {
    /// The address of its first instance.
    pub instance: Relocatable,
    /// The number of gates in the table of offsets.
    pub gates: Felt,
}

/// The numbers of a gate, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operands([Option<BigUint>; 3]);

impl fmt::Display for Operands {
    /// As Python prints the list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self
            .0
            .iter()
            .map(|operand| match operand {
                Some(operand) => operand.to_string(),
                None => String::from("None"),
            })
            .collect();
        write!(f, "[{}]", texts.join(", "))
    }
}

/// How filling in a gate ended.
enum Filled {
    /// All three numbers are there.
    Done,
    /// The operand that was looked for does not exist; another one that makes a zero is there.
    NoInverse,
    /// More than one number is missing.
    Unknown,
}

/// A circuit with what is needed to fill it in.
struct Part<C> {
    builtin: Modulo,
    instance: Relocatable,
    gates: u64,
    inputs: Inputs<C>,
}

/// Memory with the builtins that check what is written.
struct Target<'a> {
    memory: &'a mut Memory,
    builtins: &'a mut Builtins,
}

impl Target<'_> {
    fn store(&mut self, address: Relocatable, value: Value) -> Result<(), BuiltinError> {
        self.memory.insert(address, value)?;
        self.builtins.validate(self.memory, address)
    }

    fn store_words(&mut self, at: Relocatable, words: [u128; WORDS]) -> Result<(), BuiltinError> {
        for (place, word) in words.into_iter().enumerate() {
            self.store(moved(at, place as i64)?, Felt::from_u128(word).into())?;
        }
        Ok(())
    }
}

impl Builtins {
    /// Fills in the circuits whose first instances are given: the other instances, the rest of the
    /// tables of offsets, and every number of the tables of values that follows from the others
    /// (`fill_memory` in cairo-lang's `mod_builtin_runner.py`, which hints call).
    ///
    /// # Errors
    /// When inputs are missing or wrong, a number does not exist, or the numbers given are too few.
    pub fn fill_memory(
        &mut self,
        memory: &mut Memory,
        add_mod: Option<Circuit>,
        mul_mod: Option<Circuit>,
    ) -> Result<(), BuiltinError> {
        let add_mod = add_mod.filter(|circuit| !circuit.gates.is_zero());
        let mul_mod = mul_mod.filter(|circuit| !circuit.gates.is_zero());
        let add_builtin = self.modulo(BuiltinName::AddMod);
        let mul_builtin = self.modulo(BuiltinName::MulMod);
        let mut target = Target { memory, builtins: self };
        let add = match (add_mod, add_builtin) {
            (Some(circuit), Some(builtin)) => Some(builtin.begin_additions(&mut target, circuit)?),
            _ => None,
        };
        let mul = match (mul_mod, mul_builtin) {
            (Some(circuit), Some(builtin)) => {
                Some(builtin.begin_multiplications(&target, circuit)?)
            }
            _ => None,
        };
        if add.is_none() && mul.is_none() {
            return Err(ModuloError::NoCircuit.into());
        }
        let computed = fill_gates(&mut target, add.as_ref(), mul.as_ref())?;
        match mul {
            Some(mul) => mul.finish(&mut target, computed),
            None => Ok(()),
        }
    }

    fn modulo(&self, name: BuiltinName) -> Option<Modulo> {
        self.get(name)?.downcast().copied()
    }
}

/// Fills in gate after gate, additions as far as they go and then one multiplication; the number of
/// multiplications before the first whose operand does not exist.
fn fill_gates(
    target: &mut Target<'_>,
    add: Option<&Part<Felt>>,
    mul: Option<&Part<()>>,
) -> Result<Option<u64>, BuiltinError> {
    let mut added = 0;
    let mut multiplied = 0;
    let mut computed = None;
    loop {
        if let Some(add) = add.filter(|add| added < add.gates)
            && let Filled::Done = add.fill(target, added)?
        {
            added += 1;
            continue;
        }
        let Some(mul) = mul.filter(|mul| multiplied < mul.gates) else { break };
        match mul.fill(target, multiplied)? {
            Filled::Unknown => {
                return Err(ModuloError::Unfillable { add: added, mul: multiplied }.into());
            }
            Filled::NoInverse => computed = computed.or(Some(multiplied)),
            Filled::Done => {}
        }
        multiplied += 1;
    }
    if add.is_some_and(|add| added < add.gates) {
        return Err(ModuloError::Unfillable { add: added, mul: multiplied }.into());
    }
    Ok(computed)
}

impl Modulo {
    /// A number of gates, if there are not too many.
    fn gates(&self, gates: Felt) -> Result<u64, BuiltinError> {
        match gates.to_u64() {
            Some(gates) if gates <= MAX_GATES => Ok(gates),
            _ => Err(ModuloError::CountTooLarge(self.name()).into()),
        }
    }

    /// Reads the inputs of a circuit of additions and fills in its instances and offsets.
    fn begin_additions(
        self,
        target: &mut Target<'_>,
        circuit: Circuit,
    ) -> Result<Part<Felt>, BuiltinError> {
        let gates = self.gates(circuit.gates)?;
        let inputs = self.inputs(target.memory, circuit.instance)?;
        let part = Part { builtin: self, instance: circuit.instance, gates, inputs };
        let total = self.gates(part.inputs.n)?;
        part.fill_instances(target, total)?;
        part.fill_offsets(target, total)?;
        Ok(part)
    }

    /// Reads the inputs of a circuit of multiplications. How many instances it gets depends on
    /// whether all its numbers exist.
    fn begin_multiplications(
        self,
        target: &Target<'_>,
        circuit: Circuit,
    ) -> Result<Part<()>, BuiltinError> {
        let gates = self.gates(circuit.gates)?;
        let inputs = self.inputs_with(target.memory, circuit.instance, |_| Ok(()))?;
        Ok(Part { builtin: self, instance: circuit.instance, gates, inputs })
    }
}

impl<C> Part<C> {
    /// Fills in the instances behind the first for `total` gates.
    fn fill_instances(&self, target: &mut Target<'_>, total: u64) -> Result<(), BuiltinError> {
        let batch = self.builtin.batch;
        if !total.is_multiple_of(batch) {
            return Err(ModuloError::PartialBatch { n: total, batch }.into());
        }
        for instance in 1..total / batch {
            let at = moved(self.instance, (instance * CELLS).cast_signed())?;
            let gates = instance * batch;
            target.store_words(at, self.inputs.modulus.words)?;
            target.store(moved(at, VALUES)?, self.inputs.values.into())?;
            let offsets = moved(self.inputs.offsets, 3 * gates.cast_signed())?;
            target.store(moved(at, OFFSETS)?, offsets.into())?;
            target.store(moved(at, COUNT)?, (total - gates).into())?;
        }
        Ok(())
    }

    /// Repeats the first gate's offsets behind the last gate until there are `total` gates.
    fn fill_offsets(&self, target: &mut Target<'_>, total: u64) -> Result<(), BuiltinError> {
        for place in 0..3 {
            let first = target.memory.require(moved(self.inputs.offsets, place)?)?;
            for gate in self.gates..total {
                let at = moved(self.inputs.offsets, 3 * gate.cast_signed() + place)?;
                target.store(at, first)?;
            }
        }
        Ok(())
    }

    /// Fills in what gate number `gate` lacks, if that is one number.
    fn fill(&self, target: &mut Target<'_>, gate: u64) -> Result<Filled, BuiltinError> {
        let mut addresses = [self.inputs.values; 3];
        for (place, address) in addresses.iter_mut().enumerate() {
            let at = moved(self.inputs.offsets, 3 * gate.cast_signed() + place as i64)?;
            *address = moved_by(*address, target.memory.require(at)?)?;
        }
        let mut operands = [None, None, None];
        for (operand, address) in operands.iter_mut().zip(addresses) {
            *operand = Number::read(target.memory, address)?.ok().map(|number| number.value);
        }
        let modulus = &self.inputs.modulus.value;
        let operation = self.builtin.operation;
        let (place, (value, filled)) = match &operands {
            [Some(_), Some(_), Some(_)] => return Ok(Filled::Done),
            [Some(a), Some(b), None] => {
                let value = result(operation, a, b, modulus)?;
                (2, (value, Filled::Done))
            }
            [Some(known), None, Some(result)] => (1, operand(operation, known, result, modulus)?),
            [None, Some(known), Some(result)] => (0, operand(operation, known, result, modulus)?),
            _ => return Ok(Filled::Unknown),
        };
        target.store_words(addresses[place], words_of(&value))?;
        Ok(filled)
    }
}

impl Part<()> {
    /// Writes how many gates there are, and fills in the instances and offsets for them. `computed`
    /// is the number of gates before one whose operand does not exist: the circuit ends there.
    fn finish(&self, target: &mut Target<'_>, computed: Option<u64>) -> Result<(), BuiltinError> {
        let count = moved(self.instance, COUNT)?;
        let total = match computed {
            Some(_) if self.builtin.batch != 1 => return Err(ModuloError::FailureInBatch.into()),
            Some(computed) => computed,
            None => {
                let total = match target.memory.get(count) {
                    Some(found) => {
                        self.builtin.gates(integer(self.builtin.name(), count, found)?)?
                    }
                    None => self.gates,
                };
                self.fill_offsets(target, total)?;
                total
            }
        };
        target.store(count, total.into())?;
        self.fill_instances(target, total)
    }
}

/// The number below [`number_bound`] that `a ∘ b` is, modulo the modulus.
fn result(
    operation: Operation,
    a: &BigUint,
    b: &BigUint,
    modulus: &BigUint,
) -> Result<BigUint, BuiltinError> {
    let exact = operation.apply(a, b);
    let bound = operation.quotient_bound();
    if exact < &bound * modulus {
        return Ok(exact % modulus);
    }
    let bound = bound - BigUint::one();
    let least = exact - &bound * modulus;
    let limit = number_bound() - BigUint::one();
    if least <= limit {
        return Ok(least);
    }
    let operands = Operands([Some(a.clone()), Some(b.clone()), None]);
    let modulus = modulus.clone();
    Err(ModuloError::ResultTooLarge { operation, bound, limit, operands, modulus }.into())
}

/// The least operand that gives `result` with the other one, `known`.
fn operand(
    operation: Operation,
    known: &BigUint,
    result: &BigUint,
    modulus: &BigUint,
) -> Result<(BigUint, Filled), BuiltinError> {
    match operation {
        Operation::Add if known <= result => Ok((result - known, Filled::Done)),
        Operation::Add if *known <= result + modulus => {
            Ok((result + modulus - known, Filled::Done))
        }
        Operation::Add => {
            let (known, sum, modulus) = (known.clone(), result.clone(), modulus.clone());
            Err(ModuloError::AddendTooLarge { known, sum, modulus }.into())
        }
        Operation::Mul => factor(known, result, modulus),
    }
}

/// The least factor that gives at least `product` with the other one, `known`, and `product` modulo
/// the modulus; or, where `known` has no inverse, one that gives zero.
fn factor(
    known: &BigUint,
    product: &BigUint,
    modulus: &BigUint,
) -> Result<(BigUint, Filled), BuiltinError> {
    let divisor = greatest_common_divisor(known, modulus);
    if divisor.is_zero() {
        return Err(ModuloError::DivisionByZero.into());
    }
    if !divisor.is_one() {
        return Ok((modulus / divisor, Filled::NoInverse));
    }
    if modulus.is_zero() {
        return Err(ModuloError::ModuloByZero.into());
    }
    // Modulo 1 everything is zero, and an inverse of itself.
    let inverse =
        if modulus.is_one() { BigUint::ZERO } else { known.modinv(modulus).unwrap_or_default() };
    let least = product * inverse % modulus;
    let reached = known * &least;
    if reached >= *product {
        return Ok((least, Filled::Done));
    }
    if known.is_zero() {
        return Err(ModuloError::DivisionByZero.into());
    }
    let lacking = (product - reached) / modulus;
    Ok((least + modulus * ((known - BigUint::one() + lacking) / known), Filled::Done))
}

fn greatest_common_divisor(a: &BigUint, b: &BigUint) -> BigUint {
    let (mut a, mut b) = (a.clone(), b.clone());
    while !b.is_zero() {
        (a, b) = (b.clone(), a % b);
    }
    a
}
