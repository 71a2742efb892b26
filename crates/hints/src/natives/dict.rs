//! Dictionaries (`dict.cairo`, `default_dict.cairo`).

use std::cell::RefCell;
use std::rc::Rc;

use cairo_zero_core::{Relocatable, Value};

use super::{Hint, equals, hint};
use crate::dict::{DictManager, DictTracker};
use crate::ids::{Operand, Site};
use crate::memory::add_segment;
use crate::object::{DefaultValue, Dict, Key, Object};
use crate::table::Row;
use crate::{Import, Native, Scope, Symbol, Variables};

pub(super) static ROWS: &[Row] = &[
    Row::new(0x0a4516aebd841113473103e1557f5c5b, "dict_read", read),
    Row::new(0xe5d3f73c7081b7b3953580b7fe3ef579, "dict_write", write),
    Row::new(0x9923fbc56f8cda12bac2b2fede0c7caa, "dict_update", update),
    Row::new(0x47a6931481c1898d2d6576a8fbc555b5, "default_dict_new", default_dict_new),
    Row::new(0x30871518868d449d0f4a1f9fd9922782, "dict_new", dict_new),
    Row::new(0x84a36d06147ceac6258edd3c4fe4c74a, "dict_squash_copy", squash_copy),
    Row::new(0x91ba2a7a4a130e2fb0e9ca8a585d710b, "dict_squash_end", squash_end),
];

/// How hints find the tracker of a dictionary.
struct Tracked {
    ptr: Operand,
    manager: Symbol,
}

impl Tracked {
    fn new(site: &Site<'_>, ptr: &str) -> Option<Self> {
        Some(Self { ptr: site.pointer(ptr)?, manager: Symbol::new("__dict_manager") })
    }

    fn tracker(&self, native: &mut Native<'_>) -> Option<Rc<DictTracker>> {
        let ptr = self.ptr.pointer(native.machine)?;
        native.with_variable(self.manager, |object| match object {
            Object::Manager(manager) => manager.borrow().tracker(ptr).ok().cloned(),
            _ => None,
        })?
    }
}

/// What accesses to a dictionary have in common.
struct Access {
    tracked: Tracked,
    key: Operand,
    size: i64,
    name: Symbol,
}

impl Access {
    fn new(site: &Site<'_>) -> Option<Self> {
        let size = i64::try_from(site.definition("DictAccess")?.size()).ok()?;
        let tracked = Tracked::new(site, "dict_ptr")?;
        Some(Self { tracked, key: site.value("key")?, size, name: Symbol::new("dict_tracker") })
    }

    /// The tracker, the dictionary and the key.
    #[inline]
    fn look_up(
        &self,
        native: &mut Native<'_>,
    ) -> Option<(Rc<DictTracker>, Rc<RefCell<Dict>>, Key)> {
        let tracker = self.tracked.tracker(native)?;
        let data = Rc::clone(&tracker.data.borrow());
        let key = Key::from(self.key.load(native.machine)?);
        Some((tracker, data, key))
    }

    /// Where the tracker stands after the access.
    fn next(&self, tracker: &DictTracker) -> Option<Relocatable> {
        tracker.current_ptr.get().checked_add(self.size)
    }

    #[inline]
    fn finish(&self, native: &mut Native<'_>, tracker: Rc<DictTracker>, next: Relocatable) {
        tracker.current_ptr.set(next);
        if let Scope::Native(variables) = native.scopes.innermost()
            && let Some(Object::Tracker(known)) = variables.get(self.name)
            && Rc::ptr_eq(known, &tracker)
        {
            return;
        }
        native.set_variable(self.name, Object::Tracker(tracker));
    }
}

fn read(site: &Site<'_>) -> Option<Hint> {
    let (access, value) = (Access::new(site)?, site.assigned("value")?);
    hint(move |native| {
        let (tracker, data, key) = access.look_up(native)?;
        let next = access.next(&tracker)?;
        let at = data.borrow().place(&key, tracker.near.get());
        let found = match at {
            Some(at) => {
                tracker.near.set(at);
                data.borrow().look(Some(at), Object::to_value)??
            }
            None => data.borrow_mut().get(&key)?.to_value()?,
        };
        value.store(native.machine, found)?;
        access.finish(native, tracker, next);
        Some(())
    })
}

fn write(site: &Site<'_>) -> Option<Hint> {
    let (access, new_value) = (Access::new(site)?, site.value("new_value")?);
    let prev_value = site.member("dict_ptr.prev_value")?;
    hint(move |native| {
        let (tracker, data, key) = access.look_up(native)?;
        let next = access.next(&tracker)?;
        let new = new_value.load(native.machine)?;
        let at = data.borrow().place(&key, tracker.near.get());
        let old = data.borrow().look(at, Object::to_value)??;
        prev_value.store(native.machine, old)?;
        tracker.near.set(data.borrow_mut().put(at, key, Object::from(new)));
        access.finish(native, tracker, next);
        Some(())
    })
}

