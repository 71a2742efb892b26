//! [`Tracing`]: the steps of a run that is over, found again by replaying from checkpoints.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{Registers, Replay};
use cairo_zero_memory::{Memory, RelocationTable};
use cairo_zero_runner::{Layout, Past};
use serde::Serialize;

use crate::TracerError;
use crate::code::Code;

/// Steps between two checkpoints: replaying so many takes less than a millisecond.
const STRIDE: u64 = 1 << 16;

/// Stretches of the timeline.
const BUCKETS: u64 = 1024;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Steps between two looks at the clock.
const BREATH: u64 = 1 << 16;

/// What is told of a run besides what it has left in memory.
#[derive(Debug, Clone)]
pub struct Setting {
    /// What the run is called.
    pub title: String,
    /// Its layout.
    pub layout: Layout,
    /// Why it failed, if it did.
    pub error: Option<String>,
    /// What its hints printed.
    pub prints: Vec<Print>,
    /// Whether that was too much to be kept whole.
    pub prints_cut: bool,
}

/// What the hints of one instruction printed at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// The number of steps made before.
    pub step: u64,
    /// The instruction.
    pub pc: Value,
    /// The text.
    pub text: String,
}

/// The steps of a run that is over.
///
/// Positions count from 0, the first step's, to the number of steps: the position behind the last
/// one is where the run ended or failed.
pub struct Tracing<'a> {
    pub(crate) memory: &'a Memory,
    pub(crate) code: Code,
    pub(crate) setting: Setting,
    pub(crate) table: Option<RelocationTable>,
    pub(crate) builtins: Vec<Usage>,
    pub(crate) start: Registers,
    pub(crate) failed: bool,
    /// The steps that the run made.
    pub(crate) made: u64,
    /// The steps that could be replayed.
    pub(crate) steps: u64,
    /// The registers at every [`STRIDE`]th position, as far as they move.
    checkpoints: Vec<Registers>,
    pub(crate) timeline: Vec<Bucket>,
}

/// How much of a builtin was used.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Usage {
    pub(crate) name: String,
    pub(crate) segment: i32,
    pub(crate) instances: u64,
    pub(crate) cells: u64,
    /// How many instances the layout has for so many steps; `None` where there is no such limit.
    pub(crate) capacity: Option<u64>,
}

/// Smallest, largest and last values of a stretch of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Bucket {
    pub(crate) ap: [u64; 3],
    pub(crate) depth: [u64; 3],
}

/// What was met on a walk.
pub(crate) struct At<'r> {
    pub(crate) position: u64,
    pub(crate) registers: &'r Registers,
    /// The registers of the position before.
    pub(crate) before: Option<&'r Registers>,
}

/// An answer would have taken too long; how far it had got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong(pub(crate) u64);

impl<'a> Tracing<'a> {
    /// Replays a run and leaves checkpoints. `table` says where its segments are, if they have places.
    ///
    /// # Errors
    /// When debug information is malformed.
    pub fn of(
        past: &Past<'a>,
        table: Option<RelocationTable>,
        setting: Setting,
    ) -> Result<Self, TracerError> {
        let memory = past.memory();
        let mut tracing = Self {
            memory,
            code: Code::of(past)?,
            table,
            builtins: usage(past.builtins(), memory, &setting.layout, past.steps()),
            failed: setting.error.is_some(),
            setting,
            start: past.start(),
            made: past.steps(),
            steps: past.steps(),
            checkpoints: Vec::new(),
            timeline: Vec::new(),
        };
        tracing.replay(past.replay());
        Ok(tracing)
    }

