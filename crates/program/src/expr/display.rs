//! Trees back to text, with the parentheses and spaces of the reference's formatter
//! (`ast/expr.py`, `ast/cairo_types.py` and `expression_string.py` of cairo-lang).

use std::fmt;

use super::{CairoType, Expr, Reg};

/// How tightly an expression's outermost operator binds. A minus sign is lowest of all, so that
/// `fp + (-3)` has its parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sign,
    Sum,
    Product,
    Power,
    Address,
    Atom,
}

impl Expr {
    fn binding(&self) -> Binding {
        match self {
            Self::Const(number) if number.is_negative() => Binding::Sign,
            Self::Neg(_) => Binding::Sign,
            Self::Add(..) | Self::Sub(..) => Binding::Sum,
            Self::Mul(..) | Self::Div(..) => Binding::Product,
            Self::Pow(..) => Binding::Power,
            Self::AddressOf(_) => Binding::Address,
            Self::Const(_)
            | Self::Reg(_)
            | Self::Identifier(_)
            | Self::Deref(_)
            | Self::Subscript(..)
            | Self::Dot(..)
            | Self::Cast(..)
            | Self::Tuple(_) => Binding::Atom,
        }
    }

    /// This expression as an operand that has to bind at least as tightly as `least`.
    const fn at_least(&self, least: Binding) -> Operand<'_> {
        Operand { expr: self, least }
    }
}

/// An expression to be printed, in parentheses if needed.
struct Operand<'a> {
    expr: &'a Expr,
    least: Binding,
}

impl fmt::Display for Operand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.expr.binding() < self.least {
            write!(f, "({})", self.expr)
        } else {
            fmt::Display::fmt(self.expr, f)
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use Binding::{Address, Atom, Power, Product, Sum};
        match self {
            Self::Const(number) => fmt::Display::fmt(number, f),
            Self::Reg(Reg::Ap) => f.write_str("ap"),
            Self::Reg(Reg::Fp) => f.write_str("fp"),
            Self::Identifier(name) => f.write_str(name),
            Self::Neg(a) => write!(f, "-{}", a.at_least(Address)),
            Self::AddressOf(a) => write!(f, "&{}", a.at_least(Address)),
            Self::Add(a, b) => write!(f, "{} + {}", a.at_least(Sum), b.at_least(Sum)),
            Self::Sub(a, b) => write!(f, "{} - {}", a.at_least(Sum), b.at_least(Product)),
            Self::Mul(a, b) => write!(f, "{} * {}", a.at_least(Product), b.at_least(Product)),
            Self::Div(a, b) => write!(f, "{} / {}", a.at_least(Product), b.at_least(Power)),
            Self::Pow(a, b) => write!(f, "{} ** {}", a.at_least(Atom), b.at_least(Atom)),
            Self::Deref(a) => write!(f, "[{a}]"),
            Self::Subscript(a, b) => write!(f, "{}[{b}]", a.at_least(Atom)),
            Self::Dot(a, member) => write!(f, "{}.{member}", a.at_least(Atom)),
            Self::Cast(a, cairo_type) => write!(f, "cast({a}, {cairo_type})"),
            Self::Tuple(places) => {
                f.write_str("(")?;
                for (index, (name, value)) in places.iter().enumerate() {
                    separate(f, index)?;
                    match name {
                        Some(name) => write!(f, "{name}={value}")?,
                        None => write!(f, "{value}")?,
                    }
                }
                f.write_str(if matches!(places.as_slice(), [(None, _)]) { ",)" } else { ")" })
            }
        }
    }
}

impl fmt::Display for CairoType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Felt => f.write_str("felt"),
            Self::CodeOffset => f.write_str("codeoffset"),
            Self::Pointer(target) => write!(f, "{target}*"),
            Self::Struct(name) => f.write_str(name),
            Self::Tuple(items) => {
                f.write_str("(")?;
                for (index, item) in items.iter().enumerate() {
                    separate(f, index)?;
                    match &item.name {
                        Some(name) => write!(f, "{name}: {}", item.cairo_type)?,
                        None => fmt::Display::fmt(&item.cairo_type, f)?,
                    }
                }
                f.write_str(match items.as_slice() {
                    [only] if only.name.is_none() => ",)",
                    _ => ")",
                })
            }
        }
    }
}

/// The comma before every place but the first.
fn separate(f: &mut fmt::Formatter<'_>, index: usize) -> fmt::Result {
    if index > 0 { f.write_str(", ") } else { Ok(()) }
}
