//! [`Code`]: the instructions of a run's programs with what is known about each, and the files that
//! they come from.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_decoder::{Instruction, Op1Addr, Opcode, Register, Res, decode_extended};
use cairo_zero_insight::{Line, Listing};
use cairo_zero_memory::Memory;
use cairo_zero_program::{DebugInfo, InstructionLocation, Location, Program};
use cairo_zero_runner::{Past, read_source};
use serde::Serialize;

use crate::TracerError;

/// Most bytes of a source file that is shown.
const MOST_SOURCE: u64 = 1 << 22;

/// The number of a line of the source among those that have instructions; 0 is no line.
pub(crate) type LineId = u32;

/// The programs of a run.
pub(crate) struct Code {
    parts: Vec<Part>,
    files: Vec<String>,
    /// What the programs have with them of files that are on no disk.
    contents: BTreeMap<String, String>,
    /// The file and line of each [`LineId`] but 0.
    lines: Vec<(u32, u32)>,
    /// The first instruction of each stretch of a line's instructions, by line.
    entries: BTreeMap<(u32, u32), Vec<Relocatable>>,
}

/// A program of the run.
struct Part {
    base: Relocatable,
    program: Arc<Program>,
    debug_info: DebugInfo,
    listing: Listing,
    /// What is at each word.
    words: Vec<Word>,
}

#[derive(Clone, Copy, Default)]
struct Word {
    instruction: Option<Instruction>,
    line: LineId,
    /// The number of the listing's line.
    row: u32,
}

/// An instruction as the page lists it.
#[derive(Debug, Serialize)]
pub(crate) struct Row<'a> {
    /// Its address.
    at: String,
    /// Where it comes from.
    place: Option<Place>,
    /// Where else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parents: Vec<Parent>,
    /// What it is made of, for pages that walk by themselves.
    fields: Option<Fields>,
    #[serde(flatten)]
    line: &'a Line,
}

/// An instruction's destination, operands, opcode and result: registers as 0 for `ap` and 1 for `fp`,
/// the base of the second operand as 0 for an immediate, 1 for `ap`, 2 for `fp` and 3 for the first
/// operand, the opcode as 0 for none, 1 for an assertion, 2 for a call and 3 for a return, and 1 where
/// the instruction makes the new state of a Blake2s block.
type Fields = [i32; 8];

/// The place of an instruction in the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    pub(crate) file: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) end_line: u32,
    pub(crate) end_column: u32,
}

/// Where an instruction comes from besides its own place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Parent {
    /// How this place led to the instruction.
    pub(crate) reason: String,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: usize,
}

/// A function or label.
#[derive(Debug, Serialize)]
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    pub(crate) at: String,
}

impl Code {
    pub(crate) fn of(past: &Past<'_>) -> Result<Self, TracerError> {
        let mut code = Self {
            parts: Vec::new(),
            files: Vec::new(),
            contents: BTreeMap::new(),
            lines: Vec::new(),
            entries: BTreeMap::new(),
        };
        let mut files = HashMap::new();
        let mut lines = HashMap::new();
        for (program, base) in past.programs() {
            code.add(program, base, &mut files, &mut lines)?;
        }
        Ok(code)
    }

    fn add(
        &mut self,
        program: &Arc<Program>,
        base: Relocatable,
        files: &mut HashMap<String, u32>,
        lines: &mut HashMap<(u32, u32), LineId>,
    ) -> Result<(), TracerError> {
        let debug_info = program.debug_info()?.unwrap_or_default();
        let listing = Listing::without_source_lines(program, &debug_info)?;
        let mut words = vec![Word::default(); program.data().len()];
        for (row, line) in (0..).zip(listing.lines()) {
            if let Some(word) = words.get_mut(line.pc) {
                word.row = row;
            }
        }
        for (word, felt) in words.iter_mut().zip(program.data()) {
            word.instruction = decode_extended(*felt).ok();
        }
        let mut last = 0;
        for (pc, known) in debug_info.instruction_locations.range(..words.len()) {
            let name = known.inst.input_file.filename.as_deref().unwrap_or_default();
            let file = *files.entry(name.to_owned()).or_insert_with(|| {
                self.files.push(name.to_owned());
                (self.files.len() - 1) as u32
            });
            let line = (file, number(known.inst.start_line));
            let id = *lines.entry(line).or_insert_with(|| {
                self.lines.push(line);
                self.lines.len() as LineId
            });
            words[*pc].line = id;
            if id != last
                && let Some(at) = base.checked_add(*pc as i64)
            {
                self.entries.entry(line).or_default().push(at);
            }
            last = id;
        }
        let kept = debug_info.file_contents.iter();
        self.contents.extend(kept.map(|(name, text)| (name.clone(), text.clone())));
        let program = Arc::clone(program);
        self.parts.push(Part { base, program, debug_info, listing, words });
        Ok(())
    }

