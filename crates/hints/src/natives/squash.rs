//! Squashing the accesses to a dictionary (`squash_dict.cairo`).

use std::cell::RefCell;
use std::cmp::Reverse;
use std::rc::Rc;

use cairo_zero_core::{Felt, Value};

use super::{Hint, bit, count, hint, range_check, short_int};
use crate::ids::Site;
use crate::object::{Key, Object};
use crate::squashing::{Names, Squashing};
use crate::table::Row;
use crate::{Native, Symbol};

pub(super) static ROWS: &[Row] = &[
    Row::new(0x8c2b349211b9ef561331913275d5ae7b, "squash_dict", start),
    Row::new(0x1af33eba8062487f45ffa0426658b716, "squash_dict_first", first),
    Row::new(0xee4f1fc4c22addaf234b84ce12e6908b, "squash_dict_skip_loop", |site| {
        any_left(site, |site| site.assigned("should_skip_loop"), false)
    }),
    Row::new(0x72b624babc575b6333ac1a90faf30463, "squash_dict_next", next),
    Row::new(0x22837f7c5758b9e09093f05a42d971ef, "squash_dict_continue", |site| {
        any_left(site, |site| site.member("loop_temps.should_continue"), true)
    }),
    Row::new(0x46a3a9fc6daf7d96d55a6ee1e73a88ad, "squash_dict_none_left", |_| {
        empty_when("current_access_indices", |squashing| squashing.is_done() == Some(true))
    }),
    Row::new(0xe14e77a87cc680d9bd628829d39210f2, "squash_dict_all_used", all_used),
    Row::new(0x1dc9d2e7b734406077e547eaf4a334ae, "squash_dict_no_keys", |_| {
        empty_when("keys", Squashing::is_last_key)
    }),
    Row::new(0xce005d285ea4b7074f0bf98bdb074cf7, "squash_dict_next_key", next_key),
];

/// A list that other variables may hold too.
type List = Rc<RefCell<Vec<Object>>>;

/// The list in a variable.
pub(super) fn list(native: &mut Native<'_>, name: Symbol) -> Option<List> {
    native.with_variable(name, |object| match object {
        Object::List(list) => Some(Rc::clone(list)),
        _ => None,
    })?
}

/// Whether the list in a variable is empty.
fn empty(native: &mut Native<'_>, name: Symbol) -> Option<bool> {
    native.with_variable(name, |object| match object {
        Object::List(list) => Some(list.borrow().is_empty()),
        _ => None,
    })?
}

/// The list that the dictionary in one variable has for the key in another.
fn indices_of_key(native: &mut Native<'_>, dict: Symbol, key: Symbol) -> Option<List> {
    let key = native.with_variable(key, Key::of)??;
    native.with_variable(dict, |object| match object {
        Object::Dict(dict) => match dict.borrow().items.get(&key)? {
            Object::List(list) => Some(Rc::clone(list)),
            _ => None,
        },
        _ => None,
    })?
}

/// Whether a number of the scope allows so many; a scope without one does.
pub(super) fn allows(native: &mut Native<'_>, limit: Symbol, many: i64) -> Option<()> {
    match native.variable(limit) {
        None => Some(()),
        Some(limit) => (i128::from(many) <= limit.to_int()?.to_i128()?).then_some(()),
    }
}

fn start(site: &Site<'_>) -> Option<Hint> {
    let size =
        i64::try_from(site.definition("DictAccess")?.size()).ok().filter(|size| *size > 0)?;
    let (accesses, _) = site.structure("dict_accesses")?;
    let (ptr_diff, n_accesses) = (site.value("ptr_diff")?, site.value("n_accesses")?);
    let (big_keys, first_key) = (site.assigned("big_keys")?, site.assigned("first_key")?);
    let (names, limit) = (Rc::new(Names::new()), Symbol::new("__squash_dict_max_size"));
    hint(move |native| {
        let address = accesses.address(native.machine)?;
        if ptr_diff.felt(native.machine)?.to_u128()? % size.unsigned_abs() as u128 != 0 {
            return None;
        }
        let many = count(n_accesses.felt(native.machine)?)?;
        allows(native, limit, many)?;
        range_check(native.machine)?;
        let memory = &native.machine.memory;
        let felts = (0..many).map(|i| {
            let cell = address.checked_add(size.checked_mul(i)?)?;
            memory.cell(cell).felt()
        });
        let squashing = Box::new(Squashing::of(&names, address, size, felts)?);
        let (largest, smallest) = (squashing.largest()?, squashing.key()?);
        big_keys.store(native.machine, bit(largest.to_u128().is_none()))?;
        first_key.store(native.machine, smallest)?;
        if let Err(squashing) = native.scopes.squash(squashing) {
            squashing.write(|name, object| native.set_variable(name, object));
        }
        Some(())
    })
}

