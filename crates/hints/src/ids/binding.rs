//! [`Binding`]: what a name stands for, found once and used each time the hint runs.

use std::rc::Rc;

use cairo_zero_core::Value;
use cairo_zero_executor::Machine;

use super::evaluate::{Code, Frame, simplify};
use super::expression::{Kind, Node, located};
use super::structure::Struct;
use super::types::Type;
use super::view::{self, Found, Integer};
use super::{Item, NameScope, Names, assertion, parser};
use crate::{Exception, ExceptionClass};

/// What a name stands for.
#[derive(Debug)]
pub enum Binding {
    /// A constant.
    Constant(Integer),
    /// A namespace, function or label.
    Scope(Rc<NameScope>),
    /// A struct's definition.
    Struct(Rc<Struct>),
    /// A reference: an argument, a local variable, ...
    Reference(Box<Reference>),
    /// Nothing that can be used; reading and assigning raise this.
    Failed(Exception),
}

/// How a reference is read and assigned at one hint.
#[derive(Debug)]
pub struct Reference {
    read: Result<(Code, Shape), Exception>,
    address: Result<Code, Exception>,
}

/// What the value of a reference is.
#[derive(Debug)]
pub(super) enum Shape {
    /// A number or an address.
    Value,
    /// The address of a struct.
    Pointer(Rc<Struct>),
    /// Something hints can't have; that is found out after evaluating it.
    Unreadable(Exception),
}

impl Binding {
    /// Finds out what `name` stands for in `scope`.
    pub(super) fn find(names: &Names, scope: &NameScope, name: &str) -> Self {
        match view::search(names.program(), scope, name) {
            Err(exception) => Self::Failed(exception),
            Ok(Found::Constant(value)) => Self::Constant(value),
            Ok(Found::Scope { full_name, instruction_offset }) => {
                let path = scope.under(name);
                let inner = NameScope::new(scope.hint, &path, vec![full_name], instruction_offset);
                Self::Scope(Rc::new(inner))
            }
            Ok(Found::Struct { full_name }) => match names.structure(&full_name) {
                Ok(found) => Self::Struct(found),
                Err(exception) => Self::Failed(exception),
            },
            Ok(Found::Reference { canonical, full_name }) => {
                match Reference::resolve(names, scope.hint, name, &canonical, &full_name) {
                    Ok(reference) => Self::Reference(Box::new(reference)),
                    Err(exception) => Self::Failed(exception),
                }
            }
            Ok(Found::Other(kind)) => Self::Failed(Exception::new(
                ExceptionClass::NotImplementedError,
                format!(
                    "Unsupported identifier type '{kind}' of identifier '{}'.",
                    scope.under(name)
                ),
            )),
        }
    }

    /// The value of the name.
    ///
    /// # Errors
    /// When it has none here and now.
    pub fn read(&self, frame: Frame, machine: &Machine) -> Result<Item, Exception> {
        match self {
            Self::Constant(value) => Ok(Item::Constant(value.clone())),
            Self::Scope(scope) => Ok(Item::Scope(Rc::clone(scope))),
            Self::Struct(found) => Ok(Item::Struct(Rc::clone(found))),
            Self::Reference(reference) => reference.read(frame, machine),
            Self::Failed(exception) => Err(exception.clone()),
        }
    }

    /// The address that an assignment to the name writes to.
    ///
    /// # Errors
    /// When the name can't be assigned.
    pub fn address(&self, frame: Frame, machine: &Machine) -> Result<Value, Exception> {
        match self {
            Self::Constant(_) => Err(assertion("Cannot change the value of a constant.")),
            Self::Scope(_) => Err(assertion("Cannot change the value of a scope definition.")),
            Self::Struct(_) => Err(assertion("Cannot change the value of a struct definition.")),
            Self::Reference(reference) => reference.address(frame, machine),
            Self::Failed(exception) => Err(exception.clone()),
        }
    }
}

/// Why references can't be used behind some jumps and calls.
fn revoked(name: &str) -> Exception {
    let message = format!("Reference '{name}' is revoked.");
    Exception::new(ExceptionClass::FlowTrackingError, message)
}

impl Reference {
    fn resolve(
        names: &Names,
        hint: u32,
        name: &str,
        canonical: &str,
        full_name: &str,
    ) -> Result<Self, Exception> {
        let bound = names
            .hint(hint)
            .and_then(|hint| view::reference(names.program(), hint, full_name))
            .ok_or_else(|| revoked(name))?;
        let node = parser::expression(bound.text).map_err(|error| {
            let message = format!(
                "The reference '{name}' is no expression: '{}' (character {}).",
                bound.text,
                error.at + 1
            );
            Exception::new(ExceptionClass::ValueError, message)
        })?;
        // Without a known distance only references to `ap` are lost.
        let ap_shift = match bound.ap_shift {
            Some(shift) => Ok(shift),
            None if uses_ap(&node) => Err(revoked(name)),
            None => Ok(0),
        };
        let read = ap_shift.clone().and_then(|shift| reading(names, &node, shift, bound.text));
        let address = addressing(name, canonical, &node, ap_shift, bound.text);
        Ok(Self { read, address })
    }

