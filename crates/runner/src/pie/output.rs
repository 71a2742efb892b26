//! Making a PIE of a run, and comparing a run with the PIE it is of (`get_cairo_pie` in cairo-lang's
//! `cairo_runner.py`, `to_file` and `diff` in its `cairo_pie.py`).

use std::io::{BufWriter, Write};

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_executor::Accessed;
use cairo_zero_memory::Memory;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::additional;
use super::archive::{ADDITIONAL_DATA, MEMORY, METADATA, RESOURCES, VERSION};
use super::error::{PieError, PieErrorKind};
use super::input::Claim;
use super::memory::{Places, RECORD};
use super::metadata::{SegmentInfo, Segments};
use super::resources::{Resources, write_version};
use crate::Ended;
use crate::padding::memory_holes;

/// How hard the archive is compressed. Python's level 6 makes files of cells 2 to 5 percent smaller
/// and takes two to four times as long, which is longer than the run.
const LEVEL: i64 = 2;

/// Files that may be longer than this are written in the form for long ones. It is well below
/// `2^32`, as estimates are compared with it.
const LONG: u64 = 1 << 31;

/// At most so many characters a number of a program and what stands around it take in JSON.
const WORD_TEXT: u64 = 80;

impl Ended {
    /// Writes the run as a Cairo PIE; with `merge`, all segments that are not the program's, the
    /// execution's or a builtin's become one. The same run gives the same bytes.
    ///
    /// # Errors
    /// When `out` does not take it, or there is no PIE that could hold the run.
    pub fn write_pie(&self, out: impl Write, merge: bool) -> Result<(), PieError> {
        let mut segments = self.pie_segments()?;
        let resources = self.resources()?;
        let memory = &self.machine.memory;
        let mut places = Places::own();
        if let (true, Some(first)) = (merge, segments.extra.first()) {
            let index = first.index;
            let extra: Vec<(u64, u64)> =
                segments.extra.iter().map(|segment| (segment.index, segment.size)).collect();
            let (merged, size) = Places::merged(&extra);
            places = merged;
            segments.extra = vec![SegmentInfo { index, size }];
        }
        places.check(memory)?;
        let main = self.start.pc.relocatable().map_or(0, |pc| pc.offset) as usize;
        let mut zip = ZipWriter::new_stream(BufWriter::new(out));
        let words = self.program.data().len() as u64;
        zip.start_file(METADATA, options(words.saturating_mul(WORD_TEXT)))?;
        let mut sink = BufWriter::new(&mut zip);
        segments.write(&self.program, main, &mut sink)?;
        sink.flush()?;
        drop(sink);
        zip.start_file(MEMORY, options(memory.count().saturating_mul(RECORD as u64)))?;
        places.write(memory, &mut zip)?;
        zip.start_file(ADDITIONAL_DATA, options(memory.count().saturating_mul(WORD_TEXT)))?;
        let mut sink = BufWriter::new(&mut zip);
        additional::write(&self.machine.builtins, &mut sink)?;
        sink.flush()?;
        drop(sink);
        zip.start_file(RESOURCES, options(0))?;
        resources.write(&mut zip)?;
        zip.start_file(VERSION, options(0))?;
        write_version(&mut zip)?;
        let mut out = zip.finish()?.into_inner();
        Ok(out.flush()?)
    }

    /// Compares the run with what the PIE it is of says.
    ///
    /// # Errors
    /// When they differ. Memory holes and the version are not compared, nor is memory: it began as
    /// that of the PIE, and cells do not change.
    pub(crate) fn check_claim(&self, claim: &Claim) -> Result<(), PieError> {
        let mut differences = vec![String::from("CairoPie diff:")];
        if self.pie_segments()? != claim.segments {
            differences.push(String::from(" * metadata mismatch."));
        }
        let of_builtins = claim.additional.differences(&self.machine.builtins)?;
        if !of_builtins.is_empty() {
            differences.push(String::from(" * additional_data mismatch:"));
            for name in of_builtins {
                differences.push(format!("   * {name} mismatch."));
            }
        }
        let resources = self.resources_with(claim.resources.memory_holes);
        if !resources.is_like(&claim.resources) {
            let claimed = &claim.resources;
            differences.push(format!(" * execution_resources mismatch: {claimed} != {resources}."));
        }
        match differences.len() {
            1 => Ok(()),
            _ => Err(PieErrorKind::NotIdentical(differences.join("\n")).into()),
        }
    }

