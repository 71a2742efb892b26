//! [`Profile`]: how often a run came to each instruction by each way of calls, read off its replay.

use std::collections::{HashMap, HashSet};

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_executor::Registers;
use cairo_zero_runner::Past;

use crate::InsightError;
use crate::code::{Code, Effect, Number};
use crate::error::Kind;

/// The number of a way of calls; 0 is that of no calls.
pub(crate) type Way = u32;

/// Where calls are this deep, recursion is folded into the ways that there are.
const DEEPEST: u32 = 512;

/// The sum of all ways' depths from which on recursion is folded at any depth.
const MOST_FRAMES: u64 = 1 << 20;

/// Instructions further than this from the first one that was met on some way are counted apart.
const WINDOW: Number = 1 << 12;

/// Cells at offsets from here on are remembered one by one.
const DENSE: i64 = 1 << 28;

/// How often a run came to each instruction, by the calls that led there.
pub struct Profile {
    pub(crate) code: Code,
    pub(crate) steps: u64,
    pub(crate) builtins: Vec<BuiltinName>,
    ways: Vec<Counts>,
    /// Steps far from the others of their way.
    far: HashMap<(Way, Number), u64>,
    /// Cells and instances that are not known from the number of steps.
    extra: HashMap<(Way, Number), Extra>,
    failed_at: Option<Number>,
}

/// A way of calls, and the steps made there.
struct Counts {
    caller: Way,
    /// The instruction that the last call returns to.
    back: Number,
    depth: u32,
    /// The number of the first instruction that is counted.
    low: Number,
    /// Its steps, and those of the ones behind it.
    steps: Vec<u64>,
}

/// What instructions on a way have used besides what their numbers of steps tell.
#[derive(Clone, Default)]
struct Extra {
    cells: u64,
    /// Of each builtin.
    instances: Vec<u64>,
}

/// What an instruction on a way of calls has used.
pub(crate) struct Sample {
    pub(crate) way: Way,
    pub(crate) at: Number,
    pub(crate) steps: u64,
    /// The cells of the execution segment that it took, and those elsewhere that it met first.
    pub(crate) cells: u64,
    /// Instances of each builtin whose first cell it met.
    pub(crate) instances: Vec<u64>,
}

impl Profile {
    /// Replays a run and counts.
    ///
    /// # Errors
    /// When debug information is malformed, or memory is not that of such a run.
    pub fn of(past: &Past<'_>) -> Result<Self, InsightError> {
        let mut code = Code::of(past)?;
        let failed_at = past.failed_at().map(|pc| code.number(pc));
        let mut recorder = Recorder::new(past, code);
        recorder.replay(past)?;
        let Recorder { code, ways, far, extra, .. } = recorder;
        let builtins = past.builtins().runners().iter().map(|runner| runner.name()).collect();
        Ok(Self { code, steps: past.steps(), builtins, ways, far, extra, failed_at })
    }

    /// The instruction that failed, if the run ended so.
    pub(crate) const fn failed_at(&self) -> Option<Number> {
        self.failed_at
    }

    /// What was used where.
    pub(crate) fn samples(&self) -> impl Iterator<Item = Sample> + '_ {
        let near = (0..).zip(&self.ways).flat_map(|(way, counts)| {
            let numbered = (counts.low..).zip(&counts.steps);
            numbered.filter(|(_, steps)| **steps > 0).map(move |(at, steps)| (way, at, *steps))
        });
        let mut far: Vec<_> =
            self.far.iter().map(|((way, at), steps)| (*way, *at, *steps)).collect();
        far.sort_unstable();
        near.chain(far).map(|(way, at, steps)| {
            let extra = self.extra.get(&(way, at)).cloned().unwrap_or_default();
            let up = self.code.effect(at).up.unwrap_or_default();
            let cells = up.saturating_mul(steps).saturating_add(extra.cells);
            let mut instances = extra.instances;
            instances.resize(self.builtins.len(), 0);
            Sample { way, at, steps, cells, instances }
        })
    }

    /// The instructions that the calls of a way return to, the last call first.
    pub(crate) fn frames(&self, way: Way) -> impl Iterator<Item = Number> + '_ {
        let mut next = way;
        std::iter::from_fn(move || {
            let counts = self.ways.get(next as usize).filter(|_| next != 0)?;
            next = counts.caller;
            Some(counts.back)
        })
    }

    /// The instructions that calls return to.
    pub(crate) fn backs(&self) -> impl Iterator<Item = Number> + '_ {
        self.ways.iter().skip(1).map(|counts| counts.back)
    }

    /// How often each instruction was executed, by number.
    pub(crate) fn by_instruction(&self) -> Vec<u64> {
        let mut steps = vec![0_u64; self.code.words() as usize];
        for sample in self.samples() {
            if let Some(sum) = steps.get_mut(sample.at as usize) {
                *sum = sum.saturating_add(sample.steps);
            }
        }
        steps
    }
}

