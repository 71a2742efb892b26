//! Running a hint's code.
//!
//! What a hint does to variables waits until it has come to its end. What it does to lists,
//! dictionaries and segments is noted, so that a hint which declines can be taken back: the
//! interpreter then runs the whole text. Writes to memory stay, as the text repeats them.

mod compare;
mod functions;
mod host;
mod imported;
mod nodes;
pub(super) mod operators;
mod series;
mod statements;
mod trees;

use std::cell::RefCell;
use std::rc::Rc;

use cairo_zero_core::{Relocatable, Value};

use super::node::{Code, Slot};
use super::{Decline, Got};
use crate::dict::{DictManager, DictTracker};
use crate::object::{Dict, Key, Object};
use crate::{Frame, Import, Native, Scope, Variables};

/// How much a hint may do: about as many steps of loops, and items and digits handled at once.
const BUDGET: u64 = 1 << 24;

/// A list that may be shared.
type List = Rc<RefCell<Vec<Object>>>;

/// What is known of a variable.
#[derive(Default)]
pub(super) enum State {
    /// It has not been looked at.
    #[default]
    Unread,
    /// The scope has it, with this value.
    Read(Object),
    /// The hint has set it.
    Set(Object),
    /// The hint has deleted it.
    Deleted,
}

/// How something is taken back.
enum Undo {
    Push(List),
    Pop(List, usize, Object),
    SetItem(List, usize, Object),
    Whole(List, Vec<Object>),
    NewKey(Rc<RefCell<Dict>>, Key),
    SetKey(Rc<RefCell<Dict>>, Key, Object),
    RemoveKey(Rc<RefCell<Dict>>, usize, Key, Object),
    Pointer(Rc<DictTracker>, Relocatable),
    Data(Rc<DictTracker>, Rc<RefCell<Dict>>),
    NewTracker(Rc<RefCell<DictManager>>, i32),
    /// The bytes beyond this length.
    Bytes(Rc<RefCell<Vec<u8>>>, usize),
}

/// What a hint does to the scopes, after it has ended.
enum Scoping {
    Enter(Variables),
    Exit,
}

/// One run of one hint.
pub(super) struct Run<'r, 'n> {
    code: &'r Code,
    native: &'r mut Native<'n>,
    frame: Frame,
    states: Vec<State>,
    /// The variables that were set or deleted, in that order.
    changed: Vec<Slot>,
    undo: Vec<Undo>,
    scoping: Vec<Scoping>,
    budget: u64,
    /// Real and temporary segments at the start.
    segments: (usize, usize),
}

/// Runs a hint. When it declines, nothing has changed but memory.
pub(super) fn run(code: &Code, native: &mut Native<'_>) -> Got<()> {
    for function in &code.functions {
        if native.variable(*function).is_some() {
            return Err(Decline);
        }
    }
    let mut states = code.scratch.take();
    states.resize_with(code.names.len(), State::default);
    let memory = &native.machine.memory;
    let mut run = Run {
        code,
        frame: Frame::from(native.machine.registers()),
        segments: (memory.segment_count(), memory.temporary_count()),
        native,
        states,
        changed: Vec::new(),
        undo: Vec::new(),
        scoping: Vec::new(),
        budget: BUDGET,
    };
    let outcome = run.statements(&code.body).and_then(|_| run.finish());
    if outcome.is_err() {
        run.take_back();
    }
    let mut states = run.states;
    states.clear();
    code.scratch.set(states);
    outcome
}

impl Run<'_, '_> {
    /// Takes from the budget.
    fn charge(&mut self, cost: u64) -> Got<()> {
        self.budget = self.budget.checked_sub(cost).ok_or(Decline)?;
        Ok(())
    }

    /// The value of a variable.
    fn read(&mut self, slot: Slot) -> Got<Object> {
        let object = self.peek(slot)?.ok_or(Decline)?;
        match object {
            Object::Import(import) => {
                Ok(imported::number(import).map_or(Object::Import(import), Object::Int))
            }
            other => Ok(other),
        }
    }

    /// What a variable holds, if it is there.
    fn peek(&mut self, slot: Slot) -> Got<Option<Object>> {
        let at = usize::from(slot);
        Ok(match self.states.get(at) {
            Some(State::Read(object) | State::Set(object)) => Some(object.clone()),
            Some(State::Deleted) | None => None,
            Some(State::Unread) => {
                let name = self.code.names.get(at).ok_or(Decline)?;
                if name.inner {
                    return Ok(None);
                }
                let found = self.native.variable(name.symbol);
                if let (Some(found), Some(state)) = (&found, self.states.get_mut(at)) {
                    *state = State::Read(found.clone());
                }
                found
            }
        })
    }

