//! Evaluating reference expressions, the way cairo-lang's `expression_evaluator.py` does.
//!
//! An expression is typed and freed of its casts once, when its name is first used; `[fp + 3]` and
//! its like then take a load and no walk over a tree.

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_executor::Machine;
use cairo_zero_memory::{MemoryError, MemoryErrorKind};

use super::expression::{Kind, Node, Operator, Span, located};
use super::types::Type;
use crate::memory::value_error;
use crate::{Exception, ExceptionClass};

/// The registers that references are relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The allocation pointer where the hint runs.
    pub ap: Relocatable,
    /// The frame pointer where the hint runs.
    pub fp: Value,
}

/// An expression without casts and parentheses, and its type.
pub(crate) struct Typed {
    pub(crate) node: Node,
    pub(crate) cairo_type: Type,
}

/// Removes casts and parentheses and finds the type. `text` is the whole expression, for errors.
pub(crate) fn simplify(node: &Node, text: &str) -> Result<Typed, Exception> {
    let (kind, cairo_type) = match &node.kind {
        Kind::Number(..) | Kind::Ap | Kind::Fp => (node.kind.clone(), Type::Felt),
        Kind::Name(name) => {
            let message = format!("Identifier '{name}' is not allowed in this context.");
            return Err(type_error(text, node.span, &message));
        }
        Kind::Negation(inner) => {
            let inner = simplify(inner, text)?;
            (Kind::Negation(Box::new(inner.node)), Type::Felt)
        }
        Kind::Operation(operator, a, b) => {
            let (a, b) = (simplify(a, text)?, simplify(b, text)?);
            let cairo_type = match (operator, &a.cairo_type, &b.cairo_type) {
                (Operator::Add | Operator::Sub, Type::Pointer(_), Type::Felt) => a.cairo_type,
                (Operator::Add, Type::Felt, Type::Pointer(_)) => b.cairo_type,
                _ => Type::Felt,
            };
            (Kind::Operation(*operator, Box::new(a.node), Box::new(b.node)), cairo_type)
        }
        Kind::Parentheses(inner) => return simplify(inner, text),
        Kind::Dereference(inner) => {
            let inner = simplify(inner, text)?;
            let cairo_type = match inner.cairo_type {
                Type::Felt => Type::Felt,
                Type::Pointer(to) => *to,
                other => {
                    let message = format!("Cannot dereference type '{other}'.");
                    return Err(type_error(text, node.span, &message));
                }
            };
            (Kind::Dereference(Box::new(inner.node)), cairo_type)
        }
        Kind::Cast(inner, target) => {
            let inner = simplify(inner, text)?;
            (inner.node.kind, target.clone())
        }
        Kind::Tuple(items) => {
            let mut nodes = Vec::new();
            let mut types = Vec::new();
            for (name, item) in items {
                let item = simplify(item, text)?;
                nodes.push((None, item.node));
                types.push((name.clone(), item.cairo_type));
            }
            (Kind::Tuple(nodes), Type::Tuple(types))
        }
    };
    Ok(Typed { node: Node { kind, span: node.span }, cairo_type })
}

fn type_error(text: &str, span: Span, message: &str) -> Exception {
    Exception::new(ExceptionClass::CairoTypeError, located(text, span, message))
}

/// An expression ready to be evaluated often.
#[derive(Debug)]
pub(crate) struct Code {
    node: Node,
    /// What has to be subtracted from `ap` because it has moved since the reference was made.
    ap_shift: i64,
    text: Box<str>,
    short: Option<Short>,
}

/// The shapes that nearly all references have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Short {
    /// `reg + offset`
    Address(Base, i64),
    /// `[reg + offset]`
    Cell(Base, i64),
    /// `[[reg + offset] + further]`
    CellBehind(Base, i64, i64),
    /// `[reg + offset] + further`
    Sum(Base, i64, i64),
}

