//! The profile in the format of pprof: a gzip'd message of `profile.proto`
//! (<https://github.com/google/pprof/blob/main/proto/profile.proto>), of what cairo-lang's
//! `profile.py` makes one, with cells and builtins besides the steps.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufWriter, Write};

use cairo_zero_core::Value;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Profile;
use crate::code::Number;
use crate::source::file_of;

/// The fields of the messages that are written, by their numbers.
mod field {
    pub(super) const SAMPLE_TYPE: u32 = 1;
    pub(super) const SAMPLE: u32 = 2;
    pub(super) const MAPPING: u32 = 3;
    pub(super) const LOCATION: u32 = 4;
    pub(super) const FUNCTION: u32 = 5;
    pub(super) const STRING: u32 = 6;
    pub(super) const DEFAULT_SAMPLE_TYPE: u32 = 14;
}

/// Where cairo-lang has the first segment begin, and with it the program.
const FIRST_ADDRESS: u64 = 1;

/// So many bytes are compressed at once; what is given by the few is summed up slowly.
const AT_ONCE: usize = 1 << 16;

/// A message: its fields one behind the other.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A number; one that is zero is left out.
    fn number(mut self, field: u32, number: u64) -> Self {
        if number != 0 {
            self.varint(u64::from(field) << 3);
            self.varint(number);
        }
        self
    }

    /// What stands before `len` bytes.
    fn start(&mut self, field: u32, len: usize) {
        self.varint(u64::from(field) << 3 | 2);
        self.varint(len as u64);
    }

    fn bytes(mut self, field: u32, bytes: &[u8]) -> Self {
        self.start(field, bytes.len());
        self.0.extend_from_slice(bytes);
        self
    }
}

/// The texts of a profile, which its messages have by number.
struct Strings<'a> {
    numbers: HashMap<&'a str, u64>,
    texts: Vec<&'a str>,
}

impl<'a> Strings<'a> {
    fn new() -> Self {
        Self { numbers: HashMap::from([("", 0)]), texts: vec![""] }
    }

    fn number(&mut self, text: &'a str) -> u64 {
        *self.numbers.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() as u64 - 1
        })
    }
}

/// Writes a profile.
struct Writer<'a, W: Write> {
    profile: &'a Profile,
    out: BufWriter<GzEncoder<W>>,
    strings: Strings<'a>,
    /// The number of each function, by name.
    functions: HashMap<&'a str, u64>,
    /// The number of each source file, with the lowest and the highest address there.
    mappings: BTreeMap<&'a str, (u64, u64, u64)>,
}

impl Profile {
    /// Writes the profile for pprof. Samples have steps, memory cells and instances of each builtin.
    /// There is no time in it: equal runs give equal files.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_pprof(&self, out: impl Write) -> io::Result<()> {
        let mut writer = Writer {
            profile: self,
            out: BufWriter::with_capacity(AT_ONCE, GzEncoder::new(out, Compression::fast())),
            strings: Strings::new(),
            functions: HashMap::new(),
            mappings: BTreeMap::new(),
        };
        writer.sample_types()?;
        writer.functions()?;
        writer.locations()?;
        writer.samples()?;
        let texts = std::mem::take(&mut writer.strings.texts);
        for text in texts {
            writer.put(Message::default().bytes(field::STRING, text.as_bytes()))?;
        }
        writer.out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()?.flush()
    }
}

impl<'a, W: Write> Writer<'a, W> {
    fn put(&mut self, message: Message) -> io::Result<()> {
        self.out.write_all(&message.0)
    }

    fn part(&mut self, field: u32, message: &Message) -> io::Result<()> {
        self.put(Message::default().bytes(field, &message.0))
    }

    /// What is counted; the first one is shown unless another is asked for.
    fn sample_types(&mut self) -> io::Result<()> {
        let builtins = self.profile.builtins.iter().map(|name| (name.as_str(), "instances"));
        let types = [("running time", "steps"), ("memory", "cells")].into_iter().chain(builtins);
        for (name, unit) in types {
            let (name, unit) = (self.strings.number(name), self.strings.number(unit));
            let message = Message::default().number(1, name).number(2, unit);
            self.part(field::SAMPLE_TYPE, &message)?;
        }
        let first = self.strings.number("running time");
        self.put(Message::default().number(field::DEFAULT_SAMPLE_TYPE, first))
    }

