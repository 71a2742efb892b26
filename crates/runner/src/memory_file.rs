//! [`MemoryFile`]: every memory cell as provers read it.

use std::io::Write;

use cairo_zero_core::Felt;
use cairo_zero_memory::{Cell, Memory, RelocationTable};

use crate::FileError;
use crate::trace_file::{CHUNK, write_whole};

/// Bytes of a cell: its address in 8 and its value in 32 (`MemoryDict.serialize` in cairo-lang's
/// `memory_dict.py`), little-endian.
pub const CELL_BYTES: usize = 40;

/// The memory of a finished run after relocation, in order of address. (The reference writes the
/// cells in the order in which they were first set.)
#[derive(Clone, Copy)]
pub struct MemoryFile<'a> {
    pub(crate) memory: &'a Memory,
    pub(crate) table: &'a RelocationTable,
}

impl MemoryFile<'_> {
    /// Writes every cell that holds something.
    ///
    /// # Errors
    /// When `out` does not take them, a cell is too far out, or an address can't be relocated.
    pub fn write(&self, mut out: impl Write) -> Result<(), FileError> {
        let mut chunk = Vec::with_capacity(CHUNK + CELL_BYTES);
        for (segment, base) in self.memory.segments().iter().zip(self.table.bases()) {
            for (start, cells) in segment.runs() {
                let addresses = base.saturating_add(start)..;
                for (cell, address) in cells.iter().zip(addresses) {
                    if !cell.is_set() {
                        continue;
                    }
                    self.push(&mut chunk, address, *cell)?;
                    write_whole(&mut chunk, &mut out)?;
                }
            }
        }
        out.write_all(&chunk)?;
        Ok(())
    }

    #[inline]
    fn push(&self, chunk: &mut Vec<u8>, address: u64, cell: Cell) -> Result<(), FileError> {
        if address >> 63 != 0 {
            return Err(FileError::Far(address));
        }
        let limbs = match (cell.felt(), cell.relocatable()) {
            (Some(felt), _) => felt,
            (None, Some(address)) => self.table.address(address)?,
            (None, None) => Felt::ZERO,
        }
        .limbs();
        let mut record = [0; CELL_BYTES];
        let words = [address, limbs[0], limbs[1], limbs[2], limbs[3]];
        for (bytes, word) in record.as_chunks_mut().0.iter_mut().zip(words) {
            *bytes = word.to_le_bytes();
        }
        chunk.extend_from_slice(&record);
        Ok(())
    }
}
