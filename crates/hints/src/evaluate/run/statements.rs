//! Statements.

use super::super::node::{Node, Operator, Statement, Target};
use super::super::{Decline, Got};
use super::{List, Run, Undo, checked, operators};
use crate::object::Object;
use crate::{Import, memory};

/// How a statement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

impl Run<'_, '_> {
    /// Runs statements one after the other.
    pub(super) fn statements(&mut self, all: &[Statement]) -> Got<Flow> {
        for statement in all {
            let flow = self.statement(statement)?;
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, statement: &Statement) -> Got<Flow> {
        match statement {
            Statement::Expression(node) => drop(self.eval(node)?),
            Statement::Assign(value, targets) => {
                let value = self.eval(value)?;
                if let [target] = targets.as_slice() {
                    self.set(target, value)?;
                } else {
                    for target in targets {
                        self.set(target, value.clone())?;
                    }
                }
            }
            Statement::Augment(target, operator, value) => {
                self.augment(target, *operator, value)?;
            }
            Statement::If(tests, otherwise) => {
                for (test, body) in tests {
                    if self.test(test)? {
                        return self.statements(body);
                    }
                }
                return self.statements(otherwise);
            }
            Statement::For(one) => {
                let mut source = self.open(&one.over)?;
                while self.advance(&mut source, &one.target)? {
                    self.charge(one.weight)?;
                    if self.statements(&one.body)? == Flow::Break {
                        return Ok(Flow::Next);
                    }
                }
                return self.statements(&one.otherwise);
            }
            Statement::While(one) => {
                while self.test(&one.test)? {
                    self.charge(one.weight)?;
                    if self.statements(&one.body)? == Flow::Break {
                        return Ok(Flow::Next);
                    }
                }
                return self.statements(&one.otherwise);
            }
            Statement::Break => return Ok(Flow::Break),
            Statement::Continue => return Ok(Flow::Continue),
            Statement::Assert(test) => {
                if !self.test(test)? {
                    return Err(Decline);
                }
            }
            Statement::Raise => return Err(Decline),
            Statement::Import(slot, import) => self.import(*slot, *import),
            Statement::Delete(slot) => self.delete(*slot)?,
            Statement::RelocationRule(source, target) => {
                let (source, target) = (self.address(source)?, self.address(target)?);
                let memory = &mut self.native.machine.memory;
                memory.add_relocation_rule(source, target).map_err(|_| Decline)?;
            }
        }
        Ok(Flow::Next)
    }

    fn import(&mut self, slot: u16, import: Import) {
        self.assign(slot, Object::Import(import));
    }

    /// Assigns to a target.
    pub(super) fn set(&mut self, target: &Target, value: Object) -> Got<()> {
        match target {
            Target::Name(slot) => self.assign(*slot, value),
            Target::Ids(binding) => {
                let machine = &self.native.machine;
                let address = binding.address(self.frame, machine).map_err(|_| Decline)?;
                let address = checked(address.relocatable().ok_or(Decline)?)?;
                self.store(address, &value)?;
            }
            Target::Cell(base, offset) => {
                let address = self.address(base)?.checked_add(*offset).ok_or(Decline)?;
                self.store(checked(address)?, &value)?;
            }
            Target::Item(container, key) => {
                let container = self.eval(container)?;
                let key = self.eval(key)?;
                self.set_item(&container, &key, value)?;
            }
            Target::Tuple(targets) => {
                if let Object::Tuple(items) = &value {
                    if items.len() != targets.len() {
                        return Err(Decline);
                    }
                    for (target, item) in targets.iter().zip(items.iter()) {
                        self.set(target, item.clone())?;
                    }
                    return Ok(());
                }
                let items = self.unpacked(&value, targets.len())?;
                for (target, item) in targets.iter().zip(items) {
                    self.set(target, item)?;
                }
            }
            Target::CurrentPointer(tracker) => {
                let Object::Tracker(tracker) = self.eval(tracker)? else { return Err(Decline) };
                let Object::Address(pointer) = value else { return Err(Decline) };
                let old = tracker.current_ptr.replace(pointer);
                self.undo.push(Undo::Pointer(tracker, old));
            }
            Target::Data(tracker) => {
                let Object::Tracker(tracker) = self.eval(tracker)? else { return Err(Decline) };
                let Object::Dict(dict) = value else { return Err(Decline) };
                let old = tracker.data.replace(dict);
                self.undo.push(Undo::Data(tracker, old));
            }
        }
        Ok(())
    }

    /// The items that are spread over so many targets.
    pub(super) fn unpacked(&mut self, value: &Object, count: usize) -> Got<Vec<Object>> {
        let items = match value {
            Object::Tuple(items) => items.to_vec(),
            Object::List(items) => items.borrow().clone(),
            Object::Import(import) => super::imported::list(*import).ok_or(Decline)?,
            _ => return Err(Decline),
        };
        if items.len() == count { Ok(items) } else { Err(Decline) }
    }

    /// `memory[address] = value`
    pub(super) fn store(
        &mut self,
        address: cairo_zero_core::Relocatable,
        value: &Object,
    ) -> Got<()> {
        if let Object::Address(pointer) = value {
            checked(*pointer)?;
        }
        let value = value.to_value().ok_or(Decline)?;
        memory::store(self.native.machine, address.into(), value).map_err(|_| Decline)
    }

    fn augment(&mut self, target: &Target, operator: Operator, value: &Node) -> Got<()> {
        match target {
            Target::Name(slot) => {
                let old = self.read(*slot)?;
                let by = self.eval(value)?;
                let new = self.in_place(operator, old, by)?;
                self.assign(*slot, new);
            }
            Target::Item(container, key) => {
                let container = self.eval(container)?;
                let key = self.eval(key)?;
                let old = self.item(&container, &key)?;
                let by = self.eval(value)?;
                let new = self.in_place(operator, old, by)?;
                self.set_item(&container, &key, new)?;
            }
            Target::CurrentPointer(tracker) => {
                let Object::Tracker(tracker) = self.eval(tracker)? else { return Err(Decline) };
                let old = tracker.current_ptr.get();
                let by = self.eval(value)?;
                let Object::Address(new) = self.binary(operator, &Object::Address(old), &by)?
                else {
                    return Err(Decline);
                };
                tracker.current_ptr.set(new);
                self.undo.push(Undo::Pointer(tracker, old));
            }
            _ => return Err(Decline),
        }
        Ok(())
    }

    /// `old op= by`: a list grows in place.
    fn in_place(&mut self, operator: Operator, old: Object, by: Object) -> Got<Object> {
        if let (Operator::Add, Object::List(list)) = (operator, &old) {
            let more = self.all_of(&by)?;
            self.extend(list, more)?;
            return Ok(old);
        }
        if let (Operator::Add, Object::ByteArray(bytes), Object::Bytes(more)) =
            (operator, &old, &by)
        {
            let length = bytes.borrow().len();
            operators::check_length(length + more.len())?;
            self.charge(more.len() as u64 / 16)?;
            bytes.borrow_mut().extend_from_slice(more);
            self.undo.push(Undo::Bytes(std::rc::Rc::clone(bytes), length));
            return Ok(old);
        }
        if matches!(
            old,
            Object::ByteArray(_) | Object::List(_) | Object::Dict(_) | Object::Import(_)
        ) {
            return Err(Decline);
        }
        self.binary(operator, &old, &by)
    }

    /// Puts items at a list's end.
    pub(super) fn extend(&mut self, list: &List, more: Vec<Object>) -> Got<()> {
        operators::check_length(list.borrow().len() + more.len())?;
        self.charge(more.len() as u64)?;
        for item in more {
            list.borrow_mut().push(item);
            self.undo.push(Undo::Push(List::clone(list)));
        }
        Ok(())
    }
}
