//! `with_attr error_message("…")`: the messages around a failing instruction, with the values of the
//! references they name.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_executor::Machine;
use cairo_zero_program::expr::{CairoType, Expr, Reg, parse_expr};
use cairo_zero_program::{Attribute, FlowTracking, Identifier, Program};

use crate::Ready;

/// The attribute that holds a message (`ERROR_MESSAGE_ATTRIBUTE` in cairo-lang's
/// `virtual_machine_base.py`).
const ERROR_MESSAGE: &str = "error_message";

/// The most parts a reference may have to be evaluated here (`simplicity_bound` there).
const SIMPLICITY_BOUND: usize = 20;

/// The messages of the attributes around the instruction at `pc`, innermost first, each on a line of
/// its own. References are evaluated with `fp` alone.
pub(crate) fn error_messages(ready: &Ready, pc: Value, fp: Value) -> String {
    let loaded = ready.loaded.iter().map(|(program, base)| (&**program, *base));
    let programs = std::iter::once((&*ready.program, Relocatable::new(0, 0))).chain(loaded);
    // The reference looks the references of all programs up in the first one.
    let first = References { program: &ready.program, parsed: RefCell::default() };
    programs
        .map(|(program, base)| messages_of(program, base, &first, &ready.machine, pc, fp))
        .collect()
}

/// The messages of one program, whose first cell is at `base`; `names` is the one that knows what the
/// references mean.
fn messages_of(
    program: &Program,
    base: Relocatable,
    names: &References<'_>,
    machine: &Machine,
    pc: Value,
    fp: Value,
) -> String {
    let offset = pc.relocatable().filter(|pc| pc.segment == base.segment);
    let offset = offset.and_then(|pc| pc.offset.checked_sub(base.offset));
    let Some(offset) = offset.and_then(|offset| usize::try_from(offset).ok()) else {
        return String::new();
    };
    program
        .attributes()
        .iter()
        .filter(|attribute| attribute.name == ERROR_MESSAGE)
        .filter(|attribute| (attribute.start_pc..attribute.end_pc).contains(&offset))
        .map(|attribute| {
            let message = Message { references: names, machine, attribute, fp };
            format!("Error message: {}\n", message.text())
        })
        .collect()
}

/// The references of a program, each parsed once, however many messages name it.
struct References<'a> {
    program: &'a Program,
    /// By number; `None` for one that can't be evaluated here.
    parsed: RefCell<BTreeMap<usize, Option<Rc<Expr>>>>,
}

impl References<'_> {
    fn get(&self, number: usize) -> Option<Rc<Expr>> {
        if let Some(known) = self.parsed.borrow().get(&number) {
            return known.clone();
        }
        let parsed = self.program.references().get(number).and_then(|reference| {
            let expression = parse_expr(&reference.value).ok()?;
            let usable = is_simple(&expression) && is_one_cell(&expression);
            usable.then(|| Rc::new(expression))
        });
        self.parsed.borrow_mut().insert(number, parsed.clone());
        parsed
    }
}

/// A message that is being filled in.
struct Message<'a> {
    references: &'a References<'a>,
    machine: &'a Machine,
    attribute: &'a Attribute,
    fp: Value,
}

impl Message<'_> {
    fn text(&self) -> String {
        let Some(flow) = &self.attribute.flow_tracking else {
            return self.attribute.value.clone();
        };
        let mut text = String::new();
        let mut unknown = Vec::new();
        let mut rest = self.attribute.value.as_str();
        while let Some((before, name, after)) = next_name(rest) {
            text.push_str(before);
            match self.value(name, flow) {
                Some(Value::Felt(felt)) => text.push_str(&felt.signed().to_string()),
                Some(address) => text.push_str(&address.to_string()),
                None => {
                    text.push_str(&format!("{{{name}}}"));
                    unknown.push(format!("'{name}'"));
                }
            }
            rest = after;
        }
        text.push_str(rest);
        if !unknown.is_empty() {
            let names = unknown.join(", ");
            text.push_str(&format!(" (Cannot evaluate ap-based or complex references: [{names}])"));
        }
        text
    }

    fn value(&self, name: &str, flow: &FlowTracking) -> Option<Value> {
        let program = self.references.program;
        let resolved = program.resolve(&self.attribute.accessible_scopes, name).ok()?;
        if !matches!(resolved.identifier, Identifier::Reference { .. })
            || !resolved.non_parsed.is_empty()
        {
            return None;
        }
        let number = *flow.reference_ids.get(resolved.canonical_name)?;
        let expression = self.references.get(number)?;
        self.evaluate(&expression)
    }

    /// The value of an expression that does not depend on `ap`.
    fn evaluate(&self, expression: &Expr) -> Option<Value> {
        match expression {
            Expr::Const(number) => Some(number.to_felt().into()),
            Expr::Reg(Reg::Fp) => Some(self.fp),
            Expr::Neg(a) => Value::Felt(Felt::ZERO).checked_sub(self.evaluate(a)?).ok(),
            Expr::Add(a, b) => self.evaluate(a)?.checked_add(self.evaluate(b)?).ok(),
            Expr::Sub(a, b) => self.evaluate(a)?.checked_sub(self.evaluate(b)?).ok(),
            Expr::Mul(a, b) => self.evaluate(a)?.checked_mul(self.evaluate(b)?).ok(),
            Expr::Deref(address) => self.machine.load(self.evaluate(address)?),
            Expr::Cast(inner, _) => self.evaluate(inner),
            _ => None,
        }
    }
}

/// The first `{name}` of a text, with what stands before and behind it.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let inside = &text[open + 1..];
        let end = inside.find(|c| !is_part(c)).unwrap_or(inside.len());
        if end > 0 && inside[end..].starts_with('}') {
            return Some((&text[..open], &inside[..end], &inside[end + 1..]));
        }
        from = open + 1;
    }
    None
}

/// Whether an expression is made of constants, registers, sums, products and dereferences only, below
/// the bound; one dereference and one cast around it are allowed.
fn is_simple(expression: &Expr) -> bool {
    let mut inner = expression;
    let mut bound = SIMPLICITY_BOUND;
    if let Expr::Deref(address) = inner {
        inner = address;
        bound -= 1;
    }
    if let Expr::Cast(cast, _) = inner {
        inner = cast;
        bound -= 1;
    }
    parts(inner).is_some_and(|parts| parts < bound)
}

/// Whether a simple expression has the type of a number or an address; what `[cast(…, T*)]` stands
/// for may have several cells.
fn is_one_cell(expression: &Expr) -> bool {
    let cast = |expression: &Expr| match expression {
        Expr::Cast(_, cairo_type) => Some(cairo_type.clone()),
        _ => None,
    };
    let cairo_type = match expression {
        Expr::Deref(address) => match cast(address) {
            Some(CairoType::Pointer(pointee)) => Some(*pointee),
            other => other,
        },
        other => cast(other),
    };
    cairo_type.is_none_or(|found| matches!(found, CairoType::Felt | CairoType::Pointer(_)))
}

fn parts(expression: &Expr) -> Option<usize> {
    match expression {
        Expr::Const(_) | Expr::Reg(_) => Some(1),
        Expr::Neg(a) | Expr::Deref(a) => Some(parts(a)? + 1),
        Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) => Some(parts(a)? + parts(b)? + 1),
        _ => None,
    }
}