/// A profile in the making.
struct Recorder<'a> {
    past: Past<'a>,
    code: Code,
    effects: Vec<Option<Effect>>,
    ways: Vec<Counts>,
    /// The way that a call on a way leads to, by where it returns to.
    calls: HashMap<(Way, Number), Way>,
    /// The sum of all ways' depths.
    depths: u64,
    /// The frames that are open, with the ways that led there.
    open: Vec<(Value, Way)>,
    far: HashMap<(Way, Number), u64>,
    extra: HashMap<(Way, Number), Extra>,
    met: Met,
}

impl<'a> Recorder<'a> {
    fn new(past: &Past<'a>, code: Code) -> Self {
        let root = Counts { caller: 0, back: 0, depth: 0, low: Number::MAX, steps: Vec::new() };
        Self {
            past: *past,
            effects: vec![None; code.words() as usize],
            code,
            ways: vec![root],
            calls: HashMap::new(),
            depths: 0,
            open: vec![(past.start().fp, 0)],
            far: HashMap::new(),
            extra: HashMap::new(),
            met: Met::default(),
        }
    }

    fn replay(&mut self, past: &Past<'_>) -> Result<(), InsightError> {
        let mut replay = past.replay();
        let mut registers = replay.registers();
        let (mut fp, mut way) = (registers.fp, 0);
        while replay.left() > 0 {
            if registers.fp != fp {
                way = self.enter(registers.fp);
                fp = registers.fp;
            }
            let at = self.code.number(registers.pc);
            let effect = self.effect(at);
            if effect.reaches
                && let Some(([_, _, op1], _)) = replay.operands()
            {
                self.reach(way, at, op1);
            }
            if replay.next().is_none() {
                break;
            }
            self.count(way, at, 1);
            let before = std::mem::replace(&mut registers, replay.registers());
            if effect.up.is_none() {
                self.move_up(way, at, &before, &registers);
            }
            if replay.is_at_rest() {
                self.count(way, at, replay.left());
                return Ok(());
            }
        }
        let made: u64 = past.steps();
        let counted = self.counted();
        if counted == made { Ok(()) } else { Err(Kind::Lost(counted).into()) }
    }

    fn counted(&self) -> u64 {
        let near = self.ways.iter().flat_map(|way| &way.steps).sum::<u64>();
        near + self.far.values().sum::<u64>()
    }

    #[inline]
    fn effect(&mut self, at: Number) -> Effect {
        match self.effects.get_mut(at as usize) {
            Some(Some(effect)) => *effect,
            Some(unknown) => *unknown.insert(self.code.effect(at)),
            None => self.code.effect(at),
        }
    }

    #[inline]
    fn count(&mut self, way: Way, at: Number, steps: u64) {
        let counts = &mut self.ways[way as usize];
        match counts.steps.get_mut(at.wrapping_sub(counts.low) as usize) {
            Some(sum) => *sum += steps,
            None => self.count_anew(way, at, steps),
        }
    }

    #[cold]
    fn count_anew(&mut self, way: Way, at: Number, steps: u64) {
        let Some(counts) = self.ways.get_mut(way as usize) else { return };
        if counts.steps.is_empty() {
            counts.low = at;
        }
        let end = counts.low.saturating_add(counts.steps.len() as Number);
        if at < counts.low && end - at <= WINDOW {
            let before = (counts.low - at) as usize;
            counts.steps.splice(0..0, std::iter::repeat_n(0, before));
            counts.low = at;
        } else if at >= counts.low && at - counts.low < WINDOW {
            counts.steps.resize((at - counts.low) as usize + 1, 0);
        } else {
            *self.far.entry((way, at)).or_default() += steps;
            return;
        }
        counts.steps[(at - counts.low) as usize] += steps;
    }

    /// The way to the frame at `fp`, which is another one than the step before had.
    fn enter(&mut self, fp: Value) -> Way {
        let last = self.open.last().map_or(fp, |(fp, _)| *fp);
        if let [.., (below, way), _] = self.open[..]
            && below == fp
        {
            self.open.pop();
            return way;
        }
        let way = match self.saved(fp) {
            Some((caller, back)) if caller == last && self.is_above_first(fp) => {
                let way = self.open.last().map_or(0, |(_, way)| *way);
                self.call(way, back)
            }
            _ => return self.enter_by_chain(fp),
        };
        self.open.push((fp, way));
        way
    }