    /// Leaves checkpoints and draws the timeline.
    fn replay(&mut self, mut replay: Replay<'_>) {
        let mut pen = Pen::new(self.made, self.start);
        let mut step = 0_u64;
        loop {
            if step.is_multiple_of(STRIDE) {
                self.checkpoints.push(replay.registers());
            }
            let left = STRIDE - step % STRIDE;
            let before = replay.left();
            if replay.registers_by_offsets().is_some() {
                replay.by_offsets(left, |[_, ap, fp]| pen.draw(ap, fp));
                step += before - replay.left();
                if step.is_multiple_of(STRIDE) && before != replay.left() {
                    continue;
                }
            }
            let registers = replay.registers();
            let fp = registers.fp.relocatable().map_or(0, |fp| fp.offset);
            if replay.left() == 0 {
                break;
            }
            pen.draw(registers.ap.offset.max(0).cast_unsigned(), fp.max(0).cast_unsigned());
            if replay.next().is_none() {
                break;
            }
            // A step that memory does not tell is where a replay stays.
            if !replay.is_at_rest() && replay.left() == 0 && replay.registers() == registers {
                break;
            }
            step += 1;
            if replay.is_at_rest() {
                step += replay.left();
                pen.rest(replay.left());
                break;
            }
        }
        self.steps = step;
        self.timeline = pen.finish();
    }

    /// The number of steps, which is also the last position.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// The registers at a position; those of the last one for one beyond.
    #[must_use]
    pub fn registers(&self, position: u64) -> Registers {
        let mut found = self.start;
        // So few steps are never too many.
        let _ = self.walk(position.min(self.steps), self.steps + 1, |at| {
            found = *at.registers;
            ControlFlow::Break(())
        });
        found
    }

    /// The checkpoint at or before a position.
    const fn checkpoint(&self, position: u64) -> usize {
        let index = (position / STRIDE) as usize;
        let last = self.checkpoints.len().saturating_sub(1);
        if index < last { index } else { last }
    }