/// A register that cells are found by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Base {
    /// The allocation pointer.
    Ap,
    /// The frame pointer.
    Fp,
}

impl Base {
    /// The address so many cells from where the register points.
    #[inline]
    pub(super) fn address(self, machine: &Machine, offset: i64) -> Option<Relocatable> {
        let registers = machine.registers();
        match self {
            Self::Ap => registers.ap.checked_add(offset),
            Self::Fp => registers.fp.relocatable()?.checked_add(offset),
        }
    }
}

impl Code {
    /// Prepares a simplified expression; `text` is what errors quote.
    pub(crate) fn new(node: Node, ap_shift: i64, text: &str) -> Self {
        let short = short(&node, ap_shift);
        Self { node, ap_shift, text: text.into(), short }
    }

    /// The expression as one of the usual shapes, if it has one.
    pub(super) const fn short(&self) -> Option<Short> {
        self.short
    }

    /// The value, a number modulo the prime or an address.
    pub(crate) fn evaluate(&self, frame: Frame, machine: &Machine) -> Result<Value, Exception> {
        if let Some(value) = self.short.and_then(|short| short.evaluate(frame, machine)) {
            return Ok(value);
        }
        self.visit(&self.node, frame, machine)
    }

    fn visit(&self, node: &Node, frame: Frame, machine: &Machine) -> Result<Value, Exception> {
        match &node.kind {
            Kind::Number(_, value) => Ok(Value::Felt(*value)),
            Kind::Fp => Ok(frame.fp),
            Kind::Ap => Value::Relocatable(frame.ap)
                .checked_add(Value::Felt(Felt::from_i64(self.ap_shift.wrapping_neg())))
                .map_err(|error| value_error(&error)),
            Kind::Negation(inner) => match self.visit(inner, frame, machine)? {
                Value::Felt(value) => Ok(Value::Felt(-value)),
                Value::Relocatable(_) => Err(Exception::new(
                    ExceptionClass::TypeError,
                    "bad operand type for unary -: 'RelocatableValue'",
                )),
            },
            Kind::Operation(operator, a, b) => {
                let left = self.visit(a, frame, machine)?;
                let right = self.visit(b, frame, machine)?;
                self.operate(*operator, left, right, b.span)
            }
            Kind::Dereference(inner) => {
                let address = self.visit(inner, frame, machine)?;
                machine.load(address).ok_or_else(|| {
                    let unknown = MemoryError::from(MemoryErrorKind::Unknown(address));
                    self.error(ExceptionClass::ExpressionEvaluatorError, node.span, &unknown)
                })
            }
            Kind::Parentheses(inner) | Kind::Cast(inner, _) => self.visit(inner, frame, machine),
            Kind::Name(_) | Kind::Tuple(_) => Err(Exception::new(
                ExceptionClass::AssertionError,
                format!("Unable to evaluate expression '{node}'."),
            )),
        }
    }

    fn operate(
        &self,
        operator: Operator,
        left: Value,
        right: Value,
        right_span: Span,
    ) -> Result<Value, Exception> {
        let sum = match (operator, left, right) {
            (Operator::Add, ..) => left.checked_add(right),
            (Operator::Sub, ..) => left.checked_sub(right),
            (Operator::Mul, Value::Felt(a), Value::Felt(b)) => return Ok(Value::Felt(a * b)),
            (Operator::Div, Value::Felt(a), Value::Felt(b)) => {
                return a.checked_div(b).map(Value::Felt).ok_or_else(|| {
                    self.error(ExceptionClass::SimplifierError, right_span, &"Division by zero.")
                });
            }
            (Operator::Pow, Value::Felt(a), Value::Felt(b)) => return Ok(Value::Felt(power(a, b))),
            (Operator::Mul | Operator::Div | Operator::Pow, ..) => {
                return Err(Exception::new(
                    ExceptionClass::TypeError,
                    format!(
                        "unsupported operand type(s) for {}: '{}' and '{}'",
                        operator.symbol(),
                        type_name(left),
                        type_name(right)
                    ),
                ));
            }
        };
        sum.map_err(|error| value_error(&error))
    }