fn first(site: &Site<'_>) -> Option<Hint> {
    let range = site.value("range_check_ptr")?;
    let [dict, key] = ["access_indices", "key"].map(Symbol::new);
    let [indices, index] = ["current_access_indices", "current_access_index"].map(Symbol::new);
    hint(move |native| {
        if let Some(squashing) = native.scopes.squashing() {
            let address = Value::Relocatable(range.pointer(native.machine)?);
            let first = Value::from(u64::from(squashing.first()?));
            native.machine.store(address, first).ok()?;
            return squashing.begin();
        }
        let known = indices_of_key(native, dict, key)?;
        let mut numbers: Vec<Object> = Vec::with_capacity(known.borrow().len());
        for item in known.borrow().iter().rev() {
            numbers.push(Object::from(item.to_i64()?));
        }
        if !numbers.is_sorted_by_key(|number| Reverse(number.to_i64())) {
            numbers.sort_by_key(|number| Reverse(number.to_i64()));
        }
        let least = numbers.pop()?.to_i64()?;
        let address = Value::Relocatable(range.pointer(native.machine)?);
        native.machine.store(address, Value::Felt(Felt::from_i64(least))).ok()?;
        native.set_variable(indices, Object::list(numbers));
        native.set_int(index, least);
        Some(())
    })
}

/// Stores whether any accesses are left, as 1 or the other way round.
fn any_left(
    site: &Site<'_>,
    to: fn(&Site<'_>) -> Option<crate::ids::Slot>,
    wanted: bool,
) -> Option<Hint> {
    let (to, indices) = (to(site)?, Symbol::new("current_access_indices"));
    hint(move |native| {
        let done = match native.scopes.squashing() {
            Some(squashing) => squashing.is_done()?,
            None => empty(native, indices)?,
        };
        to.store(native.machine, bit(done != wanted))
    })
}

fn next(site: &Site<'_>) -> Option<Hint> {
    let delta = site.member("loop_temps.index_delta_minus1")?;
    let indices = Symbol::new("current_access_indices");
    let [new_index, index] = ["new_access_index", "current_access_index"].map(Symbol::new);
    hint(move |native| {
        if let Some(squashing) = native.scopes.squashing() {
            let (old, new) = squashing.step()?;
            let between = i64::from(new) - i64::from(old) - 1;
            delta.store(native.machine, Felt::from_i64(between))?;
            return squashing.go_on();
        }
        let left = list(native, indices)?;
        let new = left.borrow().last()?.to_i64()?;
        let old = short_int(native, index)?;
        let between = new.checked_sub(old)?.checked_sub(1)?;
        delta.store(native.machine, Felt::from_i64(between))?;
        left.borrow_mut().pop();
        native.set_int(new_index, new);
        native.set_int(index, new);
        Some(())
    })
}

/// An assertion that a list is empty.
pub(super) fn is_empty(name: &str) -> Option<Hint> {
    let name = Symbol::new(name);
    hint(move |native| empty(native, name)?.then_some(()))
}

/// An assertion that a list of [`Squashing`] is empty, which it is when `done` says so.
fn empty_when(name: &str, done: fn(&Squashing) -> bool) -> Option<Hint> {
    let name = Symbol::new(name);
    hint(move |native| match native.scopes.squashing() {
        Some(squashing) => done(squashing).then_some(()),
        None => empty(native, name)?.then_some(()),
    })
}

fn all_used(site: &Site<'_>) -> Option<Hint> {
    let used = site.value("n_used_accesses")?;
    let [dict, key] = ["access_indices", "key"].map(Symbol::new);
    hint(move |native| {
        let known = match native.scopes.squashing() {
            Some(squashing) => squashing.accesses()?,
            None => indices_of_key(native, dict, key)?.borrow().len() as u64,
        };
        (used.felt(native.machine)?.to_u64()? == known).then_some(())
    })
}

fn next_key(site: &Site<'_>) -> Option<Hint> {
    let to = site.assigned("next_key")?;
    let [keys, key] = ["keys", "key"].map(Symbol::new);
    hint(move |native| {
        if let Some(squashing) = native.scopes.squashing() {
            to.store(native.machine, squashing.next_key()?)?;
            return squashing.take_key();
        }
        let left = list(native, keys)?;
        let next = left.borrow().last()?.clone();
        to.store(native.machine, next.to_value()?)?;
        left.borrow_mut().pop();
        native.set_variable(key, next);
        Some(())
    })
}
