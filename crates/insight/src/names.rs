//! [`Places`]: what the names of a program say about its words.

use std::collections::BTreeMap;

use cairo_zero_program::{Identifier, Program};

/// The functions and labels of a program, by place in words from its start.
pub(crate) struct Places<'p> {
    functions: BTreeMap<usize, Vec<&'p str>>,
    labels: BTreeMap<usize, Vec<&'p str>>,
}

impl<'p> Places<'p> {
    pub(crate) fn new(program: &'p Program) -> Self {
        let mut places = Self { functions: BTreeMap::new(), labels: BTreeMap::new() };
        for (name, identifier) in program.identifiers().iter() {
            let of_kind = match identifier {
                Identifier::Function { .. } => &mut places.functions,
                Identifier::Label { .. } => &mut places.labels,
                _ => continue,
            };
            if let Some(pc) = identifier.pc() {
                of_kind.entry(pc).or_default().push(name);
            }
        }
        places
    }

    /// The functions that begin at `pc`.
    pub(crate) fn functions_at(&self, pc: usize) -> &[&'p str] {
        self.functions.get(&pc).map_or(&[], Vec::as_slice)
    }

    /// The labels at `pc`.
    pub(crate) fn labels_at(&self, pc: usize) -> &[&'p str] {
        self.labels.get(&pc).map_or(&[], Vec::as_slice)
    }

    /// A name of what is at `pc`: a function rather than a label.
    pub(crate) fn name_at(&self, pc: usize) -> Option<&'p str> {
        self.functions_at(pc).first().or_else(|| self.labels_at(pc).first()).copied()
    }

    /// The function that begins at or before `pc` and last of all: the one that `pc` is in, as far
    /// as names tell.
    pub(crate) fn function_around(&self, pc: usize) -> Option<&'p str> {
        self.functions.range(..=pc).next_back()?.1.first().copied()
    }

    /// Every function with its place, in the order of the places.
    pub(crate) fn functions(&self) -> impl Iterator<Item = (usize, &'p str)> + '_ {
        self.functions.iter().flat_map(|(pc, names)| names.iter().map(|name| (*pc, *name)))
    }

    /// The size in words of each stretch from one function's start to the next one's.
    pub(crate) fn size_from(&self, pc: usize, words: usize) -> usize {
        let next = self.functions.range(pc.saturating_add(1)..).next();
        next.map_or(words, |(next, _)| *next).min(words).saturating_sub(pc)
    }
}