fn update(site: &Site<'_>) -> Option<Hint> {
    let (access, new_value) = (Access::new(site)?, site.value("new_value")?);
    let prev_value = site.value("prev_value")?;
    let current_value = Symbol::new("current_value");
    hint(move |native| {
        let (tracker, data, key) = access.look_up(native)?;
        let next = access.next(&tracker)?;
        let new = new_value.load(native.machine)?;
        let at = data.borrow().place(&key, tracker.near.get());
        let current = data.borrow().look(at, Object::clone)?;
        if !equals(&current, prev_value.load(native.machine)?)? {
            return None;
        }
        tracker.near.set(data.borrow_mut().put(at, key, Object::from(new)));
        native.set_variable(current_value, current);
        access.finish(native, tracker, next);
        Some(())
    })
}

/// The manager of a scope that may have none yet.
struct Manager {
    name: Symbol,
    class: (Symbol, Import),
}

impl Manager {
    fn new() -> Option<Self> {
        let class = Import::find("starkware.cairo.common.dict", "DictManager")?;
        Some(Self {
            name: Symbol::new("__dict_manager"),
            class: (Symbol::new("DictManager"), class),
        })
    }

    /// Makes a dictionary, and the manager if there is none; the new dictionary goes to `[ap]`.
    fn add(&self, native: &mut Native<'_>, dict: Dict) -> Option<()> {
        let known = match native.variable(self.name) {
            Some(Object::Manager(manager)) => Some(manager),
            Some(_) => return None,
            None => None,
        };
        // From here on nothing may fail: a second segment would be one too many.
        let ap = native.machine.registers().ap;
        if native.machine.memory.cell(ap).is_set() || native.machine.builtins.watches(ap.segment) {
            return None;
        }
        let base = add_segment(native.machine).ok()?.relocatable()?;
        let manager = known.unwrap_or_else(|| {
            let made = Rc::new(RefCell::new(DictManager::default()));
            native.set_variable(self.class.0, Object::Import(self.class.1));
            native.set_variable(self.name, Object::Manager(Rc::clone(&made)));
            made
        });
        manager.borrow_mut().insert(base, dict).ok()?;
        native.machine.store(Value::Relocatable(ap), Value::Relocatable(base)).ok()
    }
}

fn default_dict_new(site: &Site<'_>) -> Option<Hint> {
    let (manager, value) = (Manager::new()?, site.value("default_value")?);
    hint(move |native| {
        let default = Object::from(value.load(native.machine)?);
        let dict = Dict { default: Some(DefaultValue::Same(default)), ..Dict::default() };
        manager.add(native, dict)
    })
}

fn dict_new(_: &Site<'_>) -> Option<Hint> {
    let (manager, initial) = (Manager::new()?, Symbol::new("initial_dict"));
    hint(move |native| {
        let Object::Dict(given) = native.variable(initial)? else { return None };
        let mut items = given.borrow().items.clone();
        for item in items.values_mut() {
            match item {
                Object::Address(_) => {}
                Object::Int(int) if int.as_felt().is_some() => {}
                // Lists become segments, which is left to the text.
                other => *other = Object::from(other.to_value()?),
            }
        }
        manager.add(native, Dict { items, default: None })?;
        native.remove_variable(initial);
        Some(())
    })
}

fn squash_copy(site: &Site<'_>) -> Option<Hint> {
    let tracked = Tracked::new(site, "dict_accesses_end")?;
    let initial = Symbol::new("initial_dict");
    hint(move |native| {
        let data = Rc::clone(&tracked.tracker(native)?.data.borrow());
        let items = data.borrow().items.clone();
        let copy = Object::Dict(Rc::new(RefCell::new(Dict { items, default: None })));
        let manager = native.variable(tracked.manager)?;
        let variables: Variables =
            [(tracked.manager, manager), (initial, copy)].into_iter().collect();
        native.scopes.enter(Scope::Native(variables));
        Some(())
    })
}

fn squash_end(site: &Site<'_>) -> Option<Hint> {
    let tracked = Tracked::new(site, "squashed_dict_start")?;
    let (end, _) = site.structure("squashed_dict_end")?;
    hint(move |native| {
        let tracker = tracked.tracker(native)?;
        tracker.current_ptr.set(end.address(native.machine)?);
        Some(())
    })
}
