//! Searches in arrays (`find_element.cairo`, `set.cairo`).

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_memory::Cell;

use super::squash::allows;
use super::{Hint, bit, count, hint, short_int};
use crate::ids::{Operand, Site, Slot};
use crate::math::wide::compare;
use crate::object::Object;
use crate::table::Row;
use crate::{Native, Symbol};

pub(super) static ROWS: &[Row] = &[
    Row::new(0xa1f13edb5c20b18135097f7fc0f271d2, "find_element", find_element),
    Row::new(0x0de1176f1596eaea053a09887f28cded, "search_sorted_lower", |site| {
        search_sorted(site, None)
    }),
    Row::new(0xc06d145a23a9a45bb8a4cecb80850165, "search_sorted_optimistic", |site| {
        search_sorted(site, Some(site.assigned("exists")?))
    }),
    Row::new(0xd9ea4ea7ba7ef4e36d6881eafd78b950, "set_add", set_add),
];

/// An array and the variables that searches in it set.
struct Array {
    ptr: Operand,
    size: Operand,
    length: Operand,
    array_ptr: Symbol,
    elm_size: Symbol,
    n_elms: Symbol,
    i: Symbol,
    limit: Symbol,
}

impl Array {
    fn new(site: &Site<'_>) -> Option<Self> {
        Some(Self {
            ptr: site.value("array_ptr")?,
            size: site.value("elm_size")?,
            length: site.value("n_elms")?,
            array_ptr: Symbol::new("array_ptr"),
            elm_size: Symbol::new("elm_size"),
            n_elms: Symbol::new("n_elms"),
            i: Symbol::new("i"),
            limit: Symbol::new("__find_element_max_size"),
        })
    }

    fn load(&self, native: &Native<'_>) -> Option<(Relocatable, i64)> {
        let size = count(self.size.felt(native.machine)?)?;
        if size == 0 {
            return None;
        }
        Some((self.ptr.pointer(native.machine)?, size))
    }

    /// How many elements there are, if the scope allows so many.
    fn many(&self, native: &mut Native<'_>) -> Option<i64> {
        let many = count(self.length.felt(native.machine)?)?;
        allows(native, self.limit, many)?;
        Some(many)
    }

    fn set(&self, native: &mut Native<'_>, (ptr, size): (Relocatable, i64)) {
        native.set_variable(self.array_ptr, Object::Address(ptr));
        native.set_int(self.elm_size, size);
    }

    /// The loop's variables, after it has stopped at element `last` or gone through all.
    fn set_loop(&self, native: &mut Native<'_>, many: i64, last: Option<i64>) {
        native.set_int(self.n_elms, many);
        let last = last.unwrap_or(many - 1);
        if last >= 0 {
            native.set_int(self.i, last);
        }
    }
}

fn element(native: &Native<'_>, (ptr, size): (Relocatable, i64), at: i64) -> Option<Value> {
    native.machine.memory.get(ptr.checked_add(size.checked_mul(at)?)?)
}

fn find_element(site: &Site<'_>) -> Option<Hint> {
    let (array, key) = (Array::new(site)?, site.value("key")?);
    let index = site.assigned("index")?;
    let [name_key, given, found_key] =
        ["key", "__find_element_index", "found_key"].map(Symbol::new);
    hint(move |native| {
        let place = array.load(native)?;
        let wanted = key.load(native.machine)?;
        if native.variable(given).is_some() {
            let at = short_int(native, given)?;
            if element(native, place, at)? != wanted {
                return None;
            }
            index.store(native.machine, cairo_zero_core::Felt::from_i64(at))?;
            native.set_variable(found_key, Object::from(wanted));
            native.remove_variable(given);
        } else {
            let many = array.many(native)?;
            let mut at = 0;
            loop {
                if at == many {
                    return None;
                }
                if element(native, place, at)? == wanted {
                    break;
                }
                at += 1;
            }
            index.store(native.machine, at.unsigned_abs())?;
            array.set_loop(native, many, Some(at));
        }
        array.set(native, place);
        native.set_variable(name_key, Object::from(wanted));
        Some(())
    })
}