    /// The part that an address is in, with the number of the word there.
    #[inline]
    fn part(&self, pc: Relocatable) -> Option<(&Part, usize)> {
        for part in self.parts.iter().rev() {
            let offset = pc.offset.wrapping_sub(part.base.offset);
            if pc.segment == part.base.segment && (0..part.words.len() as i64).contains(&offset) {
                return Some((part, offset as usize));
            }
        }
        None
    }

    #[inline]
    fn word(&self, pc: Relocatable) -> Option<&Word> {
        let (part, offset) = self.part(pc)?;
        part.words.get(offset)
    }

    /// The instruction at `pc`, also outside all programs.
    #[inline]
    pub(crate) fn instruction(&self, memory: &Memory, pc: Value) -> Option<Instruction> {
        let pc = pc.relocatable()?;
        match self.word(pc) {
            Some(word) => word.instruction,
            None => decode_extended(memory.get(pc)?.felt()?).ok(),
        }
    }

    /// The line of the instruction at `pc`.
    #[inline]
    pub(crate) fn line(&self, pc: Value) -> LineId {
        pc.relocatable().and_then(|pc| self.word(pc)).map_or(0, |word| word.line)
    }

    /// What the debug information says of the instruction at `pc`.
    pub(crate) fn known(&self, pc: Value) -> Option<&InstructionLocation> {
        let (part, offset) = self.part(pc.relocatable()?)?;
        part.debug_info.instruction_locations.get(&offset)
    }

    /// The program that has the instruction at `pc`.
    pub(crate) fn program(&self, pc: Value) -> Option<&Program> {
        Some(&self.part(pc.relocatable()?)?.0.program)
    }

    /// Where the instruction at `pc` comes from.
    pub(crate) fn place(&self, pc: Value) -> Option<Place> {
        let word = self.word(pc.relocatable()?)?;
        let (file, line) = *self.lines.get(word.line.checked_sub(1)? as usize)?;
        let known = &self.known(pc)?.inst;
        Some(Place {
            file,
            line,
            column: number(known.start_col),
            end_line: number(known.end_line),
            end_column: number(known.end_col),
        })
    }

    /// The function, or else the scope, that the instruction at `pc` is in.
    pub(crate) fn scope(&self, pc: Value) -> Option<&str> {
        let (part, offset) = self.part(pc.relocatable()?)?;
        part.listing.lines().get(part.words.get(offset)?.row as usize)?.scope.as_deref()
    }

    /// The hints at `pc`.
    pub(crate) fn hints(&self, pc: Value) -> Vec<&str> {
        let hints = pc.relocatable().and_then(|pc| {
            let (part, offset) = self.part(pc)?;
            Some(part.program.hints_at(offset))
        });
        hints.unwrap_or_default().iter().map(|hint| hint.code.as_str()).collect()
    }

    /// How many rows all listings have.
    pub(crate) fn row_count(&self) -> usize {
        self.parts.iter().map(|part| part.listing.len()).sum()
    }

