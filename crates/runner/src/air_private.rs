//! The private input of the AIR: what the prover alone has to know of the builtins (the
//! `air_private_input` of cairo-lang's builtin runners).

use std::io::Write;

use cairo_zero_builtins::{Ecdsa, Modulo, Runner, inverse_of_s};
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_program::push_json_text;

use crate::input_order::InputOrder;
use crate::trace_file::CHUNK;
use crate::{FileError, Relocated};

/// What a gate's numbers are called (`MEMORY_VAR_NAMES` in cairo-lang's `mod_builtin_runner.py`).
const GATE_NUMBERS: [&str; 3] = ["a", "b", "c"];

/// Words of a number of the modulo builtins.
const WORDS: i64 = 4;

/// Places of the pointers in an instance of a modulo builtin.
const VALUES: usize = 4;
const OFFSETS: usize = 5;

/// JSON as it grows; what has become long is passed on.
struct Json<W> {
    text: Vec<u8>,
    out: W,
}

impl<W: Write> Json<W> {
    /// Begins a line that is indented `depth` times, behind a comma unless it is the `first` one.
    fn line(&mut self, depth: usize, first: bool) -> Result<(), FileError> {
        if self.text.len() >= CHUNK {
            self.out.write_all(&self.text)?;
            self.text.clear();
        }
        self.text.extend_from_slice(if first { b"\n" } else { b",\n" });
        self.text.resize(self.text.len() + 4 * depth, b' ');
        Ok(())
    }

    /// A line with `text`.
    fn entry(&mut self, depth: usize, first: bool, text: &str) -> Result<(), FileError> {
        self.line(depth, first)?;
        self.push(text);
        Ok(())
    }

    fn push(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }
}

impl Relocated {
    /// Writes the private input, as JSON with the reference's keys, which names the trace and memory
    /// files by the paths given. The inputs of an instance come in the order in which instructions
    /// have come to them.
    ///
    /// # Errors
    /// When the run was not made in proof mode, an instance lacks an input, or `out` does not take
    /// it.
    pub fn write_air_private_input(
        &self,
        trace: &[u8],
        memory: &[u8],
        out: impl Write,
    ) -> Result<(), FileError> {
        let mut json = Json { text: Vec::with_capacity(CHUNK), out };
        json.push("{");
        for (name, path) in [("trace_path", trace), ("memory_path", memory)] {
            json.entry(1, name == "trace_path", &format!("\"{name}\": "))?;
            push_json_text(&mut json.text, path);
        }
        let order = InputOrder::of(&self.machine);
        for runner in self.machine.builtins.runners() {
            self.push_builtin(runner, &order, &mut json)?;
        }
        json.push("\n}\n");
        Ok(json.out.write_all(&json.text)?)
    }

    fn push_builtin(
        &self,
        runner: &Runner,
        order: &InputOrder,
        json: &mut Json<impl Write>,
    ) -> Result<(), FileError> {
        let name = runner.name();
        match name {
            // Its cells are public.
            BuiltinName::Output | BuiltinName::SegmentArena => return Ok(()),
            BuiltinName::Ecdsa
            | BuiltinName::Pedersen
            | BuiltinName::RangeCheck
            | BuiltinName::Bitwise
            | BuiltinName::EcOp
            | BuiltinName::Keccak
            | BuiltinName::Poseidon
            | BuiltinName::RangeCheck96
            | BuiltinName::AddMod
            | BuiltinName::MulMod => {}
        }
        json.entry(1, false, &format!("\"{name}\": "))?;
        if let Some(ecdsa) = runner.downcast::<Ecdsa>() {
            return self.push_signatures(ecdsa, runner.base(), json);
        }
        if let Some(modulo) = runner.downcast::<Modulo>() {
            json.push("{");
            json.entry(2, true, "\"instances\": ")?;
            self.push_instances(runner, order, 3, Some(modulo.batch()), json)?;
            let zeros = self.proof.as_ref().ok_or(FileError::NotForProofs)?.zeros;
            let zeros = zeros.ok_or(FileError::NotForProofs)?;
            json.line(2, false)?;
            json.push(&format!("\"zero_value_address\": {}", self.relocate(zeros.into())?));
            json.entry(1, true, "}")?;
            return Ok(());
        }
        self.push_instances(runner, order, 2, None, json)
    }

