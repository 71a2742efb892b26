//! [`write_file`]: the page with its data in it, as one file that needs no server.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::Registers;
use serde_json::{Value as Json, json};

use crate::Tracing;
use crate::page::{Page, base64};
use crate::state::value_text;

/// The most steps that a file holds: the last ones.
const MOST_STEPS: u64 = 200_000;

/// The most bytes of cells of the execution segment, and of all others together.
const MOST_STACK: usize = 4 << 20;
const MOST_OTHERS: usize = 2 << 20;

/// The first cells of the execution segment that every file has.
const FIRST_CELLS: u64 = 1000;

/// The most instructions of the listing, and bytes of the sources.
const MOST_ROWS: usize = 100_000;
const MOST_SOURCES: usize = 8 << 20;

/// The most names of all instructions together.
const MOST_NAMES: usize = 200_000;

/// The most bytes of what hints printed.
const MOST_PRINTS: usize = 1 << 20;

/// Writes the page with all that it needs inside: the last steps, and the memory, listing and
/// sources as far as they have room. It says what it holds.
///
/// # Errors
/// When `out` does not take it.
pub fn write_file(tracing: &Tracing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let data = data(tracing)?;
    out.write_all(Page::with_data(&data.to_string()).html.as_bytes())
}

fn data(tracing: &Tracing<'_>) -> io::Result<Json> {
    let first = tracing.steps.saturating_sub(MOST_STEPS);
    let (steps, registers) = encode(tracing, first);
    let (lists, names) = tracing.all_names(MOST_NAMES);
    Ok(json!({
        "about": serde_json::to_value(tracing.about())?,
        "first": first,
        "last": tracing.steps,
        "steps": steps,
        "segments": registers,
        "rows": serde_json::to_value(tracing.code.rows(0, MOST_ROWS))?,
        "sources": sources(tracing),
        "memory": cells(tracing),
        "lists": serde_json::to_value(lists)?,
        "names": names,
        "structs": tracing.structures(),
        "constants": tracing.constants(),
        "prints": prints(tracing),
    }))
}

/// The registers of the positions from `first` on: the offsets as base64 of the differences from one
/// position to the next, each as a variable-length number of which the lowest bit is the sign; and
/// the segments, at each position where one changes. A register with a number has that for its
/// segment, and no offset.
fn encode(tracing: &Tracing<'_>, first: u64) -> (String, Vec<Json>) {
    let mut bytes = Vec::new();
    let mut changes = Vec::new();
    let mut segments: Option<[Json; 3]> = None;
    let mut offsets = [0_i64; 3];
    // A walk over so few steps is never too long.
    let _ = tracing.walk_all(first, |position, registers| {
        let Registers { pc, ap, fp } = *registers;
        let parts = [pc, Value::Relocatable(ap), fp].map(|value| match value {
            Value::Relocatable(at) => (json!(at.segment), at.offset),
            Value::Felt(_) => (json!(value_text(value)), 0),
        });
        let now = parts.clone().map(|(segment, _)| segment);
        if segments.as_ref() != Some(&now) {
            let [pc, ap, fp] = now.clone();
            changes.push(json!([position, pc, ap, fp]));
            segments = Some(now);
        }
        for (offset, (_, next)) in offsets.iter_mut().zip(parts) {
            push_number(next.wrapping_sub(*offset), &mut bytes);
            *offset = next;
        }
    });
    (base64(&bytes), changes)
}

impl Tracing<'_> {
    /// Visits every position from `first` on; of many at which the run rests, each.
    fn walk_all(&self, first: u64, mut visit: impl FnMut(u64, &Registers)) -> Result<(), ()> {
        let mut next = first;
        let walked = self.walk(first, u64::MAX, |at| {
            let resting = at.before.copied().unwrap_or(*at.registers);
            while next < at.position {
                visit(next, &resting);
                next += 1;
            }
            visit(at.position, at.registers);
            next = at.position + 1;
            ControlFlow::Continue(())
        });
        walked.map_err(drop)
    }
}

