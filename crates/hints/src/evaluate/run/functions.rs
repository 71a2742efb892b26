//! Python's functions and methods, elements and slices.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::node::{Function, Node, Operator};
use super::super::{Decline, Got};
use super::nodes::truth;
use super::{List, Run, Undo, imported};
use crate::Int;
use crate::math::number;
use crate::object::{Dict, Key, Object};

impl Run<'_, '_> {
    /// A function of values, or a method of the first.
    pub(super) fn function(&mut self, function: Function, operands: &[Node]) -> Got<Object> {
        let mut values = Vec::with_capacity(operands.len());
        for operand in operands {
            values.push(self.eval(operand)?);
        }
        match values.as_slice() {
            [one] => self.of_one(function, one),
            [first, rest @ ..] => match function {
                Function::DivMod => divided(first, rest),
                Function::Pow => self.power(first, rest),
                Function::Min | Function::Max => self.extreme(&values, function == Function::Max),
                Function::FromBytes | Function::ToBytes => bytes(function, first, rest),
                _ => self.method(function, first, rest),
            },
            [] if function == Function::ByteArray => Ok(Object::ByteArray(Rc::default())),
            [] => Err(Decline),
        }
    }

    fn of_one(&mut self, function: Function, value: &Object) -> Got<Object> {
        Ok(match function {
            Function::Int => Object::Int(value.to_int().ok_or(Decline)?),
            Function::Bool => Object::Bool(truth(value)?),
            Function::Abs => Object::Int(number::abs(&value.to_int().ok_or(Decline)?)),
            Function::BitLength => {
                let bits = value.to_int().ok_or(Decline)?.bits();
                Object::from(i64::try_from(bits).map_err(|_| Decline)?)
            }
            Function::Len => {
                let length = match value {
                    Object::List(items) => items.borrow().len(),
                    Object::Tuple(items) => items.len(),
                    Object::Dict(dict) => dict.borrow().items.len(),
                    Object::Text(text) => text.chars().count(),
                    Object::Bytes(bytes) => bytes.len(),
                    Object::ByteArray(bytes) => bytes.borrow().len(),
                    Object::Import(import) => imported::list(*import).ok_or(Decline)?.len(),
                    _ => return Err(Decline),
                };
                Object::from(i64::try_from(length).map_err(|_| Decline)?)
            }
            Function::Dict => self.dict_from(value)?,
            _ => return self.method(function, value, &[]),
        })
    }

    fn dict_from(&mut self, value: &Object) -> Got<Object> {
        let mut made = Dict::default();
        if let Object::Dict(dict) = value {
            self.charge(dict.borrow().items.len() as u64)?;
            made.items = dict.borrow().items.clone();
        } else {
            for pair in self.all_of(value)? {
                let pair = self.unpacked(&pair, 2)?;
                let [key, item] = pair.as_slice() else { return Err(Decline) };
                made.items.insert(Key::of(key).ok_or(Decline)?, item.clone());
            }
        }
        Ok(Object::Dict(Rc::new(RefCell::new(made))))
    }

    fn power(&mut self, base: &Object, rest: &[Object]) -> Got<Object> {
        match rest {
            [exponent] => self.binary(Operator::Pow, base, exponent),
            [exponent, modulus] => {
                let (Some(a), Some(b), Some(m)) =
                    (base.to_int(), exponent.to_int(), modulus.to_int())
                else {
                    return Err(Decline);
                };
                let words = (m.bits() / 64).max(1) + a.bits() / 64;
                self.charge(b.bits().saturating_mul(words).saturating_mul(words) / 256)?;
                number::power_mod(&a, &b, &m).map(Object::Int).ok_or(Decline)
            }
            _ => Err(Decline),
        }
    }

    fn method(&mut self, function: Function, object: &Object, given: &[Object]) -> Got<Object> {
        match object {
            Object::List(list) => self.list_method(function, list, given),
            Object::Dict(dict) => self.dict_method(function, dict, given),
            Object::Tuple(items) if function == Function::Index => {
                let [item] = given else { return Err(Decline) };
                self.index(items, item)
            }
            _ => Err(Decline),
        }
    }

