//! [`TraceFile`]: the registers of every step as provers read them.

use std::io::{self, Write};

use cairo_zero_core::Value;
use cairo_zero_executor::{Registers, Replay};
use cairo_zero_memory::{Memory, RelocationTable};

use crate::FileError;

/// Bytes of a step: `ap`, `fp` and `pc` (`TraceEntry.serialize` in cairo-lang's `trace_entry.py`),
/// 64 bits each, little-endian.
pub const STEP_BYTES: usize = 24;

/// Bytes that are put together before they are written.
pub(crate) const CHUNK: usize = 1 << 20;

/// The trace of a finished run: the registers before each step, after relocation. Nothing of it is
/// kept: it is recovered from memory while it is written.
#[derive(Clone, Copy)]
pub struct TraceFile<'a> {
    pub(crate) memory: &'a Memory,
    pub(crate) table: &'a RelocationTable,
    pub(crate) start: Registers,
    pub(crate) steps: u64,
}

impl TraceFile<'_> {
    /// Writes all steps.
    ///
    /// # Errors
    /// When `out` does not take them, or a register holds a number of more than 64 bits.
    pub fn write(&self, mut out: impl Write) -> Result<(), FileError> {
        let mut chunk = Vec::with_capacity(CHUNK + STEP_BYTES);
        let mut replay = Replay::new(self.memory, self.start, self.steps);
        let mut step = 0;
        loop {
            step += self.push_by_offsets(&mut replay, &mut chunk);
            if write_whole(&mut chunk, &mut out)? {
                continue;
            }
            let Some(registers) = replay.next() else { break };
            let Some(record) = self.record(&registers) else {
                return Err(self.unfit(&registers, step));
            };
            chunk.extend_from_slice(&record);
            step += 1;
            if replay.is_at_rest() {
                // The step that showed it to be at rest is the first of its kind.
                repeat(&record, replay.left(), &mut chunk, &mut out)?;
                return Ok(out.write_all(&chunk)?);
            }
        }
        if step < self.steps {
            return Err(FileError::Lost(step));
        }
        Ok(out.write_all(&chunk)?)
    }

    /// Adds the steps that need no look at the registers, as many as the chunk takes; how many.
    fn push_by_offsets(&self, replay: &mut Replay, chunk: &mut Vec<u8>) -> u64 {
        let before = replay.left();
        let Some(registers) = replay.registers_by_offsets() else { return 0 };
        let bases = registers.map(|address| {
            let base = usize::try_from(address.segment).ok();
            base.and_then(|index| self.table.bases().get(index)).copied()
        });
        let [Some(pc_base), Some(ap_base), Some(fp_base)] = bases else { return 0 };
        // Sums beyond 64 bits are left to the slow way, which reports them.
        if [pc_base, ap_base, fp_base].iter().any(|base| base >> 63 != 0) {
            return 0;
        }
        let room = (CHUNK + STEP_BYTES).saturating_sub(chunk.len()) / STEP_BYTES;
        replay.by_offsets(room as u64, |[pc, ap, fp]| {
            let words = [ap_base + ap, fp_base + fp, pc_base + pc];
            let mut record = [0; STEP_BYTES];
            for (bytes, word) in record.as_chunks_mut().0.iter_mut().zip(words) {
                *bytes = word.to_le_bytes();
            }
            chunk.extend_from_slice(&record);
        });
        before - replay.left()
    }

    #[inline]
    fn record(&self, registers: &Registers) -> Option<[u8; STEP_BYTES]> {
        let values = [registers.ap.into(), registers.fp, registers.pc];
        let mut record = [0; STEP_BYTES];
        for (bytes, value) in record.as_chunks_mut().0.iter_mut().zip(values) {
            *bytes = self.place(value)?.to_le_bytes();
        }
        Some(record)
    }

    /// The number that a register's value becomes.
    #[inline]
    fn place(&self, value: Value) -> Option<u64> {
        match value {
            Value::Relocatable(address) => {
                let base = *self.table.bases().get(usize::try_from(address.segment).ok()?)?;
                base.checked_add(u64::try_from(address.offset).ok()?)
            }
            Value::Felt(felt) => felt.to_u64(),
        }
    }

    #[cold]
    fn unfit(&self, registers: &Registers, step: u64) -> FileError {
        let values = [registers.ap.into(), registers.fp, registers.pc];
        let value = values.into_iter().find(|value| self.place(*value).is_none());
        FileError::Register { step, value: value.unwrap_or(registers.pc) }
    }
}

/// Writes a chunk if there is a whole one, and keeps what is beyond it: so all writes to a file are
/// of whole pages. Whether there was one.
#[inline]
pub(crate) fn write_whole(chunk: &mut Vec<u8>, out: &mut impl Write) -> io::Result<bool> {
    let whole = chunk.len() >= CHUNK;
    if whole {
        out.write_all(&chunk[..CHUNK])?;
        chunk.drain(..CHUNK);
    }
    Ok(whole)
}

/// Adds `count` records that are alike; what does not fit into the chunk is written.
fn repeat(
    record: &[u8; STEP_BYTES],
    count: u64,
    chunk: &mut Vec<u8>,
    out: &mut impl Write,
) -> Result<(), FileError> {
    let most = (CHUNK / STEP_BYTES) as u64;
    let records = record.repeat(count.min(most) as usize);
    let mut left = count;
    while left > 0 {
        let now = left.min(most);
        out.write_all(chunk)?;
        chunk.clear();
        chunk.extend_from_slice(&records[..now as usize * STEP_BYTES]);
        left -= now;
    }
    Ok(())
}
