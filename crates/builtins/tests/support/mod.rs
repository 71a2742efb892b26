//! A memory with one builtin in segment 2, written and read as the machine does it.

#![allow(dead_code, reason = "each test file uses a part of this")]

use std::str::FromStr;

use cairo_zero_builtins::{BuiltinError, Builtins, Runner};
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;
use lambdaworks_math::field::element::FieldElement;
use lambdaworks_math::field::fields::fft_friendly::stark_252_prime_field::Stark252PrimeField;
use lambdaworks_math::unsigned_integer::element::UnsignedInteger;
use proptest::prelude::*;

/// The segment of the builtin under test.
pub const SEGMENT: i32 = 2;

pub struct Bench {
    pub memory: Memory,
    pub builtins: Builtins,
    name: BuiltinName,
}

impl Bench {
    pub fn new(name: BuiltinName) -> Self {
        let mut memory = Memory::new();
        let mut builtins = Builtins::default();
        for _ in 0..SEGMENT {
            memory.add_segment().expect("a segment");
        }
        let base = memory.add_segment().expect("a segment");
        assert!(builtins.add(name, base, true), "{name} is run");
        Self { memory, builtins, name }
    }

    pub fn runner(&mut self) -> &mut Runner {
        self.builtins.get_mut(self.name).expect("the builtin")
    }

    /// Writes a cell of the builtin's segment and has it checked.
    pub fn write(&mut self, offset: i64, value: impl Into<Value>) -> Result<(), BuiltinError> {
        self.memory.insert(at(offset), value.into())?;
        self.builtins.validate(&self.memory, at(offset))
    }

    /// Writes numbers one behind the other.
    pub fn fill(&mut self, offset: i64, numbers: &[Felt]) {
        for (index, number) in numbers.iter().enumerate() {
            self.write(offset + index as i64, *number).expect("a number that is allowed");
        }
    }

    /// Reads a cell as an instruction does: deduced and stored where it is unset.
    pub fn read(&mut self, offset: i64) -> Result<Option<Value>, BuiltinError> {
        if let Some(value) = self.memory.get(at(offset)) {
            return Ok(Some(value));
        }
        let deduced = self.builtins.deduce(&self.memory, at(offset))?;
        if let Some(value) = deduced {
            self.memory.insert(at(offset), value)?;
        }
        Ok(deduced)
    }

    /// The number a cell is deduced to hold.
    pub fn number(&mut self, offset: i64) -> Felt {
        self.read(offset).expect("no error").and_then(Value::felt).expect("a number")
    }

    pub fn verify(&mut self) -> Result<(), BuiltinError> {
        self.builtins.verify_auto_deductions(&self.memory)
    }

    pub fn secure(&mut self) -> Result<(), BuiltinError> {
        self.builtins.run_security_checks(&self.memory)
    }
}

/// An address in the builtin's segment.
pub fn at(offset: i64) -> Relocatable {
    Relocatable::new(SEGMENT, offset)
}

/// A felt, decimal or hexadecimal.
pub fn felt(text: &str) -> Felt {
    Felt::from_str(text).expect("a felt")
}

pub fn small(number: u64) -> Felt {
    Felt::from_u64(number)
}

/// Whether the call failed with exactly this message.
#[track_caller]
pub fn fails<T: std::fmt::Debug>(outcome: Result<T, BuiltinError>, message: &str) {
    assert_eq!(outcome.expect_err("an error").to_string(), message);
}

/// So many random cases, times the environment variable `CAIRO_CRYPTO_CASES`.
pub fn cases(usual: u32) -> proptest::test_runner::Config {
    let times = std::env::var("CAIRO_CRYPTO_CASES").ok().and_then(|times| times.parse().ok());
    proptest::test_runner::Config::with_cases(usual.saturating_mul(times.unwrap_or(1)))
}

/// A felt as the field library has it.
pub fn library(felt: Felt) -> FieldElement<Stark252PrimeField> {
    let [a, b, c, d] = felt.limbs();
    FieldElement::new(UnsignedInteger::from_limbs([d, c, b, a]))
}

/// And back.
pub fn ours(element: &FieldElement<Stark252PrimeField>) -> Felt {
    let [d, c, b, a] = element.representative().limbs;
    Felt::from_limbs([a, b, c, d]).expect("reduced")
}

/// Numbers of all sizes, many near the ends.
pub fn felts() -> impl Strategy<Value = Felt> {
    let shape = (any::<[u64; 4]>(), 0..=252_u32, any::<bool>(), -3_i64..4);
    prop_oneof![
        3 => any::<[u64; 4]>().prop_map(|[a, b, c, d]| {
            Felt::from_limbs([a, b, c, d % Felt::PRIME[3]]).expect("below the prime")
        }),
        1 => shape.prop_map(|(limbs, bits, negative, by)| {
            let mut number = limbs;
            for (at, limb) in number.iter_mut().enumerate() {
                let left = bits.saturating_sub(64 * at as u32);
                *limb &= if left >= 64 { u64::MAX } else { (1 << left) - 1 };
            }
            let number = Felt::from_limbs(number).unwrap_or(Felt::MINUS_ONE);
            (if negative { -number } else { number }) + Felt::from_i64(by)
        }),
        // Stretches of equal bits, as digits that are all carried are.
        1 => (0..252_u32, 0..252_u32).prop_map(|(from, to)| {
            let power = |bits| (0..bits).fold(Felt::ONE, |power, _| power + power);
            power(from) - power(to)
        }),
    ]
}
