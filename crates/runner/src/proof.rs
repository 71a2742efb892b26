//! What a run in proof mode has beyond another: the sizes its segments get in the proof, and its
//! public memory (`finalize_segments` in cairo-lang's `cairo_runner.py`).

use cairo_zero_builtins::Output;
use cairo_zero_core::{BuiltinName, Relocatable};
use cairo_zero_executor::Machine;

use crate::allocation::Allocation;
use crate::{Layout, RunError};

/// What a run in proof mode has beyond another.
pub(crate) struct Proof {
    /// The layout's name.
    pub(crate) layout: &'static str,
    /// The zero segment, if a builtin needs one.
    pub(crate) zeros: Option<Relocatable>,
    /// What is known of a run that was taken to its end.
    pub(crate) finished: Option<Finished>,
}

/// What a proof says about a run that was taken to its end.
pub(crate) struct Finished {
    /// The cells that the verifier sees, in their order.
    pub(crate) public_memory: Vec<Public>,
    /// For each builtin the number of cells used, and of cells there are.
    pub(crate) usage: Vec<(BuiltinName, u64, u128)>,
}

/// A stretch of the public memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Public {
    /// Its first cell.
    pub(crate) first: Relocatable,
    /// How many cells it has.
    pub(crate) cells: u64,
    /// The page all of them are on.
    pub(crate) page: u64,
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

impl Finished {
    /// The sizes of the segments in a proof, with what else it says about the run.
    ///
    /// # Errors
    /// When the layout has no room for what a builtin has used, or a segment is longer than it may
    /// be.
    pub(crate) fn new(
        machine: &Machine,
        layout: &Layout,
        frame: &Frame,
    ) -> Result<(Vec<u64>, Self), RunError> {
        let memory = &machine.memory;
        let allocation =
            Allocation { layout, steps: machine.steps(), memory, builtins: &machine.builtins };
        let used: Vec<u64> = memory.segments().iter().map(|segment| segment.used_size()).collect();
        let mut sizes = used.clone();
        let start = |segment| Relocatable::new(segment, 0);
        let ap = machine.registers().ap;
        let returned = ap.offset.saturating_sub(frame.stop_pointers.offset).max(0).cast_unsigned();
        let mut public_memory = vec![
            Public { first: start(0), cells: frame.program, page: 0 },
            Public { first: start(ap.segment), cells: frame.arguments, page: 0 },
            Public { first: frame.stop_pointers, cells: returned, page: 0 },
        ];
        sizes[0] = frame.program;
        let mut usage = Vec::new();
        for runner in machine.builtins.runners() {
            let (used, size) = allocation.cells(runner)?;
            usage.push((runner.name(), used, size));
            sizes[runner.base().segment as usize] = u64::try_from(size).unwrap_or(u64::MAX);
            if let Some(output) = runner.downcast::<Output>() {
                push_pages(output, runner.base(), used, &mut public_memory)?;
            }
        }
        Ok((sizes, Self { public_memory, usage }))
    }
}

/// Adds the cells of the output, each stretch with its page.
fn push_pages(
    output: &Output,
    base: Relocatable,
    used: u64,
    public: &mut Vec<Public>,
) -> Result<(), RunError> {
    let pages = output.page_of_cells(used)?;
    // The offsets of the public memory are those in the segment, wherever the output begins.
    let first = |offset: u64| Relocatable::new(base.segment, offset.cast_signed());
    let mut at = 0;
    for (offset, page) in pages {
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
    Ok(())
}