    fn resources(&self) -> Result<Resources, PieError> {
        let words = self.program.data().len() as u64;
        let accessed = Accessed::after(&self.machine, words, self.machine.steps());
        let holes = memory_holes(&self.machine, self.zeros, accessed)?;
        Ok(self.resources_with(holes))
    }

    fn resources_with(&self, memory_holes: i128) -> Resources {
        let runners = self.machine.builtins.runners().iter();
        let instances =
            runners.map(|runner| (runner.name(), runner.used_instances(&self.machine.memory)));
        let steps = self.original_steps.unwrap_or_else(|| self.machine.steps());
        Resources { instances: instances.collect(), memory_holes, steps }
    }

    /// The segments of the run by what they are for.
    fn pie_segments(&self) -> Result<Segments, PieError> {
        let memory = &self.machine.memory;
        let size_of = |segment: i32| self.sizes.get(segment as usize).copied().unwrap_or(0);
        let ap = self.machine.registers().ap;
        let mut builtins = Vec::new();
        for runner in self.machine.builtins.runners() {
            builtins.push((runner.name(), self.builtin_segment(runner.name())?));
        }
        let above = |at: usize| {
            let offset = (self.program.builtins().len() + at) as i64;
            Relocatable::new(ap.segment, offset)
        };
        let return_fp = return_segment(memory, above(0))?;
        let return_pc = return_segment(memory, above(1))?;
        for (what, segment) in [("ret_fp_segment", return_fp), ("ret_pc_segment", return_pc)] {
            let size = size_of(segment.segment);
            if size != 0 {
                return Err(PieErrorKind::ReturnSegment { what, size }.into());
            }
        }
        if return_fp.offset != 0 || return_pc.offset != 0 {
            return Err(PieErrorKind::Offset.into());
        }
        let info = |segment: i32, size| SegmentInfo { index: segment as u64, size };
        let mut segments = Segments {
            program: info(0, self.program.data().len() as u64),
            execution: info(ap.segment, ap.offset.max(0).cast_unsigned()),
            return_fp: info(return_fp.segment, 0),
            return_pc: info(return_pc.segment, 0),
            builtins,
            extra: Vec::new(),
        };
        let mut known = vec![false; memory.segment_count()];
        for segment in segments.in_order() {
            match known.get_mut(segment.index as usize) {
                Some(known) if !*known => *known = true,
                _ => return Err(PieErrorKind::SegmentTwice(segment.index as i32).into()),
            }
        }
        let extra = (0..memory.segment_count() as i32).filter(|number| !known[*number as usize]);
        segments.extra = extra.map(|number| info(number, size_of(number))).collect();
        Ok(segments)
    }

    /// The segment of a builtin, as long as what the program used of it.
    fn builtin_segment(&self, builtin: BuiltinName) -> Result<SegmentInfo, PieError> {
        let runner = self.machine.builtins.get(builtin);
        let runner = runner.filter(|_| self.original_steps.is_some());
        let runner = runner.ok_or(PieErrorKind::NoStopPointer(builtin))?;
        let base = runner.base();
        if base.offset != 0 {
            return Err(PieErrorKind::BuiltinOffset { builtin, offset: base.offset }.into());
        }
        let size = runner.stop_pointer(&self.machine.memory).offset.max(0).cast_unsigned();
        Ok(SegmentInfo { index: base.segment as u64, size })
    }
}

/// The address at `at`, where the first frame has what it returns to.
fn return_segment(memory: &Memory, at: Relocatable) -> Result<Relocatable, PieError> {
    match memory.get(at) {
        Some(Value::Relocatable(address)) => Ok(address),
        Some(value) => Err(PieErrorKind::NotAnAddress(value).into()),
        None => Err(PieErrorKind::Unknown(at).into()),
    }
}

/// How a file that may have this many bytes is put into the archive: without the time, so that the
/// bytes do not depend on it.
fn options(most_bytes: u64) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o600)
        .large_file(most_bytes >= LONG)
}
