//! Sets of integers are walked through in the order of CPython's, which reaches memory where a hint
//! writes what it gets.
//!
//! The interpreter's own sets keep the order in which elements came. CPython's keep them where their
//! hashes put them in a table; which table that is follows from adding the elements one by one, as
//! comprehensions, `set(…)` and `add` do. Sets merged from others, literals of five constants and more
//! among them, and those that elements were taken out of may have had a table of another size: they
//! can differ. Other elements have hashes that are random, or addresses, and stay as they came.

use std::cell::Cell;

use num_traits::{Signed, ToPrimitive};
use rustpython_vm::builtins::{PyFrozenSet, PyInt, PySet};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{IterNext, SelfIter};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// Slots of the smallest table (`PySet_MINSIZE` in CPython's `setobject.c`; so the next two).
const SMALLEST: usize = 8;

/// How many neighbours of a slot are looked at (`LINEAR_PROBES`).
const NEIGHBOURS: usize = 9;

/// By how many bits the hash moves on behind them (`PERTURB_SHIFT`).
const SHIFT: u32 = 5;

/// Integers are hashed modulo this prime (`_PyHASH_MODULUS`).
const MODULUS: u64 = (1 << 61) - 1;

/// Sets with more elements keep their order: no hint writes so many.
const MOST: usize = 1 << 20;

/// CPython's hash of an integer.
fn hash(number: &PyInt) -> u64 {
    let number = number.as_bigint();
    let rest = (number.abs() % MODULUS).to_u64().unwrap_or(0);
    match (number.is_negative(), rest) {
        (false, rest) => rest,
        (true, 1) => 2_u64.wrapping_neg(),
        (true, rest) => rest.wrapping_neg(),
    }
}

/// A table of the numbers of elements.
struct Table {
    slots: Vec<Option<usize>>,
}

impl Table {
    fn new(size: usize) -> Self {
        Self { slots: vec![None; size] }
    }

    /// Puts an element in the first free slot of its walk.
    fn insert(&mut self, element: usize, hash: u64) {
        let mask = self.slots.len() - 1;
        let (mut rest, mut at) = (hash, hash as usize & mask);
        loop {
            let last = if at + NEIGHBOURS <= mask { at + NEIGHBOURS } else { at };
            if let Some(free) = self.slots[at..=last].iter_mut().find(|slot| slot.is_none()) {
                *free = Some(element);
                return;
            }
            rest >>= SHIFT;
            at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(rest as usize) & mask;
        }
    }
}

/// The order in which CPython walks through elements with these hashes that were added one by one.
fn order(hashes: &[u64]) -> Vec<usize> {
    let mut table = Table::new(SMALLEST);
    for (element, hash) in hashes.iter().enumerate() {
        table.insert(element, *hash);
        let used = element + 1;
        if used * 5 >= (table.slots.len() - 1) * 3 {
            let least = if used > 50_000 { used * 2 } else { used * 4 };
            let mut larger = Table::new((least + 1).next_power_of_two().max(SMALLEST));
            for element in table.slots.into_iter().flatten() {
                larger.insert(element, hashes[element]);
            }
            table = larger;
        }
    }
    table.slots.into_iter().flatten().collect()
}

/// The elements in CPython's order, or as they are where that is not known.
fn ordered(elements: Vec<PyObjectRef>) -> Vec<PyObjectRef> {
    let hashes: Option<Vec<u64>> =
        elements.iter().map(|element| Some(hash(element.downcast_ref::<PyInt>()?))).collect();
    match hashes.filter(|hashes| hashes.len() <= MOST) {
        Some(hashes) => order(&hashes).into_iter().map(|at| elements[at].clone()).collect(),
        None => elements,
    }
}

/// Walks through a set in that order.
#[pyclass(module = "builtins", name = "set_iterator")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyOrderedSetIterator {
    set: PyObjectRef,
    elements: Vec<PyObjectRef>,
    next: Cell<usize>,
}

#[pyclass(with(IterNext))]
impl PyOrderedSetIterator {
    #[pymethod(name = "__length_hint__")]
    fn length_hint(&self) -> usize {
        self.elements.len().saturating_sub(self.next.get())
    }
}

impl SelfIter for PyOrderedSetIterator {}

impl IterNext for PyOrderedSetIterator {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let at = zelf.next.get();
        let Some(element) = zelf.elements.get(at) else {
            return Ok(PyIterReturn::StopIteration(None));
        };
        if zelf.set.length(vm)? != zelf.elements.len() {
            zelf.next.set(usize::MAX);
            return Err(vm.new_runtime_error("Set changed size during iteration".to_owned()));
        }
        zelf.next.set(at + 1);
        Ok(PyIterReturn::Return(element.clone()))
    }
}

/// A walk through these elements of a set.
fn walk(set: PyObjectRef, elements: Vec<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let elements = ordered(elements);
    Ok(PyOrderedSetIterator { set, elements, next: Cell::new(0) }.into_pyobject(vm))
}

/// Has the sets walked through in this order. Doing so again changes nothing.
pub(crate) fn install(vm: &VirtualMachine) {
    vm.ctx.types.set_type.slots.iter.store(Some(|set, vm| {
        let elements = set.try_downcast_ref::<PySet>(vm)?.elements();
        walk(set, elements, vm)
    }));
    vm.ctx.types.frozenset_type.slots.iter.store(Some(|set, vm| {
        let elements = set.try_downcast_ref::<PyFrozenSet>(vm)?.elements();
        walk(set, elements, vm)
    }));
}

#[cfg(test)]
mod tests {
    use super::order;

    /// `list({…})` of CPython 3.11 for sets made by comprehensions.
    #[test]
    fn orders_are_those_of_cpython() {
        let check = |elements: &[u64], expected: &[u64]| {
            let found: Vec<u64> = order(elements).into_iter().map(|at| elements[at]).collect();
            assert_eq!(found, expected, "{elements:?}");
        };
        check(&[3, 1, 2], &[1, 2, 3]);
        check(&[8, 16, 0], &[8, 16, 0]);
        check(&[5, 1, 3, 100, 17], &[1, 3, 100, 5, 17]);
    }
}