    fn error(
        &self,
        class: ExceptionClass,
        span: Span,
        message: &dyn std::fmt::Display,
    ) -> Exception {
        Exception::new(class, located(&self.text, span, &message.to_string()))
    }
}

impl Short {
    /// The value, or nothing where the long way has to find the error.
    #[inline]
    fn evaluate(self, frame: Frame, machine: &Machine) -> Option<Value> {
        let from = |base: Base, offset: i64| match base {
            Base::Ap => frame.ap.checked_add(offset),
            Base::Fp => frame.fp.relocatable()?.checked_add(offset),
        };
        match self {
            Self::Address(base, offset) => from(base, offset).map(Value::Relocatable),
            Self::Cell(base, offset) => machine.memory.get(from(base, offset)?),
            Self::CellBehind(base, offset, further) => {
                let pointer = machine.memory.get(from(base, offset)?)?.relocatable()?;
                machine.memory.get(pointer.checked_add(further)?)
            }
            Self::Sum(base, offset, further) => {
                let first = machine.memory.get(from(base, offset)?)?;
                first.checked_add(Value::Felt(Felt::from_i64(further))).ok()
            }
        }
    }
}

fn short(node: &Node, ap_shift: i64) -> Option<Short> {
    if let Some((base, offset)) = register_sum(node, ap_shift) {
        return Some(Short::Address(base, offset));
    }
    let (first, further) = split_constant(node);
    if let (Kind::Dereference(address), true) = (&first.kind, further != 0) {
        let (base, offset) = register_sum(address, ap_shift)?;
        return Some(Short::Sum(base, offset, further));
    }
    let Kind::Dereference(address) = &node.kind else {
        return None;
    };
    if let Some((base, offset)) = register_sum(address, ap_shift) {
        return Some(Short::Cell(base, offset));
    }
    let (pointer, further) = split_constant(address);
    let Kind::Dereference(inner) = &pointer.kind else {
        return None;
    };
    let (base, offset) = register_sum(inner, ap_shift)?;
    Some(Short::CellBehind(base, offset, further))
}

/// `reg`, `reg + n` or `reg - n` as the register and the whole offset.
fn register_sum(node: &Node, ap_shift: i64) -> Option<(Base, i64)> {
    let (register, offset) = split_constant(node);
    match register.kind {
        Kind::Ap => Some((Base::Ap, offset.checked_sub(ap_shift)?)),
        Kind::Fp => Some((Base::Fp, offset)),
        _ => None,
    }
}

/// An expression without the small number added to it, and that number.
fn split_constant(node: &Node) -> (&Node, i64) {
    if let Kind::Operation(operator, left, right) = &node.kind {
        match (operator, constant(right)) {
            (Operator::Add, Some(offset)) => return (left, offset),
            (Operator::Sub, Some(offset)) => return (left, -offset),
            _ => {}
        }
    }
    (node, 0)
}

fn constant(node: &Node) -> Option<i64> {
    match &node.kind {
        Kind::Number(_, value) => value.to_i64().filter(|value| value.unsigned_abs() < 1 << 62),
        Kind::Negation(inner) => constant(inner).map(|value| -value),
        _ => None,
    }
}

fn power(base: Felt, exponent: Felt) -> Felt {
    let mut result = Felt::ONE;
    for limb in exponent.limbs().iter().rev() {
        for bit in (0..64).rev() {
            result = result.square();
            if limb >> bit & 1 == 1 {
                result *= base;
            }
        }
    }
    result
}

const fn type_name(value: Value) -> &'static str {
    match value {
        Value::Felt(_) => "int",
        Value::Relocatable(_) => "RelocatableValue",
    }
}
