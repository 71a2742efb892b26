//! What names need from the program, in the shape they need it.

use cairo_zero_program::{BigConst, Hint, Identifier, IdentifierError, Program, Resolution};

use super::structure::{Member, MemberKind, Struct};
use super::{NameScope, parser};
use crate::{Exception, ExceptionClass};

/// A constant of the source program, not reduced modulo the prime.
pub type Integer = BigConst;

/// A hint with its number and place.
pub(crate) struct Place<'p> {
    /// The offset of its instruction, in cells.
    pub(crate) offset: u64,
    pub(crate) hint: &'p Hint,
}

/// The hints of a program in the order of their numbers.
pub(crate) fn hints(program: &Program) -> impl Iterator<Item = Place<'_>> {
    program.hints().iter().flat_map(|(offset, hints)| {
        hints.iter().map(move |hint| Place { offset: *offset as u64, hint })
    })
}

/// What a name leads to.
pub(crate) enum Found {
    Constant(Integer),
    Scope {
        full_name: String,
        instruction_offset: Option<u64>,
    },
    Struct {
        full_name: String,
    },
    Reference {
        canonical: String,
        full_name: String,
    },
    /// An identifier that hints can't use, of this kind.
    Other(&'static str),
}

/// Searches an identifier or a scope the way `vm_consts.py` does.
pub(crate) fn search(program: &Program, scope: &NameScope, name: &str) -> Result<Found, Exception> {
    let found = match program.resolve_any(scope.accessible(), name) {
        Ok(Resolution::Identifier(found)) => found,
        Ok(Resolution::Scope(full_name)) => {
            return Ok(Found::Scope { full_name, instruction_offset: None });
        }
        Err(IdentifierError::Missing { full_name }) => {
            return Err(missing(&scope.under(&full_name)));
        }
        Err(error) => return Err(identifier_error(&error)),
    };
    let canonical = || found.canonical_name.to_owned();
    let instruction_offset = found.identifier.pc().map(|pc| pc as u64);
    Ok(match found.fully_parsed().map_err(|error| identifier_error(&error))? {
        Identifier::Const { value } => Found::Constant(value.clone()),
        Identifier::Function { .. } | Identifier::Label { .. } | Identifier::Namespace => {
            Found::Scope { full_name: canonical(), instruction_offset }
        }
        Identifier::Struct(_) => Found::Struct { full_name: canonical() },
        Identifier::Reference { full_name, .. } => {
            Found::Reference { canonical: canonical(), full_name: full_name.clone() }
        }
        other => Found::Other(other.kind()),
    })
}

/// `MissingIdentifierError` for a name.
fn missing(name: &str) -> Exception {
    let message = format!("Unknown identifier '{name}'.");
    Exception::new(ExceptionClass::MissingIdentifierError, message)
}

fn identifier_error(error: &IdentifierError) -> Exception {
    let class = match error {
        IdentifierError::Missing { .. } => ExceptionClass::MissingIdentifierError,
        IdentifierError::NotAnIdentifier { .. } => ExceptionClass::NotAnIdentifierError,
        IdentifierError::NotAScope { .. } => ExceptionClass::NotAScopeError,
        IdentifierError::WrongKind { .. } => ExceptionClass::DefinitionError,
        IdentifierError::CyclicAlias { .. }
        | IdentifierError::BrokenAlias { .. }
        | IdentifierError::UnexpectedDot { .. } => ExceptionClass::IdentifierError,
    };
    Exception::new(class, error.to_string())
}

/// A reference as it is bound at a hint.
pub(crate) struct Bound<'p> {
    pub(crate) text: &'p str,
    /// How far `ap` has moved since, in cells, if that is known.
    pub(crate) ap_shift: Option<i64>,
}

/// The binding of a reference at a hint, or `None` when it has none there.
pub(crate) fn reference<'p>(program: &'p Program, hint: &Hint, name: &str) -> Option<Bound<'p>> {
    let here = &hint.flow_tracking;
    let bound = program.references().get(*here.reference_ids.get(name)?)?;
    let (now, then) = (here.ap_tracking, bound.ap_tracking);
    let ap_shift = if now.group == then.group { now.offset.checked_sub(then.offset) } else { None };
    Some(Bound { text: &bound.value, ap_shift })
}

/// How many names of types are followed to a struct.
const MAX_TYPE_NAMES: usize = 64;

/// The struct of this full name; names of types are followed.
pub(crate) fn structure(program: &Program, full_name: &str) -> Result<Struct, Exception> {
    let mut name = full_name.to_owned();
    for _ in 0..MAX_TYPE_NAMES {
        match program.identifiers().get(&name) {
            None => return Err(missing(&name)),
            Some(Identifier::Struct(found)) => return definition(found),
            Some(Identifier::TypeDefinition { cairo_type }) => {
                match parser::cairo_type(cairo_type) {
                    Ok(super::types::Type::Struct(next)) => name = next.into(),
                    _ => return Err(wrong_kind(&name, "type_definition")),
                }
            }
            Some(other) => return Err(wrong_kind(&name, other.kind())),
        }
    }
    Err(wrong_kind(&name, "type_definition"))
}

fn wrong_kind(name: &str, kind: &str) -> Exception {
    let message = format!("Expected '{name}' to be struct. Found: '{kind}'.");
    Exception::new(ExceptionClass::DefinitionError, message)
}

fn definition(found: &cairo_zero_program::Struct) -> Result<Struct, Exception> {
    let mut members = Vec::with_capacity(found.members.len());
    for member in &found.members {
        let parsed = parser::cairo_type(&member.cairo_type).map_err(|_| {
            let message = format!("'{}' is no type.", member.cairo_type);
            Exception::new(ExceptionClass::ValueError, message)
        })?;
        members.push(Member {
            name: member.name.as_str().into(),
            offset: member.offset as u64,
            kind: MemberKind::of(&parsed),
        });
    }
    Ok(Struct::new(found.full_name.as_str().into(), found.size as u64, members))
}
