//! [`Listing`]: the instructions of a program, with what the source and the names say about them.

use std::collections::BTreeSet;
use std::io::{self, Write};

use cairo_zero_core::{Felt, Value};
use cairo_zero_decoder::{Instruction, Op1Addr, PcUpdate, Res, decode, disassemble};
use cairo_zero_program::{DebugInfo, InstructionLocation, Program};
use serde::Serialize;

use crate::InsightError;
use crate::names::Places;
use crate::source::{Sources, file_of};

/// The instructions of a program, in the order of their places.
#[derive(Debug, Serialize)]
pub struct Listing {
    words: usize,
    instructions: Vec<Line>,
}

/// An instruction, or a word that is none.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its place in words from the program's start.
    pub pc: usize,
    /// Its words, in hexadecimal.
    words: Vec<String>,
    /// The instruction as Cairo assembly, or `dw` and the word.
    pub text: String,
    /// The functions that begin here.
    pub functions: Vec<String>,
    /// The labels here.
    pub labels: Vec<String>,
    /// The function or other scope that it is in.
    pub scope: Option<String>,
    /// What is where a jump or call by a constant leads.
    target: Option<Target>,
    /// Where it comes from.
    pub source: Option<Source>,
    hints: Vec<HintLine>,
}

/// Where a jump or call leads.
#[derive(Debug, Serialize)]
struct Target {
    /// The place, in words from the program's start.
    pc: usize,
    /// A function or label there.
    name: Option<String>,
}

/// A place in the source.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The file, as the compiler was given it.
    pub file: String,
    /// The line and column, from 1.
    line: usize,
    column: usize,
    /// The line, if the file was found.
    text: Option<String>,
}

/// A hint before an instruction.
#[derive(Debug, Serialize)]
struct HintLine {
    code: String,
    file: Option<String>,
    /// The line that it begins in, from 1.
    line: Option<usize>,
}

impl Listing {
    /// Lists the instructions of a program.
    ///
    /// # Errors
    /// When its debug information is malformed.
    pub fn of(program: &Program) -> Result<Self, InsightError> {
        let debug_info = program.debug_info()?.unwrap_or_default();
        Self::with(program, &debug_info, Some(Sources::new(&debug_info)))
    }

    /// As [`Listing::of`], without the lines of the source: no file is looked at.
    ///
    /// # Errors
    /// As [`Listing::of`].
    pub fn without_source_lines(
        program: &Program,
        debug_info: &DebugInfo,
    ) -> Result<Self, InsightError> {
        Self::with(program, debug_info, None)
    }

    fn with(
        program: &Program,
        debug_info: &DebugInfo,
        sources: Option<Sources<'_>>,
    ) -> Result<Self, InsightError> {
        let mut lister = Lister { program, places: Places::new(program), debug_info, sources };
        let starts: BTreeSet<usize> = debug_info.instruction_locations.keys().copied().collect();
        let words = program.data().len();
        let mut instructions = Vec::new();
        let mut pc = 0;
        while pc < words {
            let line = lister.line(pc, &starts);
            pc += line.words.len();
            instructions.push(line);
        }
        Ok(Self { words, instructions })
    }

    /// How many instructions there are, words that are none included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.instructions.len()
    }

    /// Whether the program is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.instructions.is_empty()
    }

    /// Its lines, in the order of their places.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.instructions
    }

    /// Writes the listing for people.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let width = self.words.to_string().len();
        let mut last: Option<&Source> = None;
        for line in &self.instructions {
            for name in &line.functions {
                writeln!(out, "\nfunction {name}:")?;
                last = None;
            }
            for name in &line.labels {
                writeln!(out, "{name}:")?;
            }
            let place = |source: &Source| (source.file.clone(), source.line);
            if let Some(source) = &line.source
                && last.map(place) != Some(place(source))
            {
                write!(out, "  // {}:{}", source.file, source.line)?;
                match &source.text {
                    Some(text) => writeln!(out, ": {text}")?,
                    None => writeln!(out)?,
                }
                last = Some(source);
            }
            for hint in &line.hints {
                writeln!(out, "{:width$}      %{{", "")?;
                for row in hint.code.trim_matches('\n').lines() {
                    writeln!(out, "{:width$}        {row}", "")?;
                }
                writeln!(out, "{:width$}      %}}", "")?;
            }
            write!(out, "    {:>width$}  {}", line.pc, line.text)?;
            match &line.target {
                Some(Target { pc, name: Some(name) }) => writeln!(out, "  // {pc} {name}")?,
                Some(Target { pc, name: None }) => writeln!(out, "  // {pc}")?,
                None => writeln!(out)?,
            }
        }
        Ok(())
    }

    /// Writes the listing as a JSON object: `words`, the program's size, and `instructions`.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)
    }
}

