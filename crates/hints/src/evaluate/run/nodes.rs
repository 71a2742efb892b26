//! Expressions.

use std::cell::RefCell;
use std::rc::Rc;

use cairo_zero_core::{BuiltinName, Relocatable, Value};

use super::super::node::{
    Attribute, Comparison, Comprehension, Entry, Item, Kind, Node, Operator, Unary,
};
use super::super::{Decline, Got};
use super::{Run, checked, imported, object_of};
use crate::object::{Dict, Key, Object};
use crate::{Binding, Int};

impl Run<'_, '_> {
    /// The value of an expression.
    pub(super) fn eval(&mut self, node: &Node) -> Got<Object> {
        match node {
            Node::Constant(object) => Ok(object.clone()),
            Node::Name(slot) => self.read(*slot),
            Node::Ap => Ok(Object::Address(self.frame.ap)),
            Node::Fp => object_of(self.frame.fp),
            Node::Ids(binding) => object_of(self.ids(binding)?),
            Node::Offset(base, offset) => {
                let address = self.address(base)?.checked_add(*offset).ok_or(Decline)?;
                checked(address).map(Object::Address)
            }
            Node::Cell(base, offset) => {
                let address = self.address(base)?.checked_add(*offset).ok_or(Decline)?;
                object_of(self.load(address)?)
            }
            Node::Unary(operator, operand) => self.unary(*operator, operand),
            Node::Binary(operator, operands) => {
                let (left, right) = (self.eval(&operands.0)?, self.eval(&operands.1)?);
                self.binary(*operator, &left, &right)
            }
            Node::Compare(left, rest) => self.comparison(left, rest),
            Node::Condition(parts) => {
                let (test, then, otherwise) = &**parts;
                if self.test(test)? { self.eval(then) } else { self.eval(otherwise) }
            }
            Node::Logic(is_and, operands) => self.logic(*is_and, operands),
            Node::Subscript(parts) => {
                let (container, key) = (self.eval(&parts.0)?, self.eval(&parts.1)?);
                self.item(&container, &key)
            }
            Node::Function(function, operands) => self.function(*function, operands),
            Node::Host(host, operands) => self.host(*host, operands),
            Node::Call(slot, given) => self.imported(*slot, given),
            other => self.eval_more(other),
        }
    }

    /// The rarer expressions.
    fn eval_more(&mut self, node: &Node) -> Got<Object> {
        match node {
            Node::Tuple(items) => Ok(Object::Tuple(self.items(items)?.into())),
            Node::List(items) => Ok(Object::list(self.items(items)?)),
            Node::Dict(entries) => self.dict(entries),
            Node::ListOf(comprehension) => self.list_of(comprehension).map(Object::list),
            Node::DictOf(parts) => self.dict_of(&parts.0, &parts.1),
            Node::Collect(series) => self.collect(series).map(Object::list),
            Node::Slice(container, parts) => {
                let container = self.eval(container)?;
                let mut bounds = [None, None, None];
                for (bound, part) in bounds.iter_mut().zip(parts) {
                    *bound = part.as_ref().map(|part| self.eval(part)).transpose()?;
                }
                self.slice(&container, bounds)
            }
            Node::Fold(fold, series, more) => self.fold(*fold, series, more.as_deref()),
            Node::IsInstance(value, kinds) => {
                let is = match self.eval(value)? {
                    Object::Int(_) | Object::Bool(_) => kinds.contains(&Kind::Int),
                    Object::Address(_) => kinds.contains(&Kind::Address),
                    Object::Foreign(_) => return Err(Decline),
                    _ => false,
                };
                Ok(Object::Bool(is))
            }
            Node::HasVariable(slot) => self.peek(*slot).map(|found| Object::Bool(found.is_some())),
            Node::GetVariable(slot, default) => match (self.peek(*slot)?, default) {
                (Some(_), _) => self.read(*slot),
                (None, Some(default)) => self.eval(default),
                (None, None) => Ok(Object::None),
            },
            Node::Bound(builtin) => self.bound(*builtin),
            Node::Attribute(object, attribute) => {
                let object = self.eval(object)?;
                attribute_of(&object, *attribute)
            }
            Node::EnterScope(variables) => self.enter_scope(variables.as_deref()),
            Node::ExitScope => self.exit_scope(),
            _ => Err(Decline),
        }
    }

    /// The value of a reference.
    #[inline]
    fn ids(&self, binding: &Binding) -> Got<Value> {
        match binding {
            Binding::Reference(reference) => {
                reference.value(self.frame, self.native.machine).ok_or(Decline)
            }
            _ => Err(Decline),
        }
    }

    /// The value of an expression that is an address.
    pub(super) fn address(&mut self, node: &Node) -> Got<Relocatable> {
        let address = match node {
            Node::Ids(binding) => self.ids(binding)?.relocatable().ok_or(Decline)?,
            Node::Ap => self.frame.ap,
            other => match self.eval(other)? {
                Object::Address(address) => address,
                _ => return Err(Decline),
            },
        };
        checked(address)
    }

    /// The cell at an address.
    pub(super) fn load(&self, address: Relocatable) -> Got<Value> {
        self.native.machine.memory.get(checked(address)?).ok_or(Decline)
    }

    /// Whether an expression counts as true.
    pub(super) fn test(&mut self, node: &Node) -> Got<bool> {
        match self.eval(node)? {
            Object::Bool(bool) => Ok(bool),
            other => truth(&other),
        }
    }

