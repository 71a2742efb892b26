//! The summary of a run: its counts, output and segments as JSON, for tools.

use std::io::Write;

use cairo_zero_core::{BuiltinName, Relocatable, Value};

use crate::print::push_signed;
use crate::{FileError, Relocated};

impl Relocated {
    /// Writes the run's summary as a JSON object: `steps`; `memory_cells`, how many are set;
    /// `builtins`, how many instances of each were used, by name; `output`, the output segment's
    /// cells as strings, `null` where one is not set; and `segments`, where each begins.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_summary(&self, mut out: impl Write) -> Result<(), FileError> {
        let memory = &self.machine.memory;
        let (steps, cells) = (self.machine.steps(), memory.count());
        write!(out, "{{\n  \"steps\": {steps},\n  \"memory_cells\": {cells},\n  \"builtins\": {{")?;
        let mut separator = "";
        for runner in self.machine.builtins.runners().iter().filter(|runner| runner.included()) {
            write!(out, "{separator}\"{}\": {}", runner.name(), runner.used_instances(memory))?;
            separator = ", ";
        }
        out.write_all(b"},\n  \"output\": [")?;
        self.write_output_values(&mut out)?;
        out.write_all(b"],\n  \"segments\": [")?;
        let mut separator = "";
        for base in self.table.bases() {
            write!(out, "{separator}{base}")?;
            separator = ", ";
        }
        out.write_all(b"]\n}\n")?;
        Ok(out.flush()?)
    }

    fn write_output_values(&self, out: &mut impl Write) -> Result<(), FileError> {
        let memory = &self.machine.memory;
        let Some(output) = self.machine.builtins.get(BuiltinName::Output) else { return Ok(()) };
        let mut separator = "";
        for offset in 0..output.used_cells(memory).cast_signed() {
            out.write_all(separator.as_bytes())?;
            separator = ", ";
            match output.base().checked_add(offset).and_then(|address| memory.get(address)) {
                None => out.write_all(b"null")?,
                Some(Value::Felt(felt)) => {
                    let mut text = Vec::new();
                    push_signed(&mut text, felt);
                    write!(out, "\"{}\"", String::from_utf8_lossy(&text))?;
                }
                Some(Value::Relocatable(Relocatable { segment, offset })) => {
                    write!(out, "\"{segment}:{offset}\"")?;
                }
            }
        }
        Ok(())
    }
}