/// Makes the lines of a listing.
struct Lister<'a> {
    program: &'a Program,
    places: Places<'a>,
    debug_info: &'a DebugInfo,
    sources: Option<Sources<'a>>,
}

impl Lister<'_> {
    /// The line of what is at `pc`; `starts` are the places that have a location in the source.
    fn line(&mut self, pc: usize, starts: &BTreeSet<usize>) -> Line {
        let data = self.program.data();
        let word = data.get(pc).copied().unwrap_or(Felt::ZERO);
        let next = data.get(pc + 1).copied();
        let (mut text, mut size) = disassemble(Value::Felt(word), next.map(Value::Felt));
        // Data looks like an instruction at times, but then something begins in the middle of it, or
        // the program ends there.
        if size == 2 && (starts.contains(&(pc + 1)) || next.is_none()) {
            (text, size) = (format!("dw {}", word.signed()), 1);
        }
        let known = self.debug_info.instruction_locations.get(&pc);
        let scope = known.and_then(|known| known.accessible_scopes.last().cloned());
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Line {
            pc,
            words: data
                .iter()
                .skip(pc)
                .take(size.into())
                .map(|word| format!("{word:#x}"))
                .collect(),
            target: if size == 2 { self.target(pc, word, next) } else { None },
            text,
            functions: owned(self.places.functions_at(pc)),
            labels: owned(self.places.labels_at(pc)),
            scope: scope.or_else(|| self.places.function_around(pc).map(str::to_owned)),
            source: known.map(|known| self.source(known)),
            hints: self.hints(pc, known),
        }
    }

    fn source(&mut self, known: &InstructionLocation) -> Source {
        let location = &known.inst;
        let (file, line) = (file_of(location).to_owned(), location.start_line);
        let sources = self.sources.as_mut();
        let text = sources.and_then(|sources| sources.line(&file, line)).map(str::to_owned);
        Source { file, line, column: location.start_col, text }
    }

    fn hints(&self, pc: usize, known: Option<&InstructionLocation>) -> Vec<HintLine> {
        let hints = self.program.hints_at(pc).iter().enumerate();
        hints
            .map(|(index, hint)| {
                let place = known.and_then(|known| known.hints.get(index)?.as_ref());
                HintLine {
                    code: hint.code.clone(),
                    file: place.map(|place| file_of(&place.location).to_owned()),
                    line: place.map(|place| place.location.start_line),
                }
            })
            .collect()
    }

    /// Where the jump or call at `pc` leads, if it is one by a constant.
    fn target(&self, pc: usize, word: Felt, next: Option<Felt>) -> Option<Target> {
        let instruction: Instruction = decode(word).ok()?;
        let constant = instruction.op1_addr == Op1Addr::Imm
            && matches!(instruction.res, Res::Op1 | Res::Unconstrained);
        let relative = matches!(instruction.pc_update, PcUpdate::JumpRel | PcUpdate::Jnz);
        if !(constant && relative) {
            return None;
        }
        let by = isize::try_from(next?.to_i64()?).ok()?;
        let to = pc.checked_add_signed(by).filter(|to| *to < self.program.data().len())?;
        Some(Target { pc: to, name: self.places.name_at(to).map(str::to_owned) })
    }
}