    /// Adds the list of the instances that a cell was written of. `batch` is the number of gates to
    /// an instance of a modulo builtin.
    fn push_instances(
        &self,
        runner: &Runner,
        order: &InputOrder,
        depth: usize,
        batch: Option<u64>,
        json: &mut Json<impl Write>,
    ) -> Result<(), FileError> {
        let row = runner.row();
        let base = runner.base();
        let segment = self.machine.memory.segment(base.segment);
        json.push("[");
        let mut last = None;
        for (offset, _) in segment.into_iter().flat_map(|segment| segment.iter()) {
            let instance = offset / row.cells_per_instance;
            if last == Some(instance) || offset % row.cells_per_instance >= row.input_cells {
                continue;
            }
            json.line(depth, last.is_none())?;
            last = Some(instance);
            json.push("{");
            json.entry(depth + 1, true, &format!("\"index\": {instance}"))?;
            let first = (instance * row.cells_per_instance).cast_signed();
            let first = Relocatable::new(base.segment, first);
            if let Some(batch) = batch {
                self.push_gates(runner.name(), first, batch, depth + 1, json)?;
            }
            let mut inputs: Vec<_> = row.input_names.iter().enumerate().collect();
            order.sort(first, &mut inputs);
            for (place, input) in inputs {
                let at = Relocatable::new(first.segment, first.offset + place as i64);
                let value = self.machine.memory.get(at);
                let value = value.ok_or_else(|| missing(runner, instance, place, input))?;
                json.line(depth + 1, false)?;
                let pointer = batch.is_some() && [VALUES, OFFSETS].contains(&place);
                let number = match value {
                    Value::Relocatable(_) if pointer => self.relocate(value)?,
                    value => number(runner.name(), at, value)?,
                };
                json.push(&if batch.is_some() && place >= VALUES {
                    format!("\"{input}\": {number}")
                } else {
                    format!("\"{input}\": \"{number:#x}\"")
                });
            }
            json.entry(depth, true, "}")?;
        }
        if last.is_some() {
            json.line(depth - 1, true)?;
        }
        json.push("]");
        Ok(())
    }

    /// Adds the gates of a modulo builtin's instance.
    fn push_gates(
        &self,
        builtin: BuiltinName,
        first: Relocatable,
        batch: u64,
        depth: usize,
        json: &mut Json<impl Write>,
    ) -> Result<(), FileError> {
        let pointer = |place: usize| match self.require(first, place as i64)? {
            (_, Value::Relocatable(pointer)) => Ok(pointer),
            (at, value) => Err(FileError::NotANumber { builtin, address: at, value }),
        };
        let (values, offsets) = (pointer(VALUES)?, pointer(OFFSETS)?);
        json.entry(depth, false, "\"batch\": [")?;
        for gate in 0..batch.cast_signed() {
            json.entry(depth + 1, gate == 0, "{")?;
            for (place, name) in (0..).zip(GATE_NUMBERS) {
                let (at, offset) = self.require(offsets, 3 * gate + place)?;
                let offset = number(builtin, at, offset)?;
                json.entry(depth + 2, place == 0, &format!("\"{name}_offset\": {offset}"))?;
                for word in 0..WORDS {
                    let far = offset.to_i64().and_then(|offset| offset.checked_add(word));
                    let (at, value) = self.require(values, far.unwrap_or(i64::MAX))?;
                    let value = number(builtin, at, value)?;
                    json.entry(depth + 2, false, &format!("\"{name}{word}\": \"{value:#x}\""))?;
                }
            }
            json.entry(depth + 1, true, "}")?;
        }
        json.entry(depth, true, "]")?;
        Ok(())
    }

    /// Adds the list of the signatures.
    fn push_signatures(
        &self,
        ecdsa: &Ecdsa,
        base: Relocatable,
        json: &mut Json<impl Write>,
    ) -> Result<(), FileError> {
        json.push("[");
        for (count, (at, signature)) in ecdsa.signatures().iter().enumerate() {
            let index = at.offset.saturating_sub(base.offset) / 2;
            let (key_at, key) = self.require(*at, 0)?;
            let (message_at, message) = self.require(*at, 1)?;
            let key = number(BuiltinName::Ecdsa, key_at, key)?;
            let message = number(BuiltinName::Ecdsa, message_at, message)?;
            let inverse = inverse_of_s(signature);
            let inverse = inverse.ok_or(FileError::Signature(index.cast_unsigned()))?;
            json.entry(2, count == 0, "{")?;
            json.entry(3, true, &format!("\"index\": {index}"))?;
            json.entry(3, false, &format!("\"pubkey\": \"{key:#x}\""))?;
            json.entry(3, false, &format!("\"msg\": \"{message:#x}\""))?;
            json.entry(3, false, "\"signature_input\": {")?;
            json.entry(4, true, &format!("\"r\": \"{:#x}\"", signature.r))?;
            json.entry(4, false, &format!("\"w\": \"{inverse:#x}\""))?;
            json.entry(3, true, "}")?;
            json.entry(2, true, "}")?;
        }
        if !ecdsa.signatures().is_empty() {
            json.line(1, true)?;
        }
        json.push("]");
        Ok(())
    }

    /// The value `cells` behind `first`, which has to be there, and its address.
    fn require(&self, first: Relocatable, cells: i64) -> Result<(Relocatable, Value), FileError> {
        let at = first.checked_add(cells).ok_or(FileError::UnknownInput(first))?;
        let value = self.machine.memory.get(at).ok_or(FileError::UnknownInput(at))?;
        Ok((at, value))
    }
}

fn number(builtin: BuiltinName, address: Relocatable, value: Value) -> Result<Felt, FileError> {
    value.felt().ok_or(FileError::NotANumber { builtin, address, value })
}

/// The error for an instance without one of its inputs.
fn missing(runner: &Runner, instance: u64, place: usize, input: &str) -> FileError {
    let builtin = runner.name();
    let what = match builtin {
        BuiltinName::Pedersen | BuiltinName::Bitwise => {
            String::from(if place == 0 { "first input" } else { "second input" })
        }
        BuiltinName::Keccak | BuiltinName::Poseidon => format!("input #{place}"),
        _ => format!("input '{input}'"),
    };
    FileError::MissingInput { what, builtin, instance }
}