    fn unary(&mut self, operator: Unary, operand: &Node) -> Got<Object> {
        if operator == Unary::Not {
            return self.test(operand).map(|test| Object::Bool(!test));
        }
        let int = self.eval(operand)?.to_int().ok_or(Decline)?;
        Ok(Object::Int(match operator {
            Unary::Negative => crate::math::number::neg(&int),
            Unary::Invert => crate::math::number::invert(&int),
            Unary::Positive | Unary::Not => int,
        }))
    }

    fn logic(&mut self, is_and: bool, operands: &[Node]) -> Got<Object> {
        let Some((last, first)) = operands.split_last() else { return Err(Decline) };
        for operand in first {
            let value = self.eval(operand)?;
            if truth(&value)? != is_and {
                return Ok(value);
            }
        }
        self.eval(last)
    }

    fn comparison(&mut self, left: &Node, rest: &[(Comparison, Node)]) -> Got<Object> {
        let mut left = self.eval(left)?;
        for (comparison, right) in rest {
            let right = self.eval(right)?;
            if !self.compare(*comparison, &left, &right)? {
                return Ok(Object::Bool(false));
            }
            left = right;
        }
        Ok(Object::Bool(true))
    }

    fn items(&mut self, items: &[Item]) -> Got<Vec<Object>> {
        let mut made = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::One(node) => made.push(self.eval(node)?),
                Item::Spread(node) => {
                    let object = self.eval(node)?;
                    made.extend(self.all_of(&object)?);
                }
            }
        }
        Ok(made)
    }

    fn dict(&mut self, entries: &[Entry]) -> Got<Object> {
        let mut made = Dict::default();
        for entry in entries {
            match entry {
                Entry::Pair(key, value) => {
                    let key = Key::of(&self.eval(key)?).ok_or(Decline)?;
                    made.items.insert(key, self.eval(value)?);
                }
                Entry::Keyword(key, value) => {
                    let key = Key::of(&self.eval(key)?).ok_or(Decline)?;
                    if made.items.insert(key, self.eval(value)?).is_some() {
                        return Err(Decline);
                    }
                }
                Entry::Spread(node) | Entry::Keywords(node) => {
                    let Object::Dict(dict) = self.eval(node)? else { return Err(Decline) };
                    self.charge(dict.borrow().items.len() as u64)?;
                    for (key, item) in &dict.borrow().items {
                        let old = made.items.insert(key.clone(), item.clone());
                        let is_keywords = matches!(entry, Entry::Keywords(_));
                        if is_keywords && (old.is_some() || !matches!(key, Key::Text(_))) {
                            return Err(Decline);
                        }
                    }
                }
            }
        }
        Ok(Object::Dict(Rc::new(RefCell::new(made))))
    }

    /// The elements of a comprehension.
    pub(super) fn list_of(&mut self, comprehension: &Comprehension) -> Got<Vec<Object>> {
        let mut made = Vec::new();
        self.each(comprehension, &mut |run| {
            made.push(run.eval(&comprehension.element)?);
            Ok(true)
        })?;
        Ok(made)
    }

    fn dict_of(&mut self, key: &Node, comprehension: &Comprehension) -> Got<Object> {
        let mut made = Dict::default();
        self.each(comprehension, &mut |run| {
            let key = Key::of(&run.eval(key)?).ok_or(Decline)?;
            made.items.insert(key, run.eval(&comprehension.element)?);
            Ok(true)
        })?;
        Ok(Object::Dict(Rc::new(RefCell::new(made))))
    }

    fn bound(&self, builtin: BuiltinName) -> Got<Object> {
        let bits = match builtin {
            BuiltinName::RangeCheck => 128,
            BuiltinName::RangeCheck96 => 96,
            _ => return Err(Decline),
        };
        self.native.machine.builtins.get(builtin).ok_or(Decline)?;
        super::operators::whole(Operator::ShiftLeft, &Int::from(1_i64), &Int::from(bits as i64))
            .map(Object::Int)
            .ok_or(Decline)
    }
}

/// Whether an object counts as true.
pub(super) fn truth(object: &Object) -> Got<bool> {
    Ok(match object {
        Object::None => false,
        Object::Bool(bool) => *bool,
        Object::Int(int) => !int.is_zero(),
        Object::Address(_) | Object::Manager(_) | Object::Tracker(_) | Object::Import(_) => true,
        Object::Text(text) => !text.is_empty(),
        Object::Bytes(bytes) => !bytes.is_empty(),
        Object::ByteArray(bytes) => !bytes.borrow().is_empty(),
        Object::List(items) => !items.borrow().is_empty(),
        Object::Tuple(items) => !items.is_empty(),
        Object::Dict(dict) => !dict.borrow().items.is_empty(),
        Object::Foreign(_) => return Err(Decline),
    })
}

fn attribute_of(object: &Object, attribute: Attribute) -> Got<Object> {
    Ok(match (object, attribute) {
        (Object::Address(address), Attribute::SegmentIndex) => {
            Object::from(i64::from(address.segment))
        }
        (Object::Address(address), Attribute::Offset) => Object::from(address.offset),
        (Object::Tracker(tracker), Attribute::CurrentPointer) => {
            Object::Address(checked(tracker.current_ptr.get())?)
        }
        (Object::Tracker(tracker), Attribute::Data) => {
            Object::Dict(Rc::clone(&tracker.data.borrow()))
        }
        (Object::Import(import), attribute) => {
            Object::Int(imported::of_curve(*import, attribute).ok_or(Decline)?)
        }
        _ => return Err(Decline),
    })
}
