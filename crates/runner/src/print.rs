//! Small printing helpers: numbers and values into byte buffers without the formatting machinery,
//! which a memory of millions of cells would feel.

use std::io::{self, Write};

use cairo_zero_core::{Felt, Relocatable, Value};

/// Appends `number` in decimal.
pub(crate) fn push_u64(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends `felt` as the number of least size it stands for.
pub(crate) fn push_signed(out: &mut Vec<u8>, felt: Felt) {
    match felt.to_i64() {
        Some(number) => {
            if number < 0 {
                out.push(b'-');
            }
            push_u64(out, number.unsigned_abs());
        }
        // Writing to a vector does not fail.
        None => drop(write!(out, "{}", felt.signed())),
    }
}

/// Appends an address as `segment:offset`.
pub(crate) fn push_address(out: &mut Vec<u8>, address: Relocatable) {
    match (u64::try_from(address.segment), u64::try_from(address.offset)) {
        (Ok(segment), Ok(offset)) => {
            push_u64(out, segment);
            out.push(b':');
            push_u64(out, offset);
        }
        _ => drop(write!(out, "{address}")),
    }
}

/// Appends a value as the memory print shows it: numbers signed, addresses as they are.
pub(crate) fn push_value(out: &mut Vec<u8>, value: Value) {
    match value {
        Value::Felt(felt) => push_signed(out, felt),
        Value::Relocatable(address) => push_address(out, address),
    }
}

/// The width of the address column (`print_memory` of cairo-lang's `cairo_runner.py`).
const ADDRESS_COLUMN: usize = 5;

/// The size a print buffer may reach before it is passed on, in bytes.
const FULL: usize = 1 << 16;

/// A table of memory cells, line by line.
pub(crate) struct MemoryTable<'a, W> {
    out: &'a mut W,
    buffer: Vec<u8>,
}

impl<'a, W: Write> MemoryTable<'a, W> {
    /// Begins the table with its head.
    pub(crate) fn new(out: &'a mut W) -> Self {
        let mut buffer = Vec::with_capacity(FULL + 256);
        buffer.extend_from_slice(b"Addr  Value\n-----------\n");
        Self { out, buffer }
    }

    /// A line that says that addresses are left out.
    pub(crate) fn gap(&mut self) {
        self.buffer.extend_from_slice("\u{22ee}\n".as_bytes());
    }

    /// A cell's line.
    pub(crate) fn cell(
        &mut self,
        address: impl FnOnce(&mut Vec<u8>),
        value: impl FnOnce(&mut Vec<u8>),
    ) -> io::Result<()> {
        let start = self.buffer.len();
        address(&mut self.buffer);
        let width = self.buffer.len() - start;
        self.buffer.resize(self.buffer.len() + ADDRESS_COLUMN.saturating_sub(width) + 1, b' ');
        value(&mut self.buffer);
        self.buffer.push(b'\n');
        if self.buffer.len() >= FULL {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Ends the table with its blank line.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.buffer.push(b'\n');
        self.out.write_all(&self.buffer)
    }
}
