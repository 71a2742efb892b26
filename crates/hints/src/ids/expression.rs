//! Reference expressions: `[cast(fp + (-3), felt*)]` and the like, with the place of each part.
//!
//! The compiled program holds references as text. A failing `ids.x` quotes that text and marks the
//! part that could not be evaluated, so the parser keeps the columns of every node.

use std::fmt;

use cairo_zero_core::Felt;

use super::types::Type;

/// The columns of a part of an expression, in characters from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A part of an expression with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

/// The kinds of expressions that references are made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A number as written, and its value.
    Number(Box<str>, Felt),
    /// `ap`.
    Ap,
    /// `fp`.
    Fp,
    /// A name, which no evaluation knows.
    Name(Box<str>),
    /// `-x`.
    Negation(Box<Node>),
    /// `a + b` and the like.
    Operation(Operator, Box<Node>, Box<Node>),
    /// `(x)`.
    Parentheses(Box<Node>),
    /// `[x]`.
    Dereference(Box<Node>),
    /// `cast(x, T)`.
    Cast(Box<Node>, Type),
    /// `(a, b=c)`.
    Tuple(Vec<(Option<Box<str>>, Node)>),
}

/// The operators between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Sub,
    Mul,
    Div,
    Pow,
}

impl Operator {
    /// The operator as Python writes it.
    pub(crate) const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Pow => "**",
        }
    }
}

/// How strongly the outermost operator of an expression binds; what is weaker than its place asks
/// for is put into parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// A leading minus counts as the weakest, so that it never stands bare inside an operation.
    Sign,
    Sum,
    Product,
    Power,
    Atom,
}

impl Node {
    fn strength(&self) -> Strength {
        match &self.kind {
            Kind::Negation(_) => Strength::Sign,
            Kind::Operation(Operator::Add | Operator::Sub, ..) => Strength::Sum,
            Kind::Operation(Operator::Mul | Operator::Div, ..) => Strength::Product,
            Kind::Operation(Operator::Pow, ..) => Strength::Power,
            _ => Strength::Atom,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, at_least: Strength) -> fmt::Result {
        if self.strength() < at_least {
            return write!(f, "({self})");
        }
        write!(f, "{self}")
    }
}

impl fmt::Display for Node {
    /// Prints the expression as cairo-lang's formatter does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Number(text, _) | Kind::Name(text) => f.write_str(text),
            Kind::Ap => f.write_str("ap"),
            Kind::Fp => f.write_str("fp"),
            Kind::Negation(inner) => {
                f.write_str("-")?;
                inner.write(f, Strength::Atom)
            }
            Kind::Operation(operator, a, b) => {
                let (left, right) = match operator {
                    Operator::Add => (Strength::Sum, Strength::Sum),
                    Operator::Sub => (Strength::Sum, Strength::Product),
                    Operator::Mul => (Strength::Product, Strength::Product),
                    Operator::Div => (Strength::Product, Strength::Power),
                    Operator::Pow => (Strength::Atom, Strength::Atom),
                };
                a.write(f, left)?;
                write!(f, " {} ", operator.symbol())?;
                b.write(f, right)
            }
            Kind::Parentheses(inner) => write!(f, "({inner})"),
            Kind::Dereference(inner) => write!(f, "[{inner}]"),
            Kind::Cast(inner, target) => write!(f, "cast({inner}, {target})"),
            Kind::Tuple(items) => {
                f.write_str("(")?;
                for (at, (name, item)) in items.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    if let Some(name) = name {
                        write!(f, "{name}=")?;
                    }
                    write!(f, "{item}")?;
                }
                let lone = matches!(items.as_slice(), [(None, _)]);
                f.write_str(if lone { ",)" } else { ")" })
            }
        }
    }
}

/// A message with the place in `text` that it is about, as cairo-lang's `LocationError` prints it.
pub(crate) fn located(text: &str, span: Span, message: &str) -> String {
    let column = span.start + 1;
    let width = span.end.saturating_sub(span.start) as usize;
    let marks = match width {
        0 | 1 => String::from("^"),
        _ => format!("^{}^", "*".repeat(width - 2)),
    };
    let indent = " ".repeat(span.start as usize);
    format!(":1:{column}: {message}\n{text}\n{indent}{marks}")
}