    fn functions(&mut self) -> io::Result<()> {
        let profile = self.profile;
        for (at, name) in profile.code.functions() {
            let known = profile.code.location(at);
            let file = known.map_or("", |known| file_of(&known.inst));
            let line = known.map_or(0, |known| known.inst.start_line);
            self.function(name, file, line)?;
        }
        Ok(())
    }

    /// The number of a function, which is written if it was not before.
    fn function(&mut self, name: &'a str, file: &'a str, line: usize) -> io::Result<u64> {
        if let Some(number) = self.functions.get(name) {
            return Ok(*number);
        }
        let number = self.functions.len() as u64 + 1;
        self.functions.insert(name, number);
        let (name, file) = (self.strings.number(name), self.strings.number(file));
        let message = Message::default().number(1, number).number(2, name).number(3, name);
        self.part(field::FUNCTION, &message.number(4, file).number(5, line as u64))?;
        Ok(number)
    }

    /// Writes every instruction that is known or was come to, and the files that they are from.
    fn locations(&mut self) -> io::Result<()> {
        let profile = self.profile;
        let known = profile.code.locations().map(|(at, _)| at);
        let mut all: Vec<Number> = known.collect();
        for sample in profile.samples() {
            all.push(sample.at);
        }
        all.extend(profile.backs());
        all.sort_unstable();
        all.dedup();
        for at in all {
            let known = profile.code.location(at);
            let file = known.map_or("", |known| file_of(&known.inst));
            let line = known.map_or(0, |known| known.inst.start_line as u64);
            let function = self.function(profile.code.scope(at), file, 0)?;
            let address = address(profile, at);
            let next = self.mappings.len() as u64 + 1;
            let mapping = self.mappings.entry(file).or_insert((next, address, address));
            mapping.1 = mapping.1.min(address);
            mapping.2 = mapping.2.max(address);
            let message = Message::default().number(1, u64::from(at) + 1).number(2, mapping.0);
            let place = Message::default().number(1, function).number(2, line);
            self.part(field::LOCATION, &message.number(3, address).bytes(4, &place.0))?;
        }
        self.mappings()
    }

    fn mappings(&mut self) -> io::Result<()> {
        let mut mappings: Vec<_> = std::mem::take(&mut self.mappings).into_iter().collect();
        mappings.sort_unstable_by_key(|(_, (number, ..))| *number);
        for (file, (number, first, last)) in mappings {
            let file = self.strings.number(file);
            let message = Message::default().number(1, number).number(2, first);
            let message = message.number(3, last + 1).number(5, file);
            let message = message.number(7, 1).number(8, 1).number(9, 1).number(10, 1);
            self.part(field::MAPPING, &message)?;
        }
        Ok(())
    }

    /// Writes the samples; there can be hundreds of thousands, so that nothing is made for each.
    fn samples(&mut self) -> io::Result<()> {
        let profile = self.profile;
        let (mut way, mut callers) = (None, Message::default());
        let [mut at, mut values, mut sample, mut head] = [const { Message(Vec::new()) }; 4];
        for used in profile.samples() {
            if way.replace(used.way) != Some(used.way) {
                callers.0.clear();
                profile.frames(used.way).for_each(|back| callers.varint(u64::from(back) + 1));
            }
            for part in [&mut at, &mut values, &mut sample, &mut head] {
                part.0.clear();
            }
            at.varint(u64::from(used.at) + 1);
            values.varint(used.steps);
            values.varint(used.cells);
            for builtin in 0..profile.builtins.len() {
                values.varint(used.instances.get(builtin).copied().unwrap_or_default());
            }
            sample.start(1, at.0.len() + callers.0.len());
            sample.0.extend_from_slice(&at.0);
            sample.0.extend_from_slice(&callers.0);
            sample.start(2, values.0.len());
            sample.0.extend_from_slice(&values.0);
            head.start(field::SAMPLE, sample.0.len());
            self.out.write_all(&head.0)?;
            self.out.write_all(&sample.0)?;
        }
        Ok(())
    }
}

/// The address of an instruction as cairo-lang has it once segments have their places; what is in
/// other segments than the program's has its number there.
fn address(profile: &Profile, at: Number) -> u64 {
    let offset = match profile.code.pc(at) {
        Value::Relocatable(pc) if pc.segment == 0 => u64::try_from(pc.offset).ok(),
        _ => None,
    };
    offset.unwrap_or_else(|| u64::from(at)).saturating_add(FIRST_ADDRESS)
}