    /// Sets a variable.
    fn assign(&mut self, slot: Slot, object: Object) {
        let at = usize::from(slot);
        if let Some(state) = self.states.get_mut(at) {
            if !matches!(state, State::Set(_)) {
                self.changed.push(slot);
            }
            *state = State::Set(object);
        }
    }

    fn delete(&mut self, slot: Slot) -> Got<()> {
        self.peek(slot)?.ok_or(Decline)?;
        if let Some(state) = self.states.get_mut(usize::from(slot)) {
            *state = State::Deleted;
            self.changed.push(slot);
        }
        Ok(())
    }

    /// Makes the changes to variables and scopes, or none of them.
    fn finish(&mut self) -> Got<()> {
        let is_native = matches!(self.native.scopes.innermost(), Scope::Native(_));
        if !is_native {
            // The interpreter makes a copy of what it is given, which no other variable would share.
            let simple = |slot: &Slot| match self.states.get(usize::from(*slot)) {
                Some(State::Set(object)) => is_simple(object),
                _ => true,
            };
            if !self.changed.iter().all(simple) {
                return Err(Decline);
            }
        }
        for slot in std::mem::take(&mut self.changed) {
            let at = usize::from(slot);
            let Some(name) = self.code.names.get(at).filter(|name| !name.inner) else { continue };
            match self.states.get_mut(at).map(std::mem::take) {
                Some(State::Set(object)) => self.native.set_variable(name.symbol, object),
                Some(State::Deleted) => self.native.remove_variable(name.symbol),
                _ => {}
            }
        }
        for scoping in std::mem::take(&mut self.scoping) {
            match scoping {
                Scoping::Enter(variables) => self.native.scopes.enter(Scope::Native(variables)),
                // There is one to leave: that was seen when the hint asked for it.
                Scoping::Exit => drop(self.native.scopes.exit()),
            }
        }
        Ok(())
    }

    /// Takes back what the hint has done to objects and segments.
    #[cold]
    fn take_back(&mut self) {
        while let Some(undo) = self.undo.pop() {
            undo.apply();
        }
        let (real, temporary) = self.segments;
        self.native.machine.memory.remove_segments(real, temporary);
    }
}

impl Undo {
    fn apply(self) {
        match self {
            Self::Push(list) => drop(list.borrow_mut().pop()),
            Self::Pop(list, at, object) => list.borrow_mut().insert(at, object),
            Self::SetItem(list, at, object) => {
                if let Some(place) = list.borrow_mut().get_mut(at) {
                    *place = object;
                }
            }
            Self::Whole(list, items) => *list.borrow_mut() = items,
            Self::NewKey(dict, key) => drop(dict.borrow_mut().items.shift_remove(&key)),
            Self::SetKey(dict, key, object) => drop(dict.borrow_mut().items.insert(key, object)),
            Self::RemoveKey(dict, at, key, object) => {
                dict.borrow_mut().items.shift_insert(at, key, object);
            }
            Self::Bytes(bytes, length) => bytes.borrow_mut().truncate(length),
            Self::Pointer(tracker, pointer) => tracker.current_ptr.set(pointer),
            Self::Data(tracker, dict) => drop(tracker.data.replace(dict)),
            Self::NewTracker(manager, segment) => {
                manager.borrow_mut().trackers.remove(&segment);
            }
        }
    }
}

/// Whether an object is the same to every variable that holds it after a trip through the
/// interpreter.
fn is_simple(object: &Object) -> bool {
    match object {
        Object::List(_) | Object::Dict(_) | Object::ByteArray(_) => false,
        Object::Tuple(items) => items.iter().all(is_simple),
        _ => true,
    }
}

/// A value of memory as an object. Addresses before their segment are left alone: memory and Python
/// write them in different ways.
fn object_of(value: Value) -> Got<Object> {
    match value {
        Value::Relocatable(address) => checked(address).map(Object::Address),
        felt @ Value::Felt(_) => Ok(felt.into()),
    }
}

/// An address, if it is not before its segment.
const fn checked(address: Relocatable) -> Got<Relocatable> {
    if address.offset < 0 { Err(Decline) } else { Ok(address) }
}

/// What a name was imported for.
fn import_of(object: &Object) -> Got<Import> {
    match object {
        Object::Import(import) => Ok(*import),
        _ => Err(Decline),
    }
}