/// The first element that is not smaller, and whether it is the one looked for.
fn search_sorted(site: &Site<'_>, exists: Option<Slot>) -> Option<Hint> {
    let (array, key) = (Array::new(site)?, site.value("key")?);
    let index = site.assigned("index")?;
    hint(move |native| {
        let place = array.load(native)?;
        let many = array.many(native)?;
        let mut found = None;
        for at in 0..many {
            let element = element(native, place, at)?.felt()?;
            let key = key.felt(native.machine)?;
            if compare(&element.limbs(), &key.limbs()).is_ge() {
                found = Some((at, element == key));
                break;
            }
        }
        let (at, same) = found.unwrap_or((many, false));
        index.store(native.machine, at.unsigned_abs())?;
        if let Some(exists) = &exists {
            exists.store(native.machine, bit(same))?;
        }
        array.set(native, place);
        array.set_loop(native, many, found.map(|(at, _)| at));
        Some(())
    })
}

/// `memory.get_range(ptr, size)`
fn range(native: &Native<'_>, ptr: Relocatable, size: i64) -> Option<Vec<Value>> {
    (0..size).map(|at| native.machine.memory.get(ptr.checked_add(at)?)).collect()
}

/// Whether the cells from `ptr` on hold `wanted`; `None` when one of them, whichever, holds nothing:
/// Python reads all of them before it compares.
fn holds(native: &Native<'_>, ptr: Relocatable, wanted: &[Value]) -> Option<bool> {
    let mut same = true;
    for (at, wanted) in (0..).zip(wanted) {
        same &= native.machine.memory.get(ptr.checked_add(at)?)? == *wanted;
    }
    Some(same)
}

/// The place of an element among those in so many cells from `set` on, and where the last one looked
/// at begins.
type Searched = (Option<i64>, Option<i64>);

fn search(
    native: &Native<'_>,
    (set, used): (Relocatable, i64),
    wanted: &[Value],
) -> Option<Searched> {
    let size = wanted.len() as i64;
    let (mut found, mut last) = (None, None);
    let mut at = 0;
    while at < used && found.is_none() {
        last = Some(at);
        if holds(native, set.checked_add(at)?, wanted)? {
            found = Some(at / size);
        }
        at = at.checked_add(size)?;
    }
    Some((found, last))
}

/// As [`search`], for a set that lies in its segment's first stretch and has no cell that a
/// relocation rule may have a say in.
fn quick_search(
    native: &Native<'_>,
    (set, used): (Relocatable, i64),
    wanted: &[Value],
) -> Option<Searched> {
    let (_, run) = native.machine.memory.segment(set.segment)?.runs().next()?;
    let first = usize::try_from(set.offset).ok()?;
    let behind = first.checked_add(usize::try_from(used).ok()?)?;
    let elements = run.get(first..behind)?.chunks_exact(wanted.len());
    if !elements.remainder().is_empty() {
        return None;
    }
    let wanted: Vec<Cell> = wanted.iter().copied().map(Cell::from).collect();
    let [sign, ..] = wanted.first()?.words();
    let mut last = None;
    for (number, element) in (0..).zip(elements) {
        if !element.iter().all(|cell| cell.is_settled()) {
            return None;
        }
        last = Some(number * wanted.len() as i64);
        // Most elements differ in their first word.
        let alike = element.first().is_some_and(|cell| cell.words()[0] == sign);
        if alike && element == wanted {
            return Some((Some(number), last));
        }
    }
    Some((None, last))
}

fn set_add(site: &Site<'_>) -> Option<Hint> {
    let (set, end) = (site.value("set_ptr")?, site.value("set_end_ptr")?);
    let (element, size) = (site.value("elm_ptr")?, site.value("elm_size")?);
    let (index, is_in) = (site.assigned("index")?, site.assigned("is_elm_in_set")?);
    let [elm_list, i] = ["elm_list", "i"].map(Symbol::new);
    hint(move |native| {
        let machine = &*native.machine;
        let (set, end) = (set.pointer(machine)?, end.pointer(machine)?);
        let size = count(size.felt(machine)?).filter(|size| *size > 0)?;
        let used = end.offset.checked_sub(set.offset).filter(|used| *used >= 0)?;
        if end.segment != set.segment {
            return None;
        }
        let wanted = range(native, element.pointer(machine)?, size)?;
        let (found, last) = match quick_search(native, (set, used), &wanted) {
            Some(searched) => searched,
            None => search(native, (set, used), &wanted)?,
        };
        if let Some(found) = found {
            index.store(native.machine, found.unsigned_abs())?;
        }
        is_in.store(native.machine, bit(found.is_some()))?;
        let items = wanted.into_iter().map(Object::from).collect();
        native.set_variable(elm_list, Object::list(items));
        if let Some(last) = last {
            native.set_int(i, last);
        }
        Some(())
    })
}