    fn list_method(&mut self, function: Function, list: &List, given: &[Object]) -> Got<Object> {
        match (function, given) {
            (Function::Append, [item]) => {
                super::operators::check_length(list.borrow().len())?;
                list.borrow_mut().push(item.clone());
                self.undo.push(Undo::Push(Rc::clone(list)));
            }
            (Function::PopItem, [] | [_]) => {
                let at = match given {
                    [at] => at.to_int().ok_or(Decline)?,
                    _ => Int::from(-1_i64),
                };
                let at = position(&at, list.borrow().len())?;
                self.charge((list.borrow().len() - at) as u64 / 16)?;
                let item = list.borrow_mut().remove(at);
                self.undo.push(Undo::Pop(Rc::clone(list), at, item.clone()));
                return Ok(item);
            }
            (Function::Index, [item]) => {
                let items = list.borrow().clone();
                return self.index(&items, item);
            }
            (Function::Sort, [] | [_]) => {
                let falling = given.first().map_or(Ok(false), truth)?;
                let mut items = list.borrow().clone();
                self.sort(&mut items, falling)?;
                let old = list.replace(items);
                self.undo.push(Undo::Whole(Rc::clone(list), old));
            }
            (Function::Reverse, []) => {
                let mut items = list.borrow().clone();
                self.charge(items.len() as u64)?;
                items.reverse();
                let old = list.replace(items);
                self.undo.push(Undo::Whole(Rc::clone(list), old));
            }
            (Function::Extend, [more]) => {
                let more = self.all_of(more)?;
                self.extend(list, more)?;
            }
            (Function::Copy, []) => {
                let items = list.borrow().clone();
                self.charge(items.len() as u64)?;
                return Ok(Object::list(items));
            }
            _ => return Err(Decline),
        }
        Ok(Object::None)
    }

    fn index(&mut self, items: &[Object], item: &Object) -> Got<Object> {
        for (at, one) in items.iter().enumerate() {
            self.charge(1)?;
            if self.equal(one, item, 100)? {
                return Ok(Object::from(at as i64));
            }
        }
        Err(Decline)
    }

    fn dict_method(
        &mut self,
        function: Function,
        dict: &Rc<RefCell<Dict>>,
        given: &[Object],
    ) -> Got<Object> {
        if let (Function::Copy, []) = (function, given) {
            self.charge(dict.borrow().items.len() as u64)?;
            let copy = dict.borrow().clone();
            return Ok(Object::Dict(Rc::new(RefCell::new(copy))));
        }
        let (key, default) = match given {
            [key] => (key, None),
            [key, default] => (key, Some(default)),
            _ => return Err(Decline),
        };
        let key = Key::of(key).ok_or(Decline)?;
        match function {
            Function::GetItem => {
                let found = dict.borrow().items.get(&key).cloned();
                Ok(found.or_else(|| default.cloned()).unwrap_or(Object::None))
            }
            Function::SetDefault => {
                if let Some(found) = dict.borrow().items.get(&key) {
                    return Ok(found.clone());
                }
                let default = default.cloned().unwrap_or(Object::None);
                dict.borrow_mut().items.insert(key.clone(), default.clone());
                self.undo.push(Undo::NewKey(Rc::clone(dict), key));
                Ok(default)
            }
            Function::PopItem => {
                self.charge(dict.borrow().items.len() as u64 / 16)?;
                let removed = dict.borrow_mut().items.shift_remove_full(&key);
                match (removed, default) {
                    (Some((at, key, item)), _) => {
                        let undo = Undo::RemoveKey(Rc::clone(dict), at, key, item.clone());
                        self.undo.push(undo);
                        Ok(item)
                    }
                    (None, Some(default)) => Ok(default.clone()),
                    (None, None) => Err(Decline),
                }
            }
            _ => Err(Decline),
        }
    }

    /// `container[key]`
    pub(super) fn item(&mut self, container: &Object, key: &Object) -> Got<Object> {
        let at = |length: usize| position(&key.to_int().ok_or(Decline)?, length);
        match container {
            Object::List(list) => {
                let list = list.borrow();
                list.get(at(list.len())?).cloned().ok_or(Decline)
            }
            Object::Tuple(items) => items.get(at(items.len())?).cloned().ok_or(Decline),
            Object::Bytes(bytes) => {
                let byte = bytes.get(at(bytes.len())?).ok_or(Decline)?;
                Ok(Object::from(i64::from(*byte)))
            }
            Object::Text(text) => {
                let character = text.chars().nth(at(text.chars().count())?).ok_or(Decline)?;
                Ok(Object::Text(character.to_string().into()))
            }
            Object::Dict(dict) => {
                let key = Key::of(key).ok_or(Decline)?;
                let known = dict.borrow().items.len();
                let found = dict.borrow_mut().get(&key).ok_or(Decline)?;
                if dict.borrow().items.len() != known {
                    self.undo.push(Undo::NewKey(Rc::clone(dict), key));
                }
                Ok(found)
            }
            Object::Import(import) => {
                let items = imported::list(*import).ok_or(Decline)?;
                items.get(at(items.len())?).cloned().ok_or(Decline)
            }
            _ => Err(Decline),
        }
    }