    /// What is evaluated to read it, and what that gives; `None` where reading always fails.
    pub(super) fn parts(&self) -> Option<(&Code, &Shape)> {
        self.read.as_ref().ok().map(|(code, shape)| (code, shape))
    }

    /// What is evaluated to find where it is assigned; `None` where it can't be.
    pub(super) fn assigned_code(&self) -> Option<&Code> {
        self.address.as_ref().ok()
    }

    /// What reading gives, as far as that is known before: a value (`None` inside) or a struct;
    /// `None` when reading always fails.
    pub(crate) fn shape(&self) -> Option<Option<&Rc<Struct>>> {
        match &self.read {
            Ok((_, Shape::Value)) => Some(None),
            Ok((_, Shape::Pointer(to))) => Some(Some(to)),
            Ok((_, Shape::Unreadable(_))) | Err(_) => None,
        }
    }

    /// The value, or the address of the struct.
    #[inline]
    pub(crate) fn value(&self, frame: Frame, machine: &Machine) -> Option<Value> {
        self.read.as_ref().ok()?.0.evaluate(frame, machine).ok()
    }

    fn read(&self, frame: Frame, machine: &Machine) -> Result<Item, Exception> {
        let (code, shape) = self.read.as_ref().map_err(Clone::clone)?;
        let value = code.evaluate(frame, machine)?;
        match shape {
            Shape::Value => Ok(Item::Value(value)),
            Shape::Pointer(to) => Ok(Item::Pointer(Rc::clone(to), value)),
            Shape::Unreadable(exception) => Err(exception.clone()),
        }
    }

    fn address(&self, frame: Frame, machine: &Machine) -> Result<Value, Exception> {
        self.address.as_ref().map_err(Clone::clone)?.evaluate(frame, machine)
    }
}

/// How a reference is read: what to evaluate, and what that gives.
fn reading(
    names: &Names,
    node: &Node,
    ap_shift: i64,
    text: &str,
) -> Result<(Code, Shape), Exception> {
    let typed = simplify(node, text)?;
    let (node, cairo_type) = match (typed.node.kind, typed.cairo_type) {
        // A struct by value is read as the pointer to it.
        (Kind::Dereference(address), found @ Type::Struct(_)) => {
            (*address, Type::Pointer(Box::new(found)))
        }
        (_, found @ Type::Struct(_)) => {
            let message = format!("Expected expression of type '{found}' to have an address.");
            return Err(assertion(message));
        }
        (Kind::Tuple(_), found) => {
            let message = format!("Unable to evaluate expression of type '{found}'.");
            return Err(Exception::new(
                ExceptionClass::ExpressionEvaluatorError,
                located(text, typed.node.span, &message),
            ));
        }
        (kind, found) => (Node { kind, span: typed.node.span }, found),
    };
    let shape = match &cairo_type {
        simple if simple.is_simple() => Shape::Value,
        Type::Pointer(to) => match &**to {
            Type::Struct(name) => match names.structure(name) {
                Ok(found) => Shape::Pointer(found),
                Err(exception) => Shape::Unreadable(exception),
            },
            _ => Shape::Unreadable(assertion("Type must be of the form T*.")),
        },
        _ => Shape::Unreadable(assertion("Type must be of the form T*.")),
    };
    Ok((Code::new(node, ap_shift, text), shape))
}

/// Where a reference is assigned.
fn addressing(
    name: &str,
    canonical: &str,
    node: &Node,
    ap_shift: Result<i64, Exception>,
    text: &str,
) -> Result<Code, Exception> {
    if canonical.rsplit('.').next() != Some(name) {
        return Err(assertion("Expecting scope to end with name."));
    }
    let typed = simplify(node, text)?;
    let Kind::Dereference(address) = typed.node.kind else {
        let message = format!(
            "{canonical} (= {}) does not reference memory and cannot be assigned.",
            typed.node
        );
        return Err(assertion(message));
    };
    let ap_shift = ap_shift?;
    match typed.cairo_type {
        Type::Felt | Type::Pointer(_) => Ok(Code::new(*address, ap_shift, text)),
        Type::CodeOffset => Err(Exception::new(
            ExceptionClass::ExpressionEvaluatorError,
            "Unable to evaluate expression of type 'codeoffset'.",
        )),
        other @ (Type::Struct(_) | Type::Tuple(_)) => Err(Exception::new(
            ExceptionClass::CairoTypeError,
            format!("Cannot cast 'felt' to '{other}'."),
        )),
    }
}

fn uses_ap(node: &Node) -> bool {
    match &node.kind {
        Kind::Ap => true,
        Kind::Fp | Kind::Number(..) | Kind::Name(_) => false,
        Kind::Negation(inner)
        | Kind::Parentheses(inner)
        | Kind::Dereference(inner)
        | Kind::Cast(inner, _) => uses_ap(inner),
        Kind::Operation(_, a, b) => uses_ap(a) || uses_ap(b),
        Kind::Tuple(items) => items.iter().any(|(_, item)| uses_ap(item)),
    }
}