    /// As [`Recorder::enter`], for a frame that was entered by no plain call or return.
    fn enter_by_chain(&mut self, fp: Value) -> Way {
        let mut frames = Vec::new();
        let mut at = fp;
        while frames.len() < DEEPEST as usize && self.is_above_first(at) {
            let Some((caller, back)) = self.saved(at) else { break };
            frames.push((at, back));
            at = caller;
        }
        self.open = vec![(at, 0)];
        let mut way = 0;
        for (fp, back) in frames.into_iter().rev() {
            way = self.call(way, back);
            self.open.push((fp, way));
        }
        way
    }

    /// What the frame at `fp` has saved: its caller's frame, and where it returns to.
    fn saved(&mut self, fp: Value) -> Option<(Value, Number)> {
        let below = |cells: i64| {
            let at = fp.relocatable()?.checked_add(-cells)?;
            self.past.memory().get(at)
        };
        let (caller, back) = (below(2)?, below(1)?);
        Some((caller, self.code.number(back)))
    }

    fn is_above_first(&self, fp: Value) -> bool {
        let first = self.past.start().fp.relocatable();
        let pair = fp.relocatable().zip(first);
        pair.is_some_and(|(fp, first)| fp.segment == first.segment && fp.offset > first.offset)
    }

    /// The way that a call on a way leads to.
    fn call(&mut self, way: Way, back: Number) -> Way {
        if let Some(known) = self.calls.get(&(way, back)) {
            return *known;
        }
        let depth = self.ways[way as usize].depth + 1;
        let full = depth > DEEPEST || self.depths > MOST_FRAMES;
        let folded = full.then(|| self.recursion(way, back)).flatten();
        let to = folded.unwrap_or_else(|| {
            self.depths += u64::from(depth);
            self.ways.push(Counts { caller: way, back, depth, low: 0, steps: Vec::new() });
            (self.ways.len() - 1) as Way
        });
        self.calls.insert((way, back), to);
        to
    }

    /// The last part of a way that ends with the same call.
    fn recursion(&self, way: Way, back: Number) -> Option<Way> {
        let mut at = way;
        while at != 0 {
            let counts = &self.ways[at as usize];
            if counts.back == back {
                return Some(at);
            }
            at = counts.caller;
        }
        None
    }

    /// Takes note of a cell that an instruction gets at.
    fn reach(&mut self, way: Way, at: Number, cell: Relocatable) {
        let Some(cell) = self.past.memory().moved(cell).relocatable() else { return };
        let taken = cell.segment == self.past.start().ap.segment;
        if taken || self.code.is_segment(cell.segment) || !self.met.meet(cell) {
            return;
        }
        let runners = self.past.builtins().runners();
        let extra = self.extra.entry((way, at)).or_default();
        extra.cells += 1;
        let builtin = runners.iter().position(|runner| runner.base().segment == cell.segment);
        let Some(builtin) = builtin else { return };
        let offset = cell.offset.saturating_sub(runners[builtin].base().offset);
        let cells = runners[builtin].row().cells_per_instance.max(1) as i64;
        // Apart from the cells, instances are remembered under segments that there are none of.
        let instance = Relocatable::new(-1 - cell.segment, offset.div_euclid(cells));
        if cells == 1 || self.met.meet(instance) {
            extra.instances.resize(runners.len(), 0);
            extra.instances[builtin] += 1;
        }
    }

    /// Takes note of an `ap` that has moved by what only the run knows.
    #[cold]
    fn move_up(&mut self, way: Way, at: Number, before: &Registers, after: &Registers) {
        let up = after.ap.offset.saturating_sub(before.ap.offset);
        self.extra.entry((way, at)).or_default().cells += u64::try_from(up).unwrap_or_default();
    }
}

/// The cells that were met.
#[derive(Default)]
struct Met {
    dense: HashMap<i32, Vec<u64>>,
    others: HashSet<Relocatable>,
}

impl Met {
    /// Whether this is the first time.
    fn meet(&mut self, cell: Relocatable) -> bool {
        let dense = self.dense.entry(cell.segment).or_default();
        // Sparse segments are not taken for dense ones: a step adds no more than so many words.
        let reachable = (dense.len() as i64 + 1024) * 64;
        if !(0..DENSE.min(reachable)).contains(&cell.offset) {
            return self.others.insert(cell);
        }
        let (word, bit) = ((cell.offset / 64) as usize, 1 << (cell.offset % 64));
        if dense.len() <= word {
            dense.resize(word + 1, 0);
        }
        let first = dense[word] & bit == 0;
        dense[word] |= bit;
        first && !self.others.contains(&cell)
    }
}