    /// `container[key] = value`
    pub(super) fn set_item(&mut self, container: &Object, key: &Object, value: Object) -> Got<()> {
        match container {
            Object::List(list) => {
                let at = position(&key.to_int().ok_or(Decline)?, list.borrow().len())?;
                let mut items = list.borrow_mut();
                let old = std::mem::replace(items.get_mut(at).ok_or(Decline)?, value);
                self.undo.push(Undo::SetItem(Rc::clone(list), at, old));
            }
            Object::Dict(dict) => {
                let key = Key::of(key).ok_or(Decline)?;
                let old = dict.borrow_mut().items.insert(key.clone(), value);
                self.undo.push(match old {
                    Some(old) => Undo::SetKey(Rc::clone(dict), key, old),
                    None => Undo::NewKey(Rc::clone(dict), key),
                });
            }
            _ => return Err(Decline),
        }
        Ok(())
    }

    /// `container[a:b:c]`
    pub(super) fn slice(&mut self, container: &Object, bounds: [Option<Object>; 3]) -> Got<Object> {
        let pick = |length: usize| places(length, &bounds);
        Ok(match container {
            Object::List(_) | Object::Import(_) => {
                let items = self.list_items(container)?;
                let places = pick(items.len())?;
                Object::list(places.into_iter().filter_map(|at| items.get(at).cloned()).collect())
            }
            Object::Tuple(items) => {
                self.charge(items.len() as u64)?;
                let places = pick(items.len())?;
                Object::Tuple(places.into_iter().filter_map(|at| items.get(at).cloned()).collect())
            }
            Object::Bytes(bytes) => {
                self.charge(bytes.len() as u64)?;
                let places = pick(bytes.len())?;
                Object::Bytes(places.into_iter().filter_map(|at| bytes.get(at).copied()).collect())
            }
            _ => return Err(Decline),
        })
    }
}

/// `divmod(a, b)`
fn divided(first: &Object, rest: &[Object]) -> Got<Object> {
    let [second] = rest else { return Err(Decline) };
    let (Some(a), Some(b)) = (first.to_int(), second.to_int()) else { return Err(Decline) };
    let (quotient, rest) = number::div_rem(&a, &b).ok_or(Decline)?;
    Ok(Object::Tuple([Object::Int(quotient), Object::Int(rest)].into()))
}

/// `int.from_bytes` and `int.to_bytes`
fn bytes(function: Function, first: &Object, rest: &[Object]) -> Got<Object> {
    match (function, first, rest) {
        (Function::FromBytes, Object::Bytes(bytes), [Object::Bool(little)]) => {
            super::operators::check_length(bytes.len())?;
            Ok(Object::Int(number::from_bytes(bytes, *little, false)))
        }
        (Function::ToBytes, first, [length, Object::Bool(little)]) => {
            let (Some(number), Some(length)) = (first.to_int(), length.to_int()) else {
                return Err(Decline);
            };
            let length = number::to_usize(&length).ok_or(Decline)?;
            let bytes = number::to_bytes(&number, length, *little, false).ok_or(Decline)?;
            Ok(Object::Bytes(bytes.into()))
        }
        _ => Err(Decline),
    }
}

/// The place that an index means, counted from the end if it is negative.
fn position(index: &Int, length: usize) -> Got<usize> {
    let index = index.to_i64().ok_or(Decline)?;
    let at = if index < 0 { index + length as i64 } else { index };
    usize::try_from(at).ok().filter(|at| *at < length).ok_or(Decline)
}

/// The places that a slice takes, as `slice.indices` gives them.
fn places(length: usize, bounds: &[Option<Object>; 3]) -> Got<Vec<usize>> {
    let number = |bound: &Option<Object>| -> Got<Option<i64>> {
        match bound {
            None | Some(Object::None) => Ok(None),
            Some(object) => {
                let int = object.to_int().ok_or(Decline)?;
                // Beyond every list is as good as far beyond it.
                let far = if int.is_negative() { i64::MIN / 2 } else { i64::MAX / 2 };
                Ok(Some(int.to_i64().map_or(far, |n| n.clamp(i64::MIN / 2, i64::MAX / 2))))
            }
        }
    };
    let [start, end, step] = bounds;
    let (start, end, step) = (number(start)?, number(end)?, number(step)?.unwrap_or(1));
    let length = length as i64;
    if step == 0 {
        return Err(Decline);
    }
    let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let within = |bound: i64| {
        let bound = if bound < 0 { bound + length } else { bound };
        bound.clamp(lowest, highest)
    };
    let (first, last) = if step > 0 { (lowest, highest) } else { (highest, lowest) };
    let mut at = start.map_or(first, within);
    let end = end.map_or(last, within);
    let mut places = Vec::new();
    while if step > 0 { at < end } else { at > end } {
        places.push(usize::try_from(at).map_err(|_| Decline)?);
        at = at.saturating_add(step);
    }
    Ok(places)
}
