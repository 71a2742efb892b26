//! The expressions and types that programs hold as text.
//!
//! References are written as `[cast(fp + (-3), felt*)]`, types as `(a: felt, b: T*)`. The grammar
//! is that of cairo-lang's expressions (`compiler/cairo.ebnf`) without function calls, hints and
//! `new`, which never get into a program file. Names in types are full names. Both parsers take
//! any text without panicking and bound how deep it may nest; [`Display`](std::fmt::Display)
//! writes what the reference's formatter writes.

mod display;
mod lexer;
mod parser;

pub use parser::{ExprError, parse_expr, parse_type};

use crate::big_const::BigConst;

/// A register that expressions are relative to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reg {
    /// The allocation pointer.
    Ap,
    /// The frame pointer.
    Fp,
}

/// An expression. Parentheses are not kept; they follow from the tree.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Expr {
    /// A number; a minus before a literal belongs to it.
    Const(BigConst),
    /// A register's value.
    Reg(Reg),
    /// A name, with dots.
    Identifier(String),
    /// `-a`; the parser makes a negative number of `-3`.
    Neg(Box<Expr>),
    /// `&a`.
    AddressOf(Box<Expr>),
    /// `a + b`.
    Add(Box<Expr>, Box<Expr>),
    /// `a - b`.
    Sub(Box<Expr>, Box<Expr>),
    /// `a * b`.
    Mul(Box<Expr>, Box<Expr>),
    /// `a / b`, in the field.
    Div(Box<Expr>, Box<Expr>),
    /// `a ** b`.
    Pow(Box<Expr>, Box<Expr>),
    /// `[a]`.
    Deref(Box<Expr>),
    /// `a[b]`.
    Subscript(Box<Expr>, Box<Expr>),
    /// `a.member`, where `a` is not a name.
    Dot(Box<Expr>, String),
    /// `cast(a, T)`.
    Cast(Box<Expr>, CairoType),
    /// `(a, name=b)`.
    Tuple(Vec<(Option<String>, Expr)>),
}

/// A type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum CairoType {
    /// `felt`.
    Felt,
    /// `codeoffset`.
    CodeOffset,
    /// `T*`.
    Pointer(Box<CairoType>),
    /// A struct or type definition, by its full name.
    Struct(String),
    /// `(T, name: U)`.
    Tuple(Vec<TupleItem>),
}

/// One place of a tuple type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct TupleItem {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its type.
    pub cairo_type: CairoType,
}

impl CairoType {
    /// A pointer to this type.
    #[must_use]
    pub fn pointer(self) -> Self {
        Self::Pointer(Box::new(self))
    }
}
