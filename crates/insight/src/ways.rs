//! [`Ways`]: the ways of calls that a run has taken.

use std::collections::HashMap;

use crate::code::Number;
use crate::profile::{Call, Way};

/// Where calls are this deep, recursion is folded into the ways that there are.
const DEEPEST: u32 = 64;

/// The sum of all ways' depths from which on recursion is folded at any depth.
const MOST_FRAMES: u64 = 1 << 14;

/// The ways of calls that were met, by number.
pub(crate) struct Ways {
    ways: Vec<Call>,
    /// The way that a call on a way leads to, by where it returns to.
    calls: HashMap<(Way, Number), Way>,
    /// The sum of all ways' depths.
    depths: u64,
}

impl Ways {
    pub(crate) fn new() -> Self {
        let root = Call { caller: 0, back: 0, depth: 0 };
        Self { ways: vec![root], calls: HashMap::new(), depths: 0 }
    }

    /// The way that a call on a way leads to.
    pub(crate) fn call(&mut self, way: Way, back: Number) -> Way {
        if let Some(known) = self.calls.get(&(way, back)) {
            return *known;
        }
        let depth = self.ways[way as usize].depth + 1;
        let full = depth > DEEPEST || self.depths > MOST_FRAMES;
        let folded = full.then(|| self.recursion(way, back)).flatten();
        self.add(way, back, folded)
    }

    /// The same for a call on a way that another part of the run has found worth telling apart.
    pub(crate) fn call_as_told(&mut self, way: Way, back: Number) -> Way {
        match self.calls.get(&(way, back)) {
            Some(known) => *known,
            None => self.add(way, back, None),
        }
    }

    /// Takes note of where a call leads that was met for the first time: to a new way, if it is folded
    /// into none.
    fn add(&mut self, way: Way, back: Number, folded: Option<Way>) -> Way {
        let to = folded.unwrap_or_else(|| {
            let depth = self.ways[way as usize].depth + 1;
            self.depths += u64::from(depth);
            self.ways.push(Call { caller: way, back, depth });
            (self.ways.len() - 1) as Way
        });
        self.calls.insert((way, back), to);
        to
    }

    /// The last part of a way that ends with the same call.
    fn recursion(&self, way: Way, back: Number) -> Option<Way> {
        let mut at = way;
        while at != 0 {
            let call = &self.ways[at as usize];
            if call.back == back {
                return Some(at);
            }
            at = call.caller;
        }
        None
    }

    pub(crate) fn into_calls(self) -> Vec<Call> {
        self.ways
    }
}
