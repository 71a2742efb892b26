//! What pages see of memory and of the run as a whole.

use cairo_zero_core::Relocatable;
use serde::Serialize;

use crate::Tracing;
use crate::access::{Reads, Writer};
use crate::engine::Usage;
use crate::state::{address_text, value_text};

/// Segments and names beyond so many are left out.
const MOST: usize = 20_000;

/// The most cells of one answer.
const MOST_CELLS: u64 = 4096;

/// Readers of a cell that are told of.
const MOST_READS: usize = 60;

/// What is always known of a run.
#[derive(Debug, Serialize)]
pub(crate) struct About<'a> {
    title: &'a str,
    layout: &'a str,
    steps: u64,
    /// Whether some steps could not be found again, because hints have taken cells back.
    lost: u64,
    failed: bool,
    error: Option<&'a str>,
    prime: &'static str,
    segments: Vec<SegmentRow>,
    /// How many segments there are.
    segment_count: usize,
    builtins: &'a [Usage],
    files: &'a [String],
    functions: Vec<crate::code::Named<'a>>,
    labels: Vec<crate::code::Named<'a>>,
    rows: usize,
    prints: usize,
    prints_cut: bool,
    has_hints: bool,
    timeline: &'a [crate::engine::Bucket],
}

/// A segment.
#[derive(Debug, Serialize)]
pub(crate) struct SegmentRow {
    number: i32,
    /// One more than its last offset.
    pub(crate) size: u64,
    /// Where it begins after relocation.
    base: Option<u64>,
    name: String,
}

/// Cells one behind the other.
#[derive(Debug, Serialize)]
pub(crate) struct Window {
    segment: i32,
    from: u64,
    cells: Vec<Option<String>>,
    /// The first set cell behind them.
    next: Option<u64>,
    size: u64,
}

/// What there is to see of a cell.
#[derive(Debug, Serialize)]
pub(crate) struct CellView {
    at: String,
    value: Option<String>,
    /// Who wrote it; `None` if that takes too long to find.
    writer: Option<Writer>,
    reads: Reads,
}

/// The prime, `2^251 + 17 * 2^192 + 1`.
const PRIME: &str = "0x800000000000011000000000000000000000000000000000000000000000001";

impl Tracing<'_> {
    pub(crate) fn about(&self) -> About<'_> {
        About {
            title: &self.setting.title,
            layout: self.setting.layout.name,
            steps: self.steps,
            lost: self.made - self.steps,
            failed: self.failed,
            error: self.setting.error.as_deref(),
            prime: PRIME,
            segments: self.segments(),
            segment_count: self.memory.segment_count() + self.memory.temporary_count(),
            builtins: &self.builtins,
            files: self.code.files(),
            functions: self.code.names(false).take(MOST).collect(),
            labels: self.code.names(true).take(MOST).collect(),
            rows: self.code.row_count(),
            prints: self.setting.prints.len(),
            prints_cut: self.setting.prints_cut,
            has_hints: self.code.programs().any(|program| !program.hints().is_empty()),
            timeline: &self.timeline,
        }
    }

    fn segments(&self) -> Vec<SegmentRow> {
        let real = (0..self.memory.segment_count() as i32).take(MOST);
        let temporary = (1..=self.memory.temporary_count() as i32).take(MOST).map(|number| -number);
        let row = |number: i32| {
            let bases = self.table.as_ref().map_or(&[][..], |table| table.bases());
            SegmentRow {
                number,
                size: self.memory.segment(number).map_or(0, |segment| segment.used_size()),
                base: usize::try_from(number).ok().and_then(|at| bases.get(at)).copied(),
                name: self.segment_name(number),
            }
        };
        real.chain(temporary).map(row).collect()
    }

    fn segment_name(&self, number: i32) -> String {
        let at = Relocatable::new(number, 0);
        if number == 0 {
            return String::from("program");
        }
        if number == self.start.ap.segment {
            return String::from("execution");
        }
        if number < 0 {
            return String::from("temporary");
        }
        if let Some(name) = self.builtin_of(at) {
            return name.to_owned();
        }
        // What the first frame returns to: segments of their own, outside proof mode.
        let below = |cells: i64| {
            let at = self.start.fp.relocatable()?.checked_add(-cells)?;
            self.memory.get(at)?.relocatable()
        };
        match [below(2), below(1)] {
            [Some(fp), _] if fp == at => String::from("return fp"),
            [_, Some(pc)] if pc == at => String::from("return pc"),
            _ => String::new(),
        }
    }

    /// `count` cells of a segment.
    pub(crate) fn window(&self, number: i32, from: u64, count: u64) -> Option<Window> {
        let segment = self.memory.segment(number)?;
        let count = count.min(MOST_CELLS);
        let size = segment.used_size();
        let end = from.saturating_add(count).min(size);
        let cells = (from..end).map(|offset| {
            let at = Relocatable::new(number, i64::try_from(offset).ok()?);
            self.memory.get(at).map(value_text)
        });
        let next = segment.iter_from(end).next().map(|(offset, _)| offset);
        Some(Window { segment: number, from, cells: cells.collect(), next, size })
    }

    /// What there is to see of a cell.
    pub(crate) fn cell(&self, at: Relocatable) -> CellView {
        let writer = self.writer(at).ok();
        let written = writer.as_ref().and_then(|writer| writer.step);
        CellView {
            at: address_text(at),
            value: self.memory.get(at).map(value_text),
            reads: self.reads(at, written, MOST_READS),
            writer,
        }
    }
}
