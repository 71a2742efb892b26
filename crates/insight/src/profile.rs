//! [`Profile`]: how often a run came to each instruction by each way of calls, read off its replay.

use cairo_zero_core::BuiltinName;
use cairo_zero_runner::Past;

use crate::InsightError;
use crate::code::{Code, Number};
use crate::recording::{Recording, record};

/// The number of a way of calls; 0 is that of no calls.
pub(crate) type Way = u32;

/// How often a run came to each instruction, by the calls that led there.
pub struct Profile {
    pub(crate) code: Code,
    pub(crate) steps: u64,
    pub(crate) builtins: Vec<BuiltinName>,
    ways: Vec<Call>,
    /// The steps of each instruction on each way, in order.
    counts: Vec<(Way, Number, u64)>,
    /// Cells and instances that are not known from the number of steps, in the same order.
    extra: Vec<((Way, Number), Extra)>,
    failed_at: Option<Number>,
}

/// The call that a way ends with.
pub(crate) struct Call {
    /// The way that the call was made on.
    pub(crate) caller: Way,
    /// The instruction that it returns to.
    pub(crate) back: Number,
    /// How many calls the way has.
    pub(crate) depth: u32,
}

/// What instructions on a way have used besides what their numbers of steps tell.
#[derive(Clone, Default)]
pub(crate) struct Extra {
    pub(crate) cells: u64,
    /// Of each builtin; none behind the end.
    pub(crate) instances: Vec<u64>,
}

impl Extra {
    /// Takes one cell in, the first one met of an instance if `builtin` says of which.
    pub(crate) fn add(&mut self, builtin: Option<usize>) {
        self.cells += 1;
        if let Some(builtin) = builtin {
            self.instances.resize(self.instances.len().max(builtin + 1), 0);
            self.instances[builtin] += 1;
        }
    }

    /// Takes in what the same instruction has used elsewhere.
    pub(crate) fn add_all(&mut self, other: &Self) {
        self.cells += other.cells;
        self.instances.resize(self.instances.len().max(other.instances.len()), 0);
        for (sum, more) in self.instances.iter_mut().zip(&other.instances) {
            *sum += more;
        }
    }
}

/// What an instruction on a way of calls has used.
pub(crate) struct Sample<'a> {
    pub(crate) way: Way,
    pub(crate) at: Number,
    pub(crate) steps: u64,
    /// The cells of the execution segment that it took, and those elsewhere that it met first.
    pub(crate) cells: u64,
    /// Instances of each builtin whose first cell it met; none behind the end.
    pub(crate) instances: &'a [u64],
}

impl Profile {
    /// Replays a run and counts.
    ///
    /// # Errors
    /// When debug information is malformed, or memory is not that of such a run.
    pub fn of(past: &Past<'_>) -> Result<Self, InsightError> {
        let mut code = Code::of(past)?;
        let Recording { ways, mut strays, counts, extra } = record(past, &code)?;
        let failed_at = past.failed_at().map(|pc| code.number(pc, &mut strays));
        code.keep(strays);
        let builtins = past.builtins().runners().iter().map(|runner| runner.name()).collect();
        Ok(Self { code, steps: past.steps(), builtins, ways, counts, extra, failed_at })
    }

    /// The instruction that failed, if the run ended so.
    pub(crate) const fn failed_at(&self) -> Option<Number> {
        self.failed_at
    }

    /// What was used where, way by way.
    pub(crate) fn samples(&self) -> impl Iterator<Item = Sample<'_>> + '_ {
        let mut extra = self.extra.iter().peekable();
        self.counts.iter().map(move |(way, at, steps)| {
            let (way, at, steps) = (*way, *at, *steps);
            while extra.next_if(|(place, _)| *place < (way, at)).is_some() {}
            let extra = extra.next_if(|(place, _)| *place == (way, at)).map(|(_, extra)| extra);
            let up = self.code.effect(at).up.unwrap_or_default();
            let cells = up.saturating_mul(steps);
            let cells = cells.saturating_add(extra.map_or(0, |extra| extra.cells));
            let instances = extra.map_or(&[][..], |extra| &extra.instances);
            Sample { way, at, steps, cells, instances }
        })
    }

    /// The instructions that the calls of a way return to, the last call first.
    pub(crate) fn frames(&self, way: Way) -> impl Iterator<Item = Number> + '_ {
        let mut next = way;
        std::iter::from_fn(move || {
            let call = self.ways.get(next as usize).filter(|_| next != 0)?;
            next = call.caller;
            Some(call.back)
        })
    }

    /// The instructions that calls return to.
    pub(crate) fn backs(&self) -> impl Iterator<Item = Number> + '_ {
        self.ways.iter().skip(1).map(|call| call.back)
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
