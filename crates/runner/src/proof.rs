//! What a run in proof mode has beyond another: the sizes its segments get in the proof, and its
//! public memory (`finalize_segments` in cairo-lang's `cairo_runner.py`).

use std::collections::BTreeMap;

use cairo_zero_builtins::Output;
use cairo_zero_core::{BuiltinName, Relocatable};
use cairo_zero_executor::Machine;

use crate::allocation::Allocation;
use crate::{Layout, RunError};

/// What a run in proof mode has beyond another.
pub(crate) struct Proof {
    /// The layout's name.
    pub(crate) layout: &'static str,
    /// Whether the last step moved no register: its registers are those of the machine, and no
    /// instruction has failed.
    pub(crate) at_rest: bool,
    /// The zero segment, if a builtin needs one.
    pub(crate) zeros: Option<Relocatable>,
    /// The cells of each segment that the verifier sees, in their order.
    pub(crate) public_memory: BTreeMap<i32, Vec<Public>>,
    /// For each builtin the number of cells used, and of cells there are; known of a run that was
    /// taken to its end.
    pub(crate) usage: Option<Vec<(BuiltinName, u64, u128)>>,
}

/// A stretch of the public memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Public {
    /// Its first cell.
    pub(crate) first: Relocatable,
    /// How many cells it has.
    pub(crate) cells: u64,
    /// The page all of them are on.
    pub(crate) page: i128,
}

/// Where the parts of the execution segment that are public lie.
pub(crate) struct Frame {
    /// The program's length in cells.
    pub(crate) program: u64,
    /// Cells at the start of the execution segment: the first frame and the arguments.
    pub(crate) arguments: u64,
    /// The first of the stop pointers, which end at the final `ap`.
    pub(crate) stop_pointers: Relocatable,
}

impl Proof {
    /// What is known of a run wherever it ended: the public memory that hints have named.
    pub(crate) fn new(
        layout: &'static str,
        at_rest: bool,
        zeros: Option<Relocatable>,
        machine: &Machine,
    ) -> Self {
        let count = machine.memory.segment_count();
        let is_there = |segment: i32| usize::try_from(segment).is_ok_and(|index| index < count);
        let named = machine.public_memory.iter().filter(|(segment, _)| is_there(**segment));
        let public_memory = named.map(|(segment, cells)| {
            let cell = |(offset, page): &(i64, i64)| Public {
                first: Relocatable::new(*segment, *offset),
                cells: 1,
                page: (*page).into(),
            };
            (*segment, cells.iter().map(cell).collect())
        });
        Self { layout, at_rest, zeros, public_memory: public_memory.collect(), usage: None }
    }

    /// Adds what is known of a run that was taken to its end, and puts the sizes that the program,
    /// the builtins and the zero segment have in a proof into `sizes`. What hints have said of those
    /// does not count.
    ///
    /// # Errors
    /// When the layout has no room for what a builtin has used, or pages of the output overlap.
    pub(crate) fn finish(
        &mut self,
        machine: &Machine,
        layout: &Layout,
        frame: &Frame,
        sizes: &mut [i128],
    ) -> Result<(), RunError> {
        let memory = &machine.memory;
        let allocation =
            Allocation { layout, steps: machine.steps(), memory, builtins: &machine.builtins };
        let stretch = |first, cells| Public { first, cells, page: 0 };
        let start = |segment| Relocatable::new(segment, 0);
        let ap = machine.registers().ap;
        let returned = ap.offset.saturating_sub(frame.stop_pointers.offset).max(0).cast_unsigned();
        self.public_memory.insert(0, vec![stretch(start(0), frame.program)]);
        let stack = [(start(ap.segment), frame.arguments), (frame.stop_pointers, returned)];
        let stack = stack.map(|(first, cells)| stretch(first, cells));
        self.public_memory.insert(ap.segment, stack.into());
        sizes[0] = frame.program.into();
        let mut usage = Vec::new();
        for runner in machine.builtins.runners() {
            let (used, size) = allocation.cells(runner)?;
            usage.push((runner.name(), used, size));
            let segment = runner.base().segment;
            if let Some(known) = usize::try_from(segment).ok().and_then(|at| sizes.get_mut(at)) {
                *known = size.cast_signed();
            }
            let output = runner.downcast::<Output>();
            let public = output.map(|output| pages(output, runner.base(), used)).transpose()?;
            self.public_memory.insert(segment, public.unwrap_or_default());
        }
        if let Some(zeros) = self.zeros {
            sizes[zeros.segment as usize] = machine.builtins.zeros_needed().into();
            self.public_memory.remove(&zeros.segment);
        }
        self.usage = Some(usage);
        Ok(())
    }
}

/// The cells of the output, each stretch with its page.
fn pages(output: &Output, base: Relocatable, used: u64) -> Result<Vec<Public>, RunError> {
    let mut public: Vec<Public> = Vec::new();
    let pages = output.page_of_cells(used)?;
    // The offsets of the public memory are those in the segment, wherever the output begins.
    let first = |offset: u64| Relocatable::new(base.segment, offset.cast_signed());
    let mut at = 0;
    for (offset, page) in pages {
        let page = i128::from(page);
        if offset > at {
            public.push(Public { first: first(at), cells: offset - at, page: 0 });
        }
        match public.last_mut() {
            Some(last) if last.page == page && offset == at && last.page != 0 => last.cells += 1,
            _ => public.push(Public { first: first(offset), cells: 1, page }),
        }
        at = offset + 1;
    }
    if at < used {
        public.push(Public { first: first(at), cells: used - at, page: 0 });
    }
    Ok(public)
}
