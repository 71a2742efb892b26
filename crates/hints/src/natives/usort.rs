//! Sorting without repetition (`usort.cairo`).

use std::cell::RefCell;
use std::rc::Rc;

use cairo_zero_core::{Felt, Value};

use super::squash::{is_empty, list};
use super::{Hint, count, hint, short_int, write};
use crate::ids::Site;
use crate::math::wide::compare;
use crate::memory::add_segment;
use crate::object::{DefaultValue, Dict, Key, Object};
use crate::table::Row;
use crate::{Import, Int, Scope, Symbol, Variables};

pub(super) static ROWS: &[Row] = &[
    Row::new(0xf9049c7cdfbe8d2d945ead6e482e70b6, "usort_enter_scope", enter),
    Row::new(0x2b182be537e47e6f039253833696f026, "usort", body),
    Row::new(0x13813762e65825633b5c454855ec5579, "usort_verify", verify),
    Row::new(0xb00be9b4594d05c5d80bc8ffef891218, "usort_verify_end", |_| is_empty("positions")),
    Row::new(0x2553c3026821bfeba8f4fd652a4195b8, "usort_verify_next", next),
];

fn enter(_: &Site<'_>) -> Option<Hint> {
    let limit = Symbol::new("__usort_max_size");
    hint(move |native| {
        let value = native.variable(limit).unwrap_or(Object::None);
        let variables: Variables = [(limit, value)].into_iter().collect();
        native.scopes.enter(Scope::Native(variables));
        Some(())
    })
}

/// The variables that the body sets.
struct Names {
    limit: Symbol,
    defaultdict: (Symbol, Import),
    input_ptr: Symbol,
    input_len: Symbol,
    positions_dict: Symbol,
    i: Symbol,
    val: Symbol,
    output: Symbol,
}

impl Names {
    fn new() -> Option<Self> {
        let class = Import::find("collections", "defaultdict")?;
        Some(Self {
            limit: Symbol::new("__usort_max_size"),
            defaultdict: (Symbol::new("defaultdict"), class),
            input_ptr: Symbol::new("input_ptr"),
            input_len: Symbol::new("input_len"),
            positions_dict: Symbol::new("positions_dict"),
            i: Symbol::new("i"),
            val: Symbol::new("val"),
            output: Symbol::new("output"),
        })
    }
}

fn body(site: &Site<'_>) -> Option<Hint> {
    let (input, input_len) = (site.value("input")?, site.value("input_len")?);
    let (output_len, output) = (site.assigned("output_len")?, site.assigned("output")?);
    let multiplicities = site.assigned("multiplicities")?;
    let names = Names::new()?;
    hint(move |native| {
        let many = count(input_len.felt(native.machine)?)?;
        match native.variable(names.limit)? {
            Object::None => {}
            limit if i128::from(many) <= limit.to_int()?.to_i128()? => {}
            _ => return None,
        }
        let from = input.pointer(native.machine)?;
        let mut positions = Dict { default: Some(DefaultValue::NewList), ..Dict::default() };
        let mut sorted: Vec<(Felt, Rc<RefCell<Vec<Object>>>)> = Vec::new();
        let mut last = None;
        for i in 0..many {
            let felt = native.machine.memory.cell(from.checked_add(i)?).felt()?;
            let list = positions.items.entry(Key::from(Value::Felt(felt))).or_insert_with(|| {
                let list = Rc::default();
                sorted.push((felt, Rc::clone(&list)));
                Object::List(list)
            });
            let Object::List(list) = list else { return None };
            list.borrow_mut().push(Object::from(i));
            last = Some((i, felt));
        }
        sorted.sort_by(|(a, _), (b, _)| compare(&a.limbs(), &b.limbs()));
        // From here on nothing may fail: a second segment would be one too many.
        for place in [&output_len, &output, &multiplicities] {
            let address = place.address(native.machine)?;
            let watched = native.machine.builtins.watches(address.segment);
            if watched || native.machine.memory.cell(address).is_set() {
                return None;
            }
        }
        output_len.store(native.machine, sorted.len() as u64)?;
        let keys: Vec<Value> = sorted.iter().map(|(felt, _)| Value::Felt(*felt)).collect();
        let counts: Vec<Value> =
            sorted.iter().map(|(_, list)| Value::from(list.borrow().len() as u64)).collect();
        for (place, values) in [(&output, keys), (&multiplicities, counts)] {
            let base = add_segment(native.machine).ok()?.relocatable()?;
            write(native.machine, base, &values)?;
            place.store(native.machine, base)?;
        }
        native.set_variable(names.defaultdict.0, Object::Import(names.defaultdict.1));
        native.set_variable(names.input_ptr, Object::Address(from));
        native.set_int(names.input_len, many);
        native.set_variable(names.positions_dict, Object::Dict(Rc::new(RefCell::new(positions))));
        if let Some((i, felt)) = last {
            native.set_int(names.i, i);
            native.set_variable(names.val, Object::Int(Int::from(felt)));
        }
        let keys = sorted.into_iter().map(|(felt, _)| Object::Int(Int::from(felt))).collect();
        native.set_variable(names.output, Object::list(keys));
        Some(())
    })
}

fn verify(site: &Site<'_>) -> Option<Hint> {
    let value = site.value("value")?;
    let [last_pos, dict, positions] = ["last_pos", "positions_dict", "positions"].map(Symbol::new);
    hint(move |native| {
        let key = Key::from(value.load(native.machine)?);
        let Object::List(found) = super::item(native, dict, &key)? else { return None };
        let reversed = found.borrow().iter().rev().cloned().collect();
        native.set_int(last_pos, 0);
        native.set_variable(positions, Object::list(reversed));
        Some(())
    })
}

fn next(site: &Site<'_>) -> Option<Hint> {
    let to = site.assigned("next_item_index")?;
    let [current_pos, last_pos, positions] =
        ["current_pos", "last_pos", "positions"].map(Symbol::new);
    hint(move |native| {
        let left = list(native, positions)?;
        let current = left.borrow().last()?.to_i64()?;
        let last = short_int(native, last_pos)?;
        to.store(native.machine, Felt::from_i64(current.checked_sub(last)?))?;
        left.borrow_mut().pop();
        native.set_int(current_pos, current);
        native.set_int(last_pos, current.checked_add(1)?);
        Some(())
    })
}
