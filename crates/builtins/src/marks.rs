//! [`Marks`]: a set of cells or instances, by number.

use std::collections::BTreeMap;

/// Words of a page; its bits are 4096 numbers.
const WORDS: usize = 64;

/// A set of numbers, made for ones that mostly lie close together. It takes a bit for each, by pages,
/// so that numbers far apart cost no more than the memory cells they stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    pages: BTreeMap<u64, Box<[u64; WORDS]>>,
}

/// The page of a number, its word there and its bit in that.
const fn place(number: u64) -> (u64, usize, u64) {
    let word = number / 64;
    (word / WORDS as u64, (word % WORDS as u64) as usize, 1 << (number % 64))
}

impl Marks {
    pub(crate) fn insert(&mut self, number: u64) {
        let (page, word, bit) = place(number);
        self.pages.entry(page).or_insert_with(|| Box::new([0; WORDS]))[word] |= bit;
    }

    pub(crate) fn contains(&self, number: u64) -> bool {
        let (page, word, bit) = place(number);
        self.pages.get(&page).is_some_and(|page| page[word] & bit != 0)
    }

    /// All numbers, in rising order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.pages.iter().flat_map(|(number, page)| {
            let first = number * (64 * WORDS as u64);
            let bits = (0..64 * WORDS as u64)
                .filter(|bit| page[(bit / 64) as usize] >> (bit % 64) & 1 == 1);
            bits.map(move |bit| first + bit)
        })
    }
}