fn push_number(number: i64, bytes: &mut Vec<u8>) {
    let mut left = (number << 1 ^ number >> 63).cast_unsigned();
    while left >= 0x80 {
        bytes.push(left as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
}

/// The source files, as far as they are there and have room.
fn sources(tracing: &Tracing<'_>) -> Vec<Json> {
    let mut left = MOST_SOURCES;
    let files = (0..).zip(tracing.code.files());
    files
        .map(|(file, _)| {
            let text = tracing.code.source(file).filter(|text| text.len() <= left);
            left -= text.as_ref().map_or(0, String::len);
            json!({ "text": text, "lines": tracing.code.entries(file) })
        })
        .collect()
}

/// Cells by segment: stretches of cells that are set or were not far from one that is, as the offset
/// of the first and the values with commas between them; numbers without their `0x`.
fn cells(tracing: &Tracing<'_>) -> BTreeMap<i32, Vec<Json>> {
    let memory = tracing.memory;
    let execution = tracing.start.ap.segment;
    let mut all = BTreeMap::new();
    let mut others = MOST_OTHERS;
    let real = 0..memory.segment_count() as i32;
    let temporary = (1..=memory.temporary_count() as i32).map(|number| -number);
    for number in real.chain(temporary) {
        let Some(segment) = memory.segment(number) else { continue };
        let mut stretches = Stretches::default();
        if number == execution {
            let size = segment.used_size();
            let room = (MOST_STACK / 8) as u64;
            let mut left = MOST_STACK;
            // The last cells are those that the last steps get at.
            let first = last_cells(tracing, number, size, left).max(size.saturating_sub(room));
            stretches.add(tracing, number, 0..FIRST_CELLS.min(first), &mut left);
            stretches.add(tracing, number, first..size, &mut left);
        } else {
            stretches.add(tracing, number, 0..u64::MAX, &mut others);
        }
        if !stretches.done.is_empty() {
            all.insert(number, stretches.finish());
        }
        if others == 0 {
            break;
        }
    }
    all
}

/// The first of the last cells whose texts have room in so many bytes.
fn last_cells(tracing: &Tracing<'_>, number: i32, size: u64, bytes: usize) -> u64 {
    let mut left = bytes - (bytes / 8);
    let mut offset = size;
    while offset > 0 {
        let at = Relocatable::new(number, (offset - 1).cast_signed());
        let taken = tracing.memory.get(at).map_or(0, |value| value_text(value).len()) + 1;
        match left.checked_sub(taken) {
            Some(rest) => left = rest,
            None => break,
        }
        offset -= 1;
    }
    offset
}

/// Stretches of cells in the making.
#[derive(Default)]
struct Stretches {
    done: Vec<(u64, String)>,
    /// The offset behind the last cell.
    end: u64,
}

/// A gap of more cells ends a stretch.
const GAP: u64 = 16;

impl Stretches {
    fn add(
        &mut self,
        tracing: &Tracing<'_>,
        number: i32,
        range: std::ops::Range<u64>,
        left: &mut usize,
    ) {
        let Some(segment) = tracing.memory.segment(number) else { return };
        for (offset, _) in segment.iter_from(range.start) {
            let at = Relocatable::new(number, offset.cast_signed());
            let Some(value) = tracing.memory.get(at).filter(|_| offset < range.end) else { break };
            let text = value_text(value);
            let Some(rest) = left.checked_sub(text.len() + 1) else {
                *left = 0;
                break;
            };
            *left = rest;
            let text = text.strip_prefix("0x").unwrap_or(&text);
            match self.done.last_mut() {
                Some((_, cells)) if offset >= self.end && offset - self.end <= GAP => {
                    cells.extend(std::iter::repeat_n(',', (offset - self.end) as usize + 1));
                    cells.push_str(text);
                }
                _ => self.done.push((offset, text.to_owned())),
            }
            self.end = offset + 1;
        }
    }

    fn finish(self) -> Vec<Json> {
        self.done.into_iter().map(|(from, cells)| json!([from, cells])).collect()
    }
}

/// What hints printed, as far as it has room: the last of it.
fn prints(tracing: &Tracing<'_>) -> Vec<Json> {
    let mut left = MOST_PRINTS;
    let mut prints = Vec::new();
    for print in tracing.setting.prints.iter().rev() {
        let Some(rest) = left.checked_sub(print.text.len()) else { break };
        left = rest;
        prints.push(json!([print.step, value_text(print.pc), print.text]));
    }
    prints.reverse();
    prints
}
