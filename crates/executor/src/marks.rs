//! [`Marks`]: where a run was at some of its steps, for replays that begin in its middle.

use crate::Registers;

/// As many marks are kept; beyond, every second one is dropped.
const MOST: usize = 32;

/// Steps from one mark to the next at first.
const FIRST_INTERVAL: u64 = 1 << 14;

/// Registers at steps that are about equally far apart, however long the run is.
pub(crate) struct Marks {
    /// Each with the number of steps made before.
    marks: Vec<(u64, Registers)>,
    interval: u64,
    /// The number of steps from which on the next one is due.
    next: u64,
}

impl Default for Marks {
    fn default() -> Self {
        Self { marks: Vec::new(), interval: FIRST_INTERVAL, next: FIRST_INTERVAL }
    }
}

impl Marks {
    /// Whether a mark is due behind so many steps.
    #[inline]
    pub(crate) const fn is_due(&self, steps: u64) -> bool {
        steps >= self.next
    }

    #[cold]
    pub(crate) fn set(&mut self, steps: u64, registers: Registers) {
        if self.marks.len() == MOST {
            let mut odd = false;
            self.marks.retain(|_| {
                odd = !odd;
                !odd
            });
            self.interval *= 2;
        }
        self.marks.push((steps, registers));
        self.next = steps.saturating_add(self.interval);
    }

    /// The mark that is nearest to a step, with the number of steps before it.
    pub(crate) fn nearest(&self, step: u64) -> Option<(u64, Registers)> {
        self.marks.iter().copied().min_by_key(|(at, _)| at.abs_diff(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairo_zero_core::{Relocatable, Value};

    #[test]
    fn marks_are_near_whatever_the_length() {
        let mut marks = Marks::default();
        let mut last = 0;
        for steps in (0..100_000_000).step_by(512) {
            if marks.is_due(steps) {
                let ap = Relocatable::new(1, steps as i64);
                marks.set(steps, Registers { pc: Value::Relocatable(ap), ap, fp: ap.into() });
                last = steps;
            }
            assert!(marks.marks.len() <= MOST);
        }
        for step in (0..last).step_by(1_000_003) {
            let (at, registers) = marks.nearest(step).unwrap();
            assert_eq!(registers.ap.offset, at as i64);
            assert!(at.abs_diff(step) <= last / 16, "{at} is the nearest mark to {step}");
        }
    }
}
