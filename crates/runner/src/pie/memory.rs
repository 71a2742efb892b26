//! `memory.bin`: every cell as its address in 8 bytes and its value in 32, little-endian
//! (`RelocatableValue.to_bytes` in cairo-lang's `relocatable.py`). An address has the highest bit
//! set, its segment in the 16 bits from bit 47 on, and its offset below.

use std::io::{Read, Seek, Write};

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_memory::Memory;

use super::archive::{Archive, MEMORY};
use super::error::{PieError, PieErrorKind};

/// Bytes of a cell.
pub(crate) const RECORD: usize = 40;

/// Bytes of a cell's address.
const ADDRESS: usize = 8;

const OFFSET_BITS: u32 = 47;
const SEGMENT_BITS: u32 = 16;

/// The bit that says that a word is an address; of a value it is in the highest word.
const IS_ADDRESS: u64 = 1 << 63;

/// How many cells are written at once.
const BLOCK: usize = 1 << 12;

/// Reads the cells of a PIE into `memory`, which has its segments and no cells yet. `sizes` are the
/// segments' sizes.
///
/// # Errors
/// When the file has more cells than the segments, or one that is not in them, twice there, or no
/// number or address.
pub(crate) fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    sizes: &[u64],
    memory: &mut Memory,
) -> Result<(), crate::RunError> {
    let size = archive.size(MEMORY)?;
    if size % RECORD as u64 != 0 {
        return Err(PieError::from(PieErrorKind::MemorySize { size }).into());
    }
    let (cells, room) = (size / RECORD as u64, sizes.iter().sum());
    if cells > room {
        return Err(PieError::from(PieErrorKind::TooManyCells { cells, room }).into());
    }
    let mut failed = None;
    let read = archive.read_records(MEMORY, RECORD, |block| {
        for record in block.chunks_exact(RECORD) {
            let (address, value) = decode(record, sizes)?;
            match memory.insert(address, value) {
                Ok(true) => {}
                Ok(false) => return Err(PieErrorKind::CellTwice(address).into()),
                Err(error) => {
                    failed = Some(error);
                    return Err(PieErrorKind::CellTwice(address).into());
                }
            }
        }
        Ok(())
    });
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(read?),
    }
}

/// A cell, whose address must be inside its segment and whose value, if it is an address, in one.
fn decode(record: &[u8], sizes: &[u64]) -> Result<(Relocatable, Value), PieError> {
    let (address, value) = record.split_at(ADDRESS);
    let address = word(address);
    let size = |address: Relocatable| sizes.get(address.segment as usize).copied();
    let at = unpack(address);
    let inside = size(at).is_some_and(|size| at.offset.cast_unsigned() < size);
    if address & IS_ADDRESS == 0 || !inside {
        return Err(PieErrorKind::security("Invalid memory cell address.").into());
    }
    let limbs: [u64; 4] = std::array::from_fn(|limb| word(&value[8 * limb..8 * limb + 8]));
    if limbs[3] & IS_ADDRESS == 0 {
        let felt = Felt::from_limbs(limbs).ok_or(PieErrorKind::NotReduced(at))?;
        return Ok((at, Value::Felt(felt)));
    }
    let value = unpack(limbs[0]);
    if size(value).is_none() {
        return Err(PieErrorKind::security("Invalid memory cell value.").into());
    }
    Ok((at, Value::Relocatable(value)))
}

fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// The address in the lowest word of an address or value. All words and bits above say nothing but
/// that it is one.
const fn unpack(word: u64) -> Relocatable {
    let offset = word & ((1 << OFFSET_BITS) - 1);
    let segment = word >> OFFSET_BITS & ((1 << SEGMENT_BITS) - 1);
    Relocatable::new(segment as i32, offset.cast_signed())
}

/// An address in a word, without its highest bit.
fn pack(address: Relocatable) -> Result<u64, PieError> {
    let too_large = || PieError::from(PieErrorKind::AddressTooLarge(address));
    let segment = u64::try_from(address.segment).map_err(|_| too_large())?;
    let offset = u64::try_from(address.offset).map_err(|_| too_large())?;
    if segment >> SEGMENT_BITS != 0 || offset >> OFFSET_BITS != 0 {
        return Err(too_large());
    }
    Ok(segment << OFFSET_BITS | offset)
}

/// Where the cells of a run go in the file: to their own segments, or those of several in one behind
/// the other.
pub(crate) struct Places {
    /// Where the first cell of each segment goes, as far as any goes elsewhere.
    moved: Vec<Relocatable>,
}

impl Places {
    /// Every cell stays where it is.
    pub(crate) const fn own() -> Self {
        Self { moved: Vec::new() }
    }

    /// The segments `extra`, by number and size, go to the first of them, one behind the other.
    /// Together with the size of all.
    pub(crate) fn merged(extra: &[(u64, u64)]) -> (Self, u64) {
        let segments = extra.iter().map(|(index, _)| index + 1).max().unwrap_or(0);
        let mut moved: Vec<Relocatable> =
            (0..segments as i32).map(|segment| Relocatable::new(segment, 0)).collect();
        let mut size = 0_u64;
        for (index, cells) in extra {
            let first = extra[0].0 as i32;
            let offset = i64::try_from(size).unwrap_or(i64::MAX);
            moved[*index as usize] = Relocatable::new(first, offset);
            size = size.saturating_add(*cells);
        }
        (Self { moved }, size)
    }

    /// The word of the place that `address` goes to.
    fn pack(&self, address: Relocatable) -> Result<u64, PieError> {
        let moved = usize::try_from(address.segment).ok().and_then(|at| self.moved.get(at));
        let place = match moved {
            Some(start) => start.checked_add(address.offset),
            None => Some(address),
        };
        pack(place.ok_or(PieErrorKind::AddressTooLarge(address))?)
    }

    /// Checks that all cells can be written, if there are so many segments that it is not certain.
    pub(crate) fn check(&self, memory: &Memory) -> Result<(), PieError> {
        if memory.segment_count() >> SEGMENT_BITS == 0 {
            return Ok(());
        }
        for (address, value) in memory.iter() {
            self.pack(address)?;
            if let Value::Relocatable(value) = value {
                self.pack(value)?;
            }
        }
        Ok(())
    }

    /// Writes the cells in order of address.
    ///
    /// # Errors
    /// When `out` does not take them, or an address is too large for the file.
    pub(crate) fn write(&self, memory: &Memory, out: &mut impl Write) -> Result<(), PieError> {
        let mut block = Vec::with_capacity(BLOCK * RECORD);
        for (address, value) in memory.iter() {
            block.extend_from_slice(&(self.pack(address)? | IS_ADDRESS).to_le_bytes());
            let limbs = match value {
                Value::Felt(felt) => felt.limbs(),
                Value::Relocatable(value) => [self.pack(value)?, 0, 0, IS_ADDRESS],
            };
            limbs.iter().for_each(|limb| block.extend_from_slice(&limb.to_le_bytes()));
            if block.len() == BLOCK * RECORD {
                out.write_all(&block)?;
                block.clear();
            }
        }
        Ok(out.write_all(&block)?)
    }
}

#[cfg(test)]
mod tests;
