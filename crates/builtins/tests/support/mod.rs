//! A memory with one builtin in segment 2, written and read as the machine does it.

#![allow(dead_code, reason = "each test file uses a part of this")]

use std::str::FromStr;

use cairo_zero_builtins::{BuiltinError, Builtins, Runner};
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;

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
