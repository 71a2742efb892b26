//! The order in which CPython goes through a set of small integers.
//!
//! The reference lists missing cells in that order, so its messages can only be matched by knowing
//! it. CPython's sets are open hash tables (`Objects/setobject.c` of CPython 3.11); a small integer is
//! its own hash.

/// Slots that are tried behind the first one before the search jumps (`LINEAR_PROBES`).
const NEIGHBOURS: usize = 9;

/// By how many bits the hash is shifted for each jump (`PERTURB_SHIFT`).
const SHIFT: u32 = 5;

/// Slots of an empty set (`PySet_MINSIZE`).
const SMALLEST: usize = 8;

/// A set of integers below `2^61 - 1`, laid out as CPython does it.
pub(crate) struct PythonSet {
    /// As many slots as a power of two.
    slots: Vec<Option<u64>>,
    used: usize,
}

impl PythonSet {
    /// The set that these numbers make when they are added one after the other.
    pub(crate) fn new(numbers: impl Iterator<Item = u64>) -> Self {
        let mut set = Self { slots: vec![None; SMALLEST], used: 0 };
        for number in numbers {
            set.insert(number);
        }
        set
    }

    /// The numbers in the order of iteration.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.slots.iter().copied().flatten()
    }

    fn insert(&mut self, number: u64) {
        let slot = self.free_slot(number);
        self.slots[slot] = Some(number);
        self.used += 1;
        if self.used * 5 >= (self.slots.len() - 1) * 3 {
            let factor = if self.used > 50_000 { 2 } else { 4 };
            let size = (self.used * factor + 1).next_power_of_two().max(SMALLEST);
            let old = std::mem::replace(&mut self.slots, vec![None; size]);
            for number in old.into_iter().flatten() {
                let slot = self.free_slot(number);
                self.slots[slot] = Some(number);
            }
        }
    }

    /// Where a number that is not in the set goes.
    fn free_slot(&self, number: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut perturbation = number as usize;
        let mut first = perturbation & mask;
        loop {
            let last = if first + NEIGHBOURS <= mask { first + NEIGHBOURS } else { first };
            if let Some(free) = (first..=last).find(|slot| self.slots[*slot].is_none()) {
                return free;
            }
            perturbation >>= SHIFT;
            first = first.wrapping_mul(5).wrapping_add(1 + perturbation) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Printed by CPython 3.11 for `list(set)`.
    #[test]
    fn orders_of_cpython() {
        let order =
            |numbers: &[u64]| PythonSet::new(numbers.iter().copied()).iter().collect::<Vec<_>>();
        assert_eq!(order(&[6, 11]), [11, 6]);
        assert_eq!(order(&[1, 9, 17]), [1, 9, 17]);
        assert_eq!(order(&[16, 3, 8, 0, 24]), [0, 3, 8, 16, 24]);
        assert_eq!(
            order(&[0, 1, 5, 6, 10, 11, 15, 16, 20, 21, 25, 26]),
            [0, 1, 5, 6, 10, 11, 15, 16, 20, 21, 25, 26]
        );
        assert_eq!(
            order(&[243, 606, 557, 133, 378, 937, 618, 485, 640, 594, 67, 620]),
            [640, 67, 133, 485, 937, 618, 620, 557, 594, 243, 378, 606]
        );
    }
}