    /// Visits the positions from `from` to below `to`, in order. Of positions at which the run rests,
    /// one after the other, it visits the first and the last alone.
    pub(crate) fn walk(
        &self,
        from: u64,
        to: u64,
        visit: impl FnMut(At<'_>) -> ControlFlow<()>,
    ) -> Result<(), TooLong> {
        self.walk_until(from, to, Instant::now() + PATIENCE, visit)
    }

    pub(crate) fn walk_until(
        &self,
        from: u64,
        to: u64,
        deadline: Instant,
        mut visit: impl FnMut(At<'_>) -> ControlFlow<()>,
    ) -> Result<(), TooLong> {
        let to = to.min(self.steps + 1);
        let checkpoint = self.checkpoint(from.saturating_sub(1));
        let mut position = checkpoint as u64 * STRIDE;
        let Some(registers) = self.checkpoints.get(checkpoint) else { return Ok(()) };
        let mut replay = Replay::new(self.memory, *registers, self.steps - position);
        let mut before = None;
        loop {
            if position + 1 < from {
                let left = replay.left();
                replay.by_offsets(from - 1 - position, |_| {});
                position += left - replay.left();
            }
            let registers = replay.registers();
            let mut show = |position: u64, before: Option<&Registers>| {
                if position < from || position >= to {
                    return ControlFlow::Continue(());
                }
                visit(At { position, registers: &registers, before })
            };
            if replay.is_at_rest() {
                let first = position.max(from);
                let done = show(first, before.as_ref());
                if done.is_continue() && to.saturating_sub(1) > first {
                    let _ = show(to - 1, Some(&registers));
                }
                return Ok(());
            }
            if position >= to || show(position, before.as_ref()).is_break() {
                return Ok(());
            }
            if replay.next().is_none() {
                return Ok(());
            }
            before = Some(registers);
            position += 1;
            if position.is_multiple_of(BREATH) && Instant::now() > deadline {
                return Err(TooLong(position));
            }
        }
    }

    /// The first position from `from` on that `test` takes.
    pub(crate) fn first(
        &self,
        from: u64,
        mut test: impl FnMut(At<'_>) -> bool,
    ) -> Result<Option<u64>, TooLong> {
        let mut found = None;
        self.walk(from, u64::MAX, |at| {
            let position = at.position;
            if test(at) {
                found = Some(position);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// The last position below `to` that `test` takes.
    pub(crate) fn last(
        &self,
        to: u64,
        mut test: impl FnMut(At<'_>) -> bool,
    ) -> Result<Option<u64>, TooLong> {
        let deadline = Instant::now() + PATIENCE;
        let mut end = to.min(self.steps + 1);
        while end > 0 {
            let begin = self.checkpoint(end - 1) as u64 * STRIDE;
            let mut found = None;
            self.walk_until(begin, end, deadline, |at| {
                let position = at.position;
                if test(at) {
                    found = Some(position);
                }
                ControlFlow::Continue(())
            })?;
            if found.is_some() {
                return Ok(found);
            }
            if Instant::now() > deadline {
                return Err(TooLong(begin));
            }
            end = begin;
        }
        Ok(None)
    }

    /// The frame that the one at `fp` was called from, and where it returns to.
    pub(crate) fn caller(&self, fp: Value) -> Option<(Value, Value)> {
        let at = fp.relocatable()?;
        let first = self.start.fp.relocatable()?;
        if at.segment != first.segment || at.offset <= first.offset {
            return None;
        }
        let below = |cells: i64| self.memory.get(at.checked_add(-cells)?);
        let (caller, back) = (below(2)?, below(1)?);
        // A frame lies behind the one that called it: the chain has an end.
        let frame = caller.relocatable()?;
        (frame.segment == at.segment && frame.offset < at.offset).then_some((caller, back))
    }

    /// The builtin that has an address.
    pub(crate) fn builtin_of(&self, at: Relocatable) -> Option<&str> {
        let usage = self.builtins.iter().find(|usage| usage.segment == at.segment)?;
        Some(&usage.name)
    }
}

/// How much of each builtin was used.
fn usage(builtins: &Builtins, memory: &Memory, layout: &Layout, steps: u64) -> Vec<Usage> {
    let of = |runner: &cairo_zero_builtins::Runner| {
        let capacity = layout.ratio(runner.name()).map(|ratio| {
            let instances = u128::from(steps) * u128::from(ratio.instances);
            let capacity = instances.checked_div(ratio.steps.into()).unwrap_or_default();
            u64::try_from(capacity).unwrap_or(u64::MAX)
        });
        Usage {
            name: runner.name().to_string(),
            segment: runner.base().segment,
            instances: runner.used_instances(memory),
            cells: runner.used_cells(memory),
            capacity,
        }
    };
    builtins.runners().iter().map(of).collect()
}

/// Draws the timeline.
struct Pen {
    /// Steps of a bucket.
    width: u64,
    left: u64,
    fp: u64,
    depth: u64,
    now: Option<Bucket>,
    done: Vec<Bucket>,
}

impl Pen {
    fn new(steps: u64, start: Registers) -> Self {
        let width = steps.div_ceil(BUCKETS).max(1);
        let fp = start.fp.relocatable().map_or(0, |fp| fp.offset).max(0).cast_unsigned();
        Self { width, left: width, fp, depth: 0, now: None, done: Vec::new() }
    }

    /// Notes a step.
    #[inline]
    fn draw(&mut self, ap: u64, fp: u64) {
        if fp != self.fp {
            let up = fp > self.fp;
            self.depth = if up { self.depth + 1 } else { self.depth.saturating_sub(1) };
            self.fp = fp;
        }
        let depth = self.depth;
        match &mut self.now {
            Some(Bucket { ap: aps, depth: depths }) => {
                *aps = [aps[0].min(ap), aps[1].max(ap), ap];
                *depths = [depths[0].min(depth), depths[1].max(depth), depth];
            }
            now => *now = Some(Bucket { ap: [ap; 3], depth: [depth; 3] }),
        }
        self.left -= 1;
        if self.left == 0 {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.done.extend(self.now.take());
        self.left = self.width;
    }

    /// Notes that the last step was repeated.
    fn rest(&mut self, steps: u64) {
        let last = self.now.or_else(|| self.done.last().copied());
        let Some(last) = last else { return };
        let like = Bucket { ap: [last.ap[2]; 3], depth: [last.depth[2]; 3] };
        if steps >= self.left && self.now.is_some() {
            let left = self.left;
            self.turn();
            return self.rest_of(steps - left, like);
        }
        self.rest_of(steps, like);
    }

    fn rest_of(&mut self, steps: u64, like: Bucket) {
        let whole = (steps / self.width).min(BUCKETS);
        self.done.extend(std::iter::repeat_n(like, whole as usize));
    }

    fn finish(mut self) -> Vec<Bucket> {
        self.turn();
        self.done
    }
}
