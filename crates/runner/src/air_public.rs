//! The public input of the AIR: what a verifier has to know of a run (`write_air_public_input` in
//! cairo-lang's `cairo_run.py`).

use std::io::Write;

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_executor::Registers;
use cairo_zero_memory::RelocationError;

use crate::padding::range_check_limits;
use crate::proof::{Proof, Public};
use crate::trace_file::CHUNK;
use crate::{FileError, Relocated};

/// `pc` and `ap`.
type LastStep = (Value, Relocatable);

impl Relocated {
    /// Writes the public input, as JSON with the reference's keys in its order.
    ///
    /// # Errors
    /// When the run was not made in proof mode or was not taken to its end, a cell of the public
    /// memory holds nothing, or `out` does not take it.
    pub fn write_air_public_input(&self, mut out: impl Write) -> Result<(), FileError> {
        let proof = self.proof.as_ref().ok_or(FileError::NotForProofs)?;
        let (last, of_offsets) = self.last_step(proof)?;
        let limits = range_check_limits(&self.machine, of_offsets).ok_or(FileError::NoSteps)?;
        let mut text = Vec::with_capacity(CHUNK);
        write!(
            text,
            "{{\n    \"layout\": \"{}\",\n    \"rc_min\": {},\n    \"rc_max\": {},\n    \
             \"n_steps\": {},\n    \"memory_segments\": {{",
            proof.layout,
            limits.0,
            limits.1,
            self.steps()
        )?;
        let mut segment = |name: &str, begin: Felt, stop: Felt, end: &str| {
            write!(
                text,
                "\n        \"{name}\": {{\n            \"begin_addr\": {begin},\n            \
                 \"stop_ptr\": {stop}\n        }}{end}"
            )
        };
        let runners = self.machine.builtins.runners();
        let between = |last| if last { "" } else { "," };
        segment("program", self.relocate(self.start.pc)?, self.relocate(last.0)?, ",")?;
        let (first_ap, last_ap) = (self.start.ap.into(), last.1.into());
        let end = between(runners.is_empty());
        segment("execution", self.relocate(first_ap)?, self.relocate(last_ap)?, end)?;
        for (at, runner) in (1..).zip(runners) {
            let name = runner.name();
            let stop = self.stop_pointer(name, runner.base(), proof.usage.is_some())?;
            let begin = self.relocate(runner.base().into())?;
            segment(name.as_str(), begin, stop, between(at == runners.len()))?;
        }
        text.extend_from_slice(b"\n    },\n    \"public_memory\": [");
        let mut any = false;
        for stretch in proof.public_memory.values().flatten() {
            any |= self.push_public(stretch, any, &mut text, &mut out)?;
        }
        let close = if any { "\n    ]" } else { "]" };
        write!(text, "{close},\n    \"dynamic_params\": null\n}}\n")?;
        Ok(out.write_all(&text)?)
    }

    /// `pc` and `ap` of the last step, and the limits of the offsets in all instructions.
    fn last_step(&self, proof: &Proof) -> Result<(LastStep, Option<(u16, u16)>), FileError> {
        let Registers { pc, ap, .. } = self.machine.registers();
        if proof.at_rest {
            return Ok(((pc, ap), self.machine.offset_limits()));
        }
        let mut replay = self.replay();
        let mut last = None;
        while let Some(registers) = replay.next() {
            last = Some((registers.pc, registers.ap));
            if replay.is_at_rest() {
                break;
            }
        }
        Ok((last.ok_or(FileError::NoSteps)?, replay.offset_limits()))
    }

    /// Where the used part of a builtin's segment ends; at its start for one that the program did
    /// not ask for.
    fn stop_pointer(
        &self,
        name: BuiltinName,
        base: Relocatable,
        known: bool,
    ) -> Result<Felt, FileError> {
        let runner = self.machine.builtins.get(name);
        let stop = match runner.filter(|_| self.program.builtins().contains(&name)) {
            Some(_) if !known => return Err(FileError::NoStopPointer(name)),
            Some(runner) => runner.stop_pointer(&self.machine.memory),
            None => base,
        };
        Ok(self.relocate(stop.into())?)
    }

    /// What the cell at a relocated address holds. It may be of another segment than the one from
    /// which hints have reached it.
    fn cell_at(&self, address: i128) -> Option<Value> {
        let address = u64::try_from(address).ok()?;
        let bases = self.table.bases();
        // Of segments that begin at the same address all but the last are empty.
        let index = bases.partition_point(|base| *base <= address).checked_sub(1)?;
        let offset = i64::try_from(address - bases[index]).ok()?;
        self.machine.memory.get(Relocatable::new(i32::try_from(index).ok()?, offset))
    }

    /// Adds the entries of a stretch of public memory; whether there were any.
    fn push_public(
        &self,
        stretch: &Public,
        behind_others: bool,
        text: &mut Vec<u8>,
        out: &mut impl Write,
    ) -> Result<bool, FileError> {
        let mut comma = behind_others;
        let Relocatable { segment, offset } = stretch.first;
        let base = usize::try_from(segment).ok().and_then(|index| self.table.bases().get(index));
        let base = base.ok_or(RelocationError::NoSegment(stretch.first))?;
        let first = i128::from(*base) + i128::from(offset);
        for address in first..first + i128::from(stretch.cells) {
            let value = self.cell_at(address).ok_or(FileError::Unknown(address))?;
            let value = self.relocate(value)?;
            write!(
                text,
                "{}\n        {{\n            \"address\": {address},\n            \"value\": \
                 \"{value:#x}\",\n            \"page\": {}\n        }}",
                if comma { "," } else { "" },
                stretch.page,
            )?;
            comma = true;
            if text.len() >= CHUNK {
                out.write_all(text)?;
                text.clear();
            }
        }
        Ok(stretch.cells > 0)
    }
}
