//! Python's operators on objects.

use cairo_zero_core::Relocatable;

use super::super::node::Operator;
use super::super::{Decline, Got};
use super::{Run, checked, imported};
use crate::Int;
use crate::math::number;
use crate::object::Object;

/// Longer lists and texts are left to the interpreter.
const MAX_LENGTH: usize = 1 << 22;

/// Numbers of more bits cost more than any others.
const LARGE: u64 = 4096;

/// Fails for lengths that are too large.
pub(super) const fn check_length(length: usize) -> Got<()> {
    if length > MAX_LENGTH { Err(Decline) } else { Ok(()) }
}

/// An operator on whole numbers; `None` where Python raises or the result is no whole number.
pub(in super::super) fn whole(operator: Operator, a: &Int, b: &Int) -> Option<Int> {
    match operator {
        Operator::Add => Some(number::add(a, b)),
        Operator::Sub => Some(number::sub(a, b)),
        Operator::Mul => Some(number::mul(a, b)),
        Operator::FloorDiv => number::floor_div(a, b),
        Operator::Mod => number::modulo(a, b),
        Operator::Pow => number::power(a, b),
        Operator::ShiftLeft => number::shift_left(a, b),
        Operator::ShiftRight => number::shift_right(a, b),
        Operator::And => Some(number::and(a, b)),
        Operator::Or => Some(number::or(a, b)),
        Operator::Xor => Some(number::xor(a, b)),
    }
}

impl Run<'_, '_> {
    /// `left op right`
    pub(super) fn binary(
        &mut self,
        operator: Operator,
        left: &Object,
        right: &Object,
    ) -> Got<Object> {
        match (left, right) {
            (Object::Int(a), Object::Int(b)) => {
                self.charge_for(operator, a, b)?;
                let result = whole(operator, a, b).ok_or(Decline)?;
                if result.bits() > number::MAX_BITS {
                    return Err(Decline);
                }
                Ok(Object::Int(result))
            }
            (Object::Address(address), _) => self.with_address(operator, *address, right),
            (_, Object::Address(address)) if operator == Operator::Add => {
                moved(*address, &left.to_int().ok_or(Decline)?, false)
            }
            (Object::Bool(a), Object::Bool(b)) => match operator {
                Operator::And => Ok(Object::Bool(a & b)),
                Operator::Or => Ok(Object::Bool(a | b)),
                Operator::Xor => Ok(Object::Bool(a ^ b)),
                _ => self.numbers(operator, left, right),
            },
            (Object::Bool(_) | Object::Int(_), Object::Bool(_) | Object::Int(_)) => {
                self.numbers(operator, left, right)
            }
            _ => match operator {
                Operator::Add => self.joined(left, right),
                Operator::Mul => match (left.to_int(), right.to_int()) {
                    (Some(count), None) => self.repeated(right, &count),
                    (None, Some(count)) => self.repeated(left, &count),
                    _ => Err(Decline),
                },
                _ => Err(Decline),
            },
        }
    }

    fn numbers(&mut self, operator: Operator, left: &Object, right: &Object) -> Got<Object> {
        let (a, b) = (left.to_int().ok_or(Decline)?, right.to_int().ok_or(Decline)?);
        self.binary(operator, &Object::Int(a), &Object::Int(b))
    }

    /// Takes from the budget for large numbers.
    fn charge_for(&mut self, operator: Operator, a: &Int, b: &Int) -> Got<()> {
        let bits = a.bits() + b.bits();
        if operator == Operator::Pow {
            let bits = b.to_i64().and_then(|times| a.bits().checked_mul(times.unsigned_abs()));
            let words = bits.unwrap_or(0) / 64;
            return if words > LARGE / 64 {
                self.charge(words.saturating_mul(words) / 64)
            } else {
                Ok(())
            };
        }
        if bits <= LARGE {
            return Ok(());
        }
        let words = bits / 64;
        self.charge(match operator {
            Operator::Mul | Operator::FloorDiv | Operator::Mod => words * words / 64,
            _ => words / 8,
        })
    }