    /// `count` rows from row `from` on.
    pub(crate) fn rows(&self, from: usize, count: usize) -> Vec<Row<'_>> {
        let all = self
            .parts
            .iter()
            .flat_map(|part| part.listing.lines().iter().map(move |line| (part, line)));
        all.skip(from).take(count).map(|(part, line)| self.row(part, line)).collect()
    }

    fn row<'a>(&'a self, part: &'a Part, line: &'a Line) -> Row<'a> {
        let word = part.words.get(line.pc).copied().unwrap_or_default();
        let is_data = line.text.starts_with("dw ");
        let fields = word.instruction.filter(|_| !is_data).map(|instruction| fields(&instruction));
        let place = part.address(line.pc).and_then(|at| self.place(at.into()));
        let known = part.debug_info.instruction_locations.get(&line.pc);
        let parents = known.map(|known| parents(&known.inst)).unwrap_or_default();
        Row { at: part.at(line.pc), place, parents, fields, line }
    }

    /// The number of the row of the instruction at `pc`.
    pub(crate) fn row_at(&self, pc: Value) -> Option<usize> {
        let pc = pc.relocatable()?;
        let (found, offset) = self.part(pc)?;
        let before = self.parts.iter().take_while(|part| !std::ptr::eq(*part, found));
        let before: usize = before.map(|part| part.listing.len()).sum();
        Some(before + found.words.get(offset)?.row as usize)
    }

    /// The names of the source files.
    pub(crate) fn files(&self) -> &[String] {
        &self.files
    }

    /// The text of source file number `file`: as the program has it, or else from the disk; a program
    /// can name any file, so only those of Cairo are read.
    pub(crate) fn source(&self, file: u32) -> Option<String> {
        let name = self.files.get(file as usize)?;
        if let Some(text) = self.contents.get(name) {
            return Some(text.clone());
        }
        if Path::new(name).extension()? != "cairo" {
            return None;
        }
        read_source(name, MOST_SOURCE)
    }

    /// The lines of a file that have instructions, each with the addresses where one is entered.
    pub(crate) fn entries(&self, file: u32) -> Vec<(u32, Vec<String>)> {
        let of_file = self.entries.range((file, 0)..=(file, u32::MAX));
        of_file
            .map(|((_, line), at)| (*line, at.iter().map(ToString::to_string).collect()))
            .collect()
    }

    /// All functions, or all labels.
    pub(crate) fn names(&self, labels: bool) -> impl Iterator<Item = Named<'_>> {
        self.parts.iter().flat_map(move |part| {
            part.listing.lines().iter().flat_map(move |line| {
                let names = if labels { &line.labels } else { &line.functions };
                names.iter().map(move |name| Named { name, at: part.at(line.pc) })
            })
        })
    }

    /// Every instruction with debug information.
    pub(crate) fn known_instructions(
        &self,
    ) -> impl Iterator<Item = (Relocatable, &Program, &InstructionLocation)> {
        self.parts.iter().flat_map(|part| {
            let inside = part.debug_info.instruction_locations.range(..part.words.len());
            inside.filter_map(|(pc, known)| {
                Some((part.base.checked_add(*pc as i64)?, &*part.program, known))
            })
        })
    }

    /// The programs.
    pub(crate) fn programs(&self) -> impl Iterator<Item = &Program> {
        self.parts.iter().map(|part| &*part.program)
    }

    /// Whether an address is inside one of the programs.
    pub(crate) fn is_inside(&self, at: Relocatable) -> bool {
        self.part(at).is_some()
    }
}

impl Part {
    fn address(&self, pc: usize) -> Option<Relocatable> {
        self.base.checked_add(i64::try_from(pc).ok()?)
    }

    fn at(&self, pc: usize) -> String {
        self.address(pc).unwrap_or(self.base).to_string()
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn fields(instruction: &Instruction) -> Fields {
    let register = |register| i32::from(register == Register::Fp);
    let op1 = match instruction.op1_addr {
        Op1Addr::Imm => 0,
        Op1Addr::Ap => 1,
        Op1Addr::Fp => 2,
        Op1Addr::Op0 => 3,
    };
    let opcode = match instruction.opcode {
        Opcode::Nop => 0,
        Opcode::AssertEq => 1,
        Opcode::Call => 2,
        Opcode::Ret => 3,
    };
    let block = instruction.extension.is_some() && instruction.res == Res::Op1;
    [
        register(instruction.dst_register),
        instruction.off0.into(),
        register(instruction.op0_register),
        instruction.off1.into(),
        op1,
        instruction.off2.into(),
        opcode,
        block.into(),
    ]
}

/// Where else a location comes from.
pub(crate) fn parents(location: &Location) -> Vec<Parent> {
    let mut parents = Vec::new();
    let mut next = &location.parent_location;
    while let Some(parent) = next {
        let (location, reason) = &**parent;
        parents.push(Parent {
            reason: reason.clone(),
            file: location.input_file.filename.clone().unwrap_or_default(),
            line: location.start_line,
        });
        next = &location.parent_location;
    }
    parents
}
