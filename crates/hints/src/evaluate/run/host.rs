//! What the machine offers: memory, segments, dictionaries, scopes.

use std::rc::Rc;

use cairo_zero_core::{Relocatable, Value};

use super::super::node::{Host, Node};
use super::super::{Decline, Got};
use super::{Run, Scoping, Undo, object_of};
use crate::dict::DictManager;
use crate::math::{number, python};
use crate::memory::{add_segment, store_unchecked};
use crate::object::{DefaultValue, Dict, Key, Object};
use crate::{Symbol, Variables};

/// How deep lists in lists become segments.
const MAX_DEPTH: u32 = 50;

/// The length of the names that a scope can be opened with, in bytes.
const MAX_NAME: usize = 100;

impl Run<'_, '_> {
    /// A service of the machine.
    pub(super) fn host(&mut self, host: Host, operands: &[Node]) -> Got<Object> {
        let mut values = Vec::with_capacity(operands.len());
        for operand in operands {
            values.push(self.eval(operand)?);
        }
        match (host, values.as_slice()) {
            (Host::AddSegment, []) => self.add_segment().map(Object::Address),
            (Host::AddTemporary, []) => {
                let memory = &mut self.native.machine.memory;
                memory.add_temporary_segment().map(Object::Address).map_err(|_| Decline)
            }
            (Host::GenArg, [arg]) => self.generated(arg, MAX_DEPTH),
            (Host::WriteArg, [Object::Address(at), arg]) => {
                self.write_arg(*at, arg, MAX_DEPTH).map(Object::Address)
            }
            (Host::LoadData, [Object::Address(at), data]) => {
                let data = match data {
                    Object::List(_) | Object::Tuple(_) => self.all_of(data)?,
                    _ => return Err(Decline),
                };
                self.load_data(*at, &data).map(Object::Address)
            }
            (Host::GetRange | Host::GetRangeAsInts, [Object::Address(at), size]) => {
                self.get_range(*at, size, host == Host::GetRangeAsInts)
            }
            (Host::ToFelt, [value]) => match value {
                Object::Address(address) => Ok(Object::Address(*address)),
                other => other.to_int().map(Object::Int).ok_or(Decline),
            },
            (Host::SafeDiv, [x, y]) => {
                let (Some(x), Some(y)) = (x.to_int(), y.to_int()) else { return Err(Decline) };
                python::safe_div(&x, &y).map(Object::Int).ok_or(Decline)
            }
            (_, [Object::Manager(manager), argument]) => self.managed(host, manager, argument),
            _ => Err(Decline),
        }
    }

    fn add_segment(&mut self) -> Got<Relocatable> {
        let added = add_segment(self.native.machine).map_err(|_| Decline)?;
        added.relocatable().ok_or(Decline)
    }

    /// `segments.gen_arg(arg)`
    fn generated(&mut self, arg: &Object, depth: u32) -> Got<Object> {
        match arg {
            Object::List(_) | Object::Tuple(_) | Object::Dict(_) | Object::Bytes(_) => {
                if depth == 0 {
                    return Err(Decline);
                }
                let base = self.add_segment()?;
                self.write_arg(base, arg, depth)?;
                Ok(Object::Address(base))
            }
            Object::Address(address) => Ok(Object::Address(*address)),
            other => {
                let int = other.to_int().ok_or(Decline)?;
                number::modulo(&int, &number::prime()).map(Object::Int).ok_or(Decline)
            }
        }
    }

    /// `segments.write_arg(ptr, arg)`
    pub(super) fn write_arg(
        &mut self,
        at: Relocatable,
        arg: &Object,
        depth: u32,
    ) -> Got<Relocatable> {
        let mut data = Vec::new();
        for item in self.all_of(arg)? {
            data.push(match item {
                // The common case, without the detour.
                Object::Int(int) => match int.as_felt() {
                    Some(_) => Object::Int(int),
                    None => Object::from(Value::Felt(int.to_felt())),
                },
                other => self.generated(&other, depth - 1)?,
            });
        }
        self.load_data(at, &data)
    }

