//! [`Struct`]: a struct's members and size.

use super::types::Type;
use crate::{Exception, ExceptionClass};

/// The definition of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Struct {
    name: Box<str>,
    size: u64,
    members: Vec<Member>,
}

/// A member of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: Box<str>,
    /// Where it is, in cells from the start of the struct.
    pub offset: u64,
    /// What reading it gives.
    pub kind: MemberKind,
}

/// What reading a member gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberKind {
    /// The value of its cell.
    Value,
    /// The struct that begins at its cell, by full name.
    Struct(Box<str>),
    /// The struct that its cell points to, by full name.
    Pointer(Box<str>),
    /// Nothing: hints can't read members of such a type.
    Unreadable,
}

impl Struct {
    pub(super) const fn new(name: Box<str>, size: u64, members: Vec<Member>) -> Self {
        Self { name, size, members }
    }

    /// Its full name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its size in cells.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Its members, in order of their offsets.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member of that name.
    ///
    /// # Errors
    /// `IdentifierError` when there is none.
    pub fn member(&self, name: &str) -> Result<&Member, Exception> {
        self.members.iter().find(|member| *member.name == *name).ok_or_else(|| {
            let message = format!("'{name}' is not a member of '{}'.", self.name);
            Exception::new(ExceptionClass::IdentifierError, message)
        })
    }
}

impl MemberKind {
    /// What reading a member of this type gives.
    pub(super) fn of(cairo_type: &Type) -> Self {
        match cairo_type {
            simple if simple.is_simple() => Self::Value,
            Type::Struct(name) => Self::Struct(name.clone()),
            Type::Pointer(to) => match &**to {
                Type::Struct(name) => Self::Pointer(name.clone()),
                _ => Self::Unreadable,
            },
            _ => Self::Unreadable,
        }
    }
}
