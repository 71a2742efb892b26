//! [`Marks`]: a set of cells or instances, by number.

use std::collections::BTreeSet;

/// Numbers below this many are kept as bits; a run gets there only with as many cells written.
const DENSE: u64 = 1 << 32;

/// How far beyond the bits kept so far a number may lie to extend them.
const GAP: u64 = 1 << 16;

/// A set of numbers, made for ones that come in rising order without wide gaps.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    words: Vec<u64>,
    sparse: BTreeSet<u64>,
}

impl Marks {
    pub(crate) fn insert(&mut self, number: u64) {
        let word = number / 64;
        if word >= self.words.len() as u64 {
            if number >= DENSE || word - self.words.len() as u64 > GAP {
                self.sparse.insert(number);
                return;
            }
            self.words.resize(word as usize + 1, 0);
        }
        self.words[word as usize] |= 1 << (number % 64);
    }

    pub(crate) fn contains(&self, number: u64) -> bool {
        match self.words.get((number / 64) as usize) {
            Some(word) if word >> (number % 64) & 1 == 1 => true,
            _ => !self.sparse.is_empty() && self.sparse.contains(&number),
        }
    }

    /// All numbers, in rising order.
    pub(crate) fn iter(&self) -> Vec<u64> {
        let dense = self.words.iter().enumerate().flat_map(|(at, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at as u64 * 64 + bit)
        });
        // A number that was far out when it came may lie among the bits by now.
        let mut numbers: Vec<u64> = dense.chain(self.sparse.iter().copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}