    /// `segments.load_data(ptr, data)`: past the builtins' checks, and nothing is reduced.
    fn load_data(&mut self, at: Relocatable, data: &[Object]) -> Got<Relocatable> {
        let mut address = super::checked(at)?;
        for item in data {
            let value = match item {
                Object::Address(pointer) => Value::Relocatable(super::checked(*pointer)?),
                other => {
                    let int = other.to_int().ok_or(Decline)?;
                    Value::Felt(int.as_felt().ok_or(Decline)?)
                }
            };
            store_unchecked(self.native.machine, address.into(), value).map_err(|_| Decline)?;
            address = address.checked_add(1).ok_or(Decline)?;
        }
        Ok(address)
    }

    fn get_range(&mut self, at: Relocatable, size: &Object, only_ints: bool) -> Got<Object> {
        let size = size.to_int().ok_or(Decline)?;
        let size = if size.is_negative() { 0 } else { number::to_usize(&size).ok_or(Decline)? };
        self.charge(size as u64)?;
        let mut items = Vec::new();
        for by in 0..size {
            let address = at.checked_add(by as i64).ok_or(Decline)?;
            let item = object_of(self.load(address)?)?;
            if only_ints && !matches!(item, Object::Int(_)) {
                return Err(Decline);
            }
            items.push(item);
        }
        Ok(Object::list(items))
    }

    /// A method of a `DictManager`.
    fn managed(
        &mut self,
        host: Host,
        manager: &Rc<std::cell::RefCell<DictManager>>,
        argument: &Object,
    ) -> Got<Object> {
        let dict = match (host, argument) {
            (Host::GetTracker | Host::GetDict, Object::Address(pointer)) => {
                let tracker = manager.borrow().tracker(*pointer).cloned().map_err(|_| Decline)?;
                return Ok(match host {
                    Host::GetDict => Object::Dict(Rc::clone(&tracker.data.borrow())),
                    _ => Object::Tracker(tracker),
                });
            }
            (Host::NewDefaultDict, default) => {
                let default = Some(DefaultValue::Same(default.clone()));
                Dict { default, ..Dict::default() }
            }
            (Host::NewDict, Object::Dict(initial)) => initial.borrow().clone(),
            _ => return Err(Decline),
        };
        let base = self.add_segment()?;
        let mut dict = dict;
        if host == Host::NewDict {
            dict.default = None;
            self.charge(dict.items.len() as u64)?;
            for item in dict.items.values_mut() {
                *item = self.generated(item, MAX_DEPTH)?;
            }
        }
        manager.borrow_mut().insert(base, dict).map_err(|_| Decline)?;
        self.undo.push(Undo::NewTracker(Rc::clone(manager), base.segment));
        Ok(Object::Address(base))
    }

    /// `vm_enter_scope(variables)`: the variables are copied now, the scope opens after the hint.
    pub(super) fn enter_scope(&mut self, variables: Option<&Node>) -> Got<Object> {
        let given = match variables {
            None => Object::None,
            Some(variables) => self.eval(variables)?,
        };
        let variables = match given {
            Object::None => Variables::new(),
            Object::Dict(dict) => {
                let dict = dict.borrow();
                let named = |(key, object): (&Key, &Object)| match key {
                    // Symbols stay for good.
                    Key::Text(name) if name.len() <= MAX_NAME => {
                        Some((Symbol::new(name), object.clone()))
                    }
                    _ => None,
                };
                dict.items.iter().map(named).collect::<Option<Variables>>().ok_or(Decline)?
            }
            _ => return Err(Decline),
        };
        self.scoping.push(Scoping::Enter(variables));
        Ok(Object::None)
    }

    /// `vm_exit_scope()`
    pub(super) fn exit_scope(&mut self) -> Got<Object> {
        let mut depth = self.native.scopes.depth();
        for scoping in &self.scoping {
            match scoping {
                Scoping::Enter(_) => depth += 1,
                Scoping::Exit => depth -= 1,
            }
        }
        if depth == 0 {
            return Err(Decline);
        }
        self.scoping.push(Scoping::Exit);
        Ok(Object::None)
    }
}
