//! Comparisons.

use std::cmp::Ordering;
use std::rc::Rc;

use super::super::node::Comparison;
use super::super::{Decline, Got};
use super::{Run, imported};
use crate::math::number;
use crate::object::{Key, Object};

/// How deep objects in objects are compared.
const MAX_DEPTH: u32 = 100;

impl Run<'_, '_> {
    /// `left op right`
    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        left: &Object,
        right: &Object,
    ) -> Got<bool> {
        Ok(match comparison {
            Comparison::Equal => self.equal(left, right, MAX_DEPTH)?,
            Comparison::NotEqual => !self.equal(left, right, MAX_DEPTH)?,
            Comparison::Less => self.order(left, right, MAX_DEPTH)? == Ordering::Less,
            Comparison::LessEqual => self.order(left, right, MAX_DEPTH)? != Ordering::Greater,
            Comparison::Greater => self.order(left, right, MAX_DEPTH)? == Ordering::Greater,
            Comparison::GreaterEqual => self.order(left, right, MAX_DEPTH)? != Ordering::Less,
            Comparison::Is => is(left, right)?,
            Comparison::IsNot => !is(left, right)?,
            Comparison::In => self.contains(right, left)?,
            Comparison::NotIn => !self.contains(right, left)?,
        })
    }

    /// `left == right`
    pub(super) fn equal(&mut self, left: &Object, right: &Object, depth: u32) -> Got<bool> {
        if let (Object::Int(a), Object::Int(b)) = (left, right) {
            return Ok(a == b);
        }
        if depth == 0 {
            return Err(Decline);
        }
        Ok(match (left, right) {
            (Object::Foreign(_) | Object::ByteArray(_), _)
            | (_, Object::Foreign(_) | Object::ByteArray(_)) => return Err(Decline),
            (Object::Import(import), other) | (other, Object::Import(import)) => {
                match (imported::list(*import), other) {
                    (Some(items), Object::List(_)) => {
                        return self.equal(&Object::list(items), other, depth - 1);
                    }
                    (_, Object::None) => false,
                    _ => return Err(Decline),
                }
            }
            (Object::None, Object::None) => true,
            (Object::Address(a), Object::Address(b)) => a == b,
            (Object::Text(a), Object::Text(b)) => a == b,
            (Object::Bytes(a), Object::Bytes(b)) => a == b,
            (Object::List(a), Object::List(b)) => {
                if Rc::ptr_eq(a, b) {
                    return Ok(true);
                }
                let (a, b) = (a.borrow().clone(), b.borrow().clone());
                self.all_equal(&a, &b, depth)?
            }
            (Object::Tuple(a), Object::Tuple(b)) => self.all_equal(a, b, depth)?,
            (Object::Dict(a), Object::Dict(b)) => {
                if Rc::ptr_eq(a, b) {
                    return Ok(true);
                }
                let (a, b) = (a.borrow().items.clone(), b.borrow().items.clone());
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (key, item) in &a {
                    self.charge(1)?;
                    match b.get(key) {
                        Some(other) if self.equal(item, other, depth - 1)? => {}
                        _ => return Ok(false),
                    }
                }
                true
            }
            (Object::Manager(_) | Object::Tracker(_), Object::Manager(_) | Object::Tracker(_)) => {
                return Err(Decline);
            }
            _ => match (left.to_int(), right.to_int()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        })
    }

    fn all_equal(&mut self, a: &[Object], b: &[Object], depth: u32) -> Got<bool> {
        if a.len() != b.len() {
            return Ok(false);
        }
        for (a, b) in a.iter().zip(b) {
            self.charge(1)?;
            if !self.equal(a, b, depth - 1)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The order of two objects that have one.
    pub(super) fn order(&mut self, left: &Object, right: &Object, depth: u32) -> Got<Ordering> {
        if let (Object::Int(a), Object::Int(b)) = (left, right) {
            return Ok(number::compare(a, b));
        }
        if depth == 0 {
            return Err(Decline);
        }
        Ok(match (left, right) {
            (Object::Address(a), Object::Address(b)) => a.cmp(b),
            // Numbers are smaller than all addresses.
            (Object::Address(_), Object::Int(_) | Object::Bool(_)) => Ordering::Greater,
            (Object::Int(_) | Object::Bool(_), Object::Address(_)) => Ordering::Less,
            (Object::Text(a), Object::Text(b)) => a.cmp(b),
            (Object::Bytes(a), Object::Bytes(b)) => a.cmp(b),
            (Object::List(a), Object::List(b)) => {
                let (a, b) = (a.borrow().clone(), b.borrow().clone());
                self.order_all(&a, &b, depth)?
            }
            (Object::Tuple(a), Object::Tuple(b)) => self.order_all(a, b, depth)?,
            _ => match (left.to_int(), right.to_int()) {
                (Some(a), Some(b)) => number::compare(&a, &b),
                _ => return Err(Decline),
            },
        })
    }

    fn order_all(&mut self, a: &[Object], b: &[Object], depth: u32) -> Got<Ordering> {
        for (a, b) in a.iter().zip(b) {
            self.charge(1)?;
            if !self.equal(a, b, depth - 1)? {
                return self.order(a, b, depth - 1);
            }
        }
        Ok(a.len().cmp(&b.len()))
    }

    /// Sorts items that all have an order.
    pub(super) fn sort(&mut self, items: &mut [Object], falling: bool) -> Got<()> {
        let rounds = u64::from(items.len().checked_ilog2().unwrap_or(0)) + 1;
        self.charge(items.len() as u64 * rounds)?;
        let mut failed = items.len() > 1 && !items.iter().all(|item| has_order(item, &items[0]));
        if failed {
            return Err(Decline);
        }
        // A merge sort in rising order of places keeps equal ones as they are, as Python's does.
        items.sort_by(|a, b| {
            let (a, b) = if falling { (b, a) } else { (a, b) };
            self.order(a, b, MAX_DEPTH).unwrap_or_else(|Decline| {
                failed = true;
                Ordering::Equal
            })
        });
        if failed { Err(Decline) } else { Ok(()) }
    }

    fn contains(&mut self, container: &Object, item: &Object) -> Got<bool> {
        match container {
            Object::Dict(dict) => {
                let key = Key::of(item).ok_or(Decline)?;
                Ok(dict.borrow().items.contains_key(&key))
            }
            Object::List(_) | Object::Tuple(_) => {
                for one in self.all_of(container)? {
                    self.charge(1)?;
                    if self.equal(&one, item, MAX_DEPTH)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Object::Text(text) => match item {
                Object::Text(part) => Ok(text.contains(&**part)),
                _ => Err(Decline),
            },
            _ => Err(Decline),
        }
    }
}

/// Whether two objects have an order, and one that makes sense of a whole list.
fn has_order(a: &Object, b: &Object) -> bool {
    match (a, b) {
        (
            Object::Int(_) | Object::Bool(_) | Object::Address(_),
            Object::Int(_) | Object::Bool(_) | Object::Address(_),
        )
        | (Object::Text(_), Object::Text(_))
        | (Object::Bytes(_), Object::Bytes(_)) => true,
        (Object::Tuple(a), Object::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| has_order(a, b))
        }
        _ => false,
    }
}

/// `left is right`, where the answer does not depend on how objects are kept.
fn is(left: &Object, right: &Object) -> Got<bool> {
    Ok(match (left, right) {
        (Object::None, Object::None) => true,
        (Object::Bool(a), Object::Bool(b)) => a == b,
        (Object::Foreign(_), _) | (_, Object::Foreign(_)) => return Err(Decline),
        (Object::None | Object::Bool(_), _) | (_, Object::None | Object::Bool(_)) => false,
        (Object::List(a), Object::List(b)) => Rc::ptr_eq(a, b),
        _ => return Err(Decline),
    })
}