    fn with_address(
        &self,
        operator: Operator,
        address: Relocatable,
        right: &Object,
    ) -> Got<Object> {
        match (operator, right) {
            (Operator::Add, _) => moved(address, &right.to_int().ok_or(Decline)?, false),
            (Operator::Sub, Object::Address(other)) => {
                if address.segment != other.segment {
                    return Err(Decline);
                }
                Ok(Object::from(address.offset - other.offset))
            }
            (Operator::Sub, _) => moved(address, &right.to_int().ok_or(Decline)?, true),
            (Operator::Mod, _) => {
                let modulus = right.to_int().ok_or(Decline)?;
                let rest = number::modulo(&Int::from(address.offset), &modulus).ok_or(Decline)?;
                let offset = rest.to_i64().ok_or(Decline)?;
                checked(Relocatable::new(address.segment, offset)).map(Object::Address)
            }
            _ => Err(Decline),
        }
    }

    fn joined(&mut self, left: &Object, right: &Object) -> Got<Object> {
        Ok(match (left, right) {
            (Object::List(_) | Object::Import(_), Object::List(_) | Object::Import(_)) => {
                let mut items = self.list_items(left)?;
                items.extend(self.list_items(right)?);
                check_length(items.len())?;
                Object::list(items)
            }
            (Object::Tuple(a), Object::Tuple(b)) => {
                check_length(a.len() + b.len())?;
                self.charge((a.len() + b.len()) as u64)?;
                Object::Tuple(a.iter().chain(b.iter()).cloned().collect())
            }
            (Object::Bytes(a), Object::Bytes(b)) => {
                check_length(a.len() + b.len())?;
                self.charge((a.len() + b.len()) as u64 / 16)?;
                Object::Bytes([&**a, &**b].concat().into())
            }
            (Object::Text(a), Object::Text(b)) => {
                check_length(a.len() + b.len())?;
                self.charge((a.len() + b.len()) as u64 / 16)?;
                Object::Text([&**a, &**b].concat().into())
            }
            _ => return Err(Decline),
        })
    }

    /// The items of a list.
    pub(super) fn list_items(&mut self, object: &Object) -> Got<Vec<Object>> {
        let items = match object {
            Object::List(items) => items.borrow().clone(),
            Object::Import(import) => imported::list(*import).ok_or(Decline)?,
            _ => return Err(Decline),
        };
        self.charge(items.len() as u64)?;
        Ok(items)
    }

    fn repeated(&mut self, object: &Object, count: &Int) -> Got<Object> {
        let count = if count.is_negative() { 0 } else { number::to_usize(count).ok_or(Decline)? };
        let mut enough = |length: usize| {
            let total = length.checked_mul(count).ok_or(Decline)?;
            check_length(total)?;
            self.charge(total as u64)
        };
        Ok(match object {
            Object::List(items) => {
                enough(items.borrow().len())?;
                let items = items.borrow();
                Object::list(std::iter::repeat_n(items.iter(), count).flatten().cloned().collect())
            }
            Object::Tuple(items) => {
                enough(items.len())?;
                let all = std::iter::repeat_n(items.iter(), count).flatten().cloned();
                Object::Tuple(all.collect::<Vec<_>>().into())
            }
            Object::Bytes(bytes) => {
                enough(bytes.len())?;
                Object::Bytes(bytes.repeat(count).into())
            }
            _ => return Err(Decline),
        })
    }
}

/// An address moved on, or back.
fn moved(address: Relocatable, by: &Int, back: bool) -> Got<Object> {
    let by = by.to_i64().ok_or(Decline)?;
    let offset = if back { address.offset.checked_sub(by) } else { address.offset.checked_add(by) };
    checked(Relocatable::new(address.segment, offset.ok_or(Decline)?)).map(Object::Address)
}
