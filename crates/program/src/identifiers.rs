//! A program's identifiers and the search for them.
//!
//! Names are written with dots: `__main__.main.x`. The search is the reference's
//! (`identifier_manager.py`), errors and their wording included: later scopes go before earlier
//! ones, aliases are followed, and a name may go on behind the identifier it leads to, as in
//! `point.x`, where `point` is a reference and `.x` the caller's to understand.

use crate::big_const::BigConst;
use crate::error::ProgramError;
use crate::raw::{Entries, RawIdentifier};

/// What a name stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Identifier {
    /// Another name for something.
    Alias {
        /// The full name it stands for.
        destination: String,
    },
    /// A constant.
    Const {
        /// Its value, not reduced modulo the prime.
        value: BigConst,
    },
    /// A function.
    Function {
        /// Its first instruction, in words from the program's start.
        pc: usize,
        /// Its decorators, without the `@`.
        decorators: Vec<String>,
    },
    /// A label.
    Label {
        /// The instruction behind it, in words from the program's start.
        pc: usize,
    },
    /// A struct's member as an identifier of its own; compilers put members into [`Struct`]s.
    Member(MemberType),
    /// A namespace.
    Namespace,
    /// A reference: `let`, `local`, `tempvar` or an argument. Its bindings, which the file has
    /// twice, are among [`Program::references`](crate::Program::references).
    Reference {
        /// The name under which hints' and attributes' flow tracking knows it.
        full_name: String,
        /// Its type, to be read by [`crate::expr::parse_type`].
        cairo_type: String,
    },
    /// A scope without a meaning of its own.
    Scope,
    /// A struct.
    Struct(Struct),
    /// A type by another name.
    TypeDefinition {
        /// The type, to be read by [`crate::expr::parse_type`].
        cairo_type: String,
    },
}

/// The type and place of a member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemberType {
    /// The type, to be read by [`crate::expr::parse_type`].
    pub cairo_type: String,
    /// The distance from the struct's start, in cells.
    pub offset: usize,
}

/// A struct's definition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Struct {
    /// The struct's full name.
    pub full_name: String,
    /// Its members by offset.
    pub members: Vec<Member>,
    /// Its size, in cells.
    pub size: usize,
}

impl Struct {
    /// The member called `name`.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

/// A member of a struct.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// The member's name.
    pub name: String,
    /// Its type, to be read by [`crate::expr::parse_type`].
    pub cairo_type: String,
    /// Its distance from the struct's start, in cells.
    pub offset: usize,
}

/// An identifier's name and kind, for the errors about its fields.
struct Need<'a>(&'a str, &'static str);

impl Need<'_> {
    /// The field, or the error that it is missing.
    fn field<T>(&self, value: Option<T>, field: &'static str) -> Result<T, ProgramError> {
        value.ok_or_else(|| ProgramError::IncompleteIdentifier {
            name: self.0.to_owned(),
            kind: self.1,
            field,
        })
    }
}

impl Identifier {
    /// The name of this kind of identifier in program JSON and in the reference's errors.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Alias { .. } => "alias",
            Self::Const { .. } => "const",
            Self::Function { .. } => "function",
            Self::Label { .. } => "label",
            Self::Member(_) => "member",
            Self::Namespace => "namespace",
            Self::Reference { .. } => "reference",
            Self::Scope => "scope",
            Self::Struct(_) => "struct",
            Self::TypeDefinition { .. } => "type_definition",
        }
    }

    /// The place in the program of a label or function, in words from its start.
    #[must_use]
    pub const fn pc(&self) -> Option<usize> {
        match self {
            Self::Function { pc, .. } | Self::Label { pc } => Some(*pc),
            _ => None,
        }
    }

    /// Checks and takes over what JSON said about `name`.
    pub(crate) fn from_raw(name: &str, raw: RawIdentifier<'_>) -> Result<Self, ProgramError> {
        let cairo_type = |need: &Need<'_>| need.field(raw.cairo_type, "cairo_type");
        Ok(match &*raw.kind {
            "alias" => {
                let need = Need(name, "alias");
                Self::Alias { destination: need.field(raw.destination, "destination")? }
            }
            "const" => Self::Const { value: Need(name, "const").field(raw.value, "value")? },
            "function" => {
                let need = Need(name, "function");
                let pc = need.field(raw.pc, "pc")?.0;
                Self::Function { pc, decorators: raw.decorators.unwrap_or_default() }
            }
            "label" => Self::Label { pc: Need(name, "label").field(raw.pc, "pc")?.0 },
            "member" => {
                let need = Need(name, "member");
                let offset = need.field(raw.offset, "offset")?.0;
                Self::Member(MemberType { cairo_type: cairo_type(&need)?, offset })
            }
            "namespace" => Self::Namespace,
            "reference" => {
                let need = Need(name, "reference");
                Self::Reference {
                    full_name: need.field(raw.full_name, "full_name")?,
                    cairo_type: cairo_type(&need)?,
                }
            }
            "scope" => Self::Scope,
            "struct" => {
                let need = Need(name, "struct");
                let Entries(members) = need.field(raw.members, "members")?;
                let member = |(name, raw): (String, crate::raw::RawMember)| Member {
                    name,
                    cairo_type: raw.cairo_type,
                    offset: raw.offset.0,
                };
                let mut members: Vec<Member> = members.into_iter().map(member).collect();
                members.sort_by_key(|member| member.offset);
                Self::Struct(Struct {
                    full_name: need.field(raw.full_name, "full_name")?,
                    members,
                    size: need.field(raw.size, "size")?.0,
                })
            }
            "type_definition" => {
                Self::TypeDefinition { cairo_type: cairo_type(&Need(name, "type_definition"))? }
            }
            kind => {
                return Err(ProgramError::UnknownIdentifierType {
                    name: name.to_owned(),
                    kind: kind.to_owned(),
                });
            }
        })
    }
}

/// Why a name leads nowhere. The wording is the reference's.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum IdentifierError {
    /// There is nothing of that name.
    #[error("Unknown identifier '{full_name}'.")]
    Missing {
        /// The first part of the name that does not exist, with what is before it.
        full_name: String,
    },
    /// The name is only a scope's.
    #[error("Expected '{full_name}' to be an identifier, found a scope name.")]
    NotAnIdentifier {
        /// The name.
        full_name: String,
    },
    /// The name is that of something which is no scope.
    #[error("Identifier '{full_name}' is {kind}, expected a scope.")]
    NotAScope {
        /// The name.
        full_name: String,
        /// What it is.
        kind: &'static str,
    },
    /// Aliases lead back to themselves, or on without an end.
    #[error("Cyclic aliasing detected: {path}")]
    CyclicAlias {
        /// The names gone through, with arrows between them.
        path: String,
    },
    /// An alias leads nowhere.
    #[error("Alias resolution failed: {path}. {cause}")]
    BrokenAlias {
        /// The names gone through, with arrows between them.
        path: String,
        /// What is wrong with the last one.
        cause: Box<IdentifierError>,
    },
    /// The name goes on behind an identifier that has no parts.
    #[error("Unexpected '.' after '{full_name}' which is {kind}.")]
    UnexpectedDot {
        /// The identifier.
        full_name: String,
        /// What it is.
        kind: &'static str,
    },
    /// The name is that of another kind of identifier.
    #[error("'{name}' is expected to be {expected}, found {found}.")]
    WrongKind {
        /// The name.
        name: String,
        /// The kind wanted.
        expected: &'static str,
        /// The kind found.
        found: &'static str,
    },
}

impl IdentifierError {
    fn missing(full_name: &str) -> Self {
        Self::Missing { full_name: full_name.to_owned() }
    }
}

/// What a search found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resolved<'p> {
    /// The identifier's full name, with all aliases followed.
    pub canonical_name: &'p str,
    /// The identifier; never an alias.
    pub identifier: &'p Identifier,
    /// The rest of the name behind the identifier, without the dot; often empty.
    pub non_parsed: String,
}

impl<'p> Resolved<'p> {
    /// The identifier, if the whole name was used.
    ///
    /// # Errors
    /// When the name goes on behind it.
    pub fn fully_parsed(&self) -> Result<&'p Identifier, IdentifierError> {
        if self.non_parsed.is_empty() {
            return Ok(self.identifier);
        }
        Err(IdentifierError::UnexpectedDot {
            full_name: self.canonical_name.to_owned(),
            kind: self.identifier.kind(),
        })
    }
}

/// An identifier or a mere scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolution<'p> {
    /// An identifier.
    Identifier(Resolved<'p>),
    /// A scope that is no identifier itself, by its full name.
    Scope(String),
}

/// A scope's search gave an identifier instead.
enum ScopeMiss<'p> {
    Identifier(Resolved<'p>),
    Error(IdentifierError),
}

/// How many aliases are followed one after the other. Real programs need two or three; the
/// reference follows aliases that grow for ever until its memory ends.
const MAX_ALIASES: usize = 64;

/// The most bytes a name may grow to through aliases.
const MAX_NAME: usize = 1 << 16;

/// All identifiers of a program, by full name.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Identifiers {
    /// Sorted, each name once. A scope is a prefix of some name, so its members are neighbours.
    entries: Vec<(String, Identifier)>,
}

impl Identifiers {
    /// Takes identifiers in any order; of two with one name the later one stays.
    #[must_use]
    pub fn new(mut entries: Vec<(String, Identifier)>) -> Self {
        if !entries.is_sorted_by(|a, b| a.0 < b.0) {
            entries.reverse();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            entries.dedup_by(|later, kept| later.0 == kept.0);
        }
        Self { entries }
    }

    /// How many identifiers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no identifiers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every identifier with its full name, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Identifier)> {
        self.entries.iter().map(|(name, identifier)| (name.as_str(), identifier))
    }

    /// The identifier of exactly this full name; aliases are not followed.
    #[must_use]
    pub fn get(&self, full_name: &str) -> Option<&Identifier> {
        self.entry(full_name).map(|(_, identifier)| identifier)
    }

    fn entry(&self, full_name: &str) -> Option<(&str, &Identifier)> {
        let at = self.entries.binary_search_by(|(name, _)| name.as_str().cmp(full_name)).ok()?;
        self.entries.get(at).map(|(name, identifier)| (name.as_str(), identifier))
    }

    /// Whether some identifier's name goes on behind `full_name` and a dot.
    #[must_use]
    pub fn is_scope(&self, full_name: &str) -> bool {
        if full_name.is_empty() {
            return true;
        }
        let first_inside = || full_name.bytes().chain([b'.']);
        let start = self.entries.partition_point(|(name, _)| name.bytes().lt(first_inside()));
        let name = self.entries.get(start).and_then(|(name, _)| name.strip_prefix(full_name));
        name.is_some_and(|rest| rest.starts_with('.'))
    }

    /// Finds `name` from the root, without following aliases.
    ///
    /// # Errors
    /// When a part of the name does not exist, or the whole is only a scope's name.
    pub fn lookup(&self, name: &str) -> Result<Resolved<'_>, IdentifierError> {
        let mut end = part_end(name, 0);
        loop {
            let prefix = &name[..end];
            if end < name.len() && self.is_scope(prefix) {
                end = part_end(name, end + 1);
                continue;
            }
            if let Some((canonical_name, identifier)) = self.entry(prefix) {
                let non_parsed = name.get(end + 1..).unwrap_or_default().to_owned();
                return Ok(Resolved { canonical_name, identifier, non_parsed });
            }
            let full_name = prefix.to_owned();
            return Err(if !prefix.is_empty() && self.is_scope(prefix) {
                IdentifierError::NotAnIdentifier { full_name }
            } else {
                IdentifierError::Missing { full_name }
            });
        }
    }

    /// Finds `name` from the root, following aliases.
    ///
    /// # Errors
    /// As [`Identifiers::lookup`], and when aliases lead in a circle or nowhere.
    pub fn follow(&self, name: &str) -> Result<Resolved<'_>, IdentifierError> {
        let mut found = self.lookup(name)?;
        let mut visited = vec![name.to_owned()];
        while let Identifier::Alias { destination } = found.identifier {
            step(&mut visited, joined(destination, &found.non_parsed))?;
            let current = visited.last().map(String::as_str).unwrap_or_default();
            found = match self.lookup(current) {
                Err(cause @ IdentifierError::Missing { .. }) => {
                    return Err(broken(&visited, cause));
                }
                other => other?,
            };
        }
        Ok(found)
    }

    /// Finds the scope `name` from the root, following aliases, and gives its full name.
    ///
    /// # Errors
    /// When there is no such scope, or aliases lead in a circle or nowhere.
    pub fn follow_scope(&self, name: &str) -> Result<String, IdentifierError> {
        let mut visited = vec![name.to_owned()];
        loop {
            let current = visited.last().map(String::as_str).unwrap_or_default();
            let error = match self.lookup_scope(current) {
                Ok(()) => return Ok(current.to_owned()),
                Err(ScopeMiss::Identifier(found)) => match found.identifier {
                    Identifier::Alias { destination } => {
                        step(&mut visited, joined(destination, &found.non_parsed))?;
                        continue;
                    }
                    other => IdentifierError::NotAScope {
                        full_name: found.canonical_name.to_owned(),
                        kind: other.kind(),
                    },
                },
                Err(ScopeMiss::Error(error)) => error,
            };
            return Err(if visited.len() == 1 { error } else { broken(&visited, error) });
        }
    }

    fn lookup_scope(&self, name: &str) -> Result<(), ScopeMiss<'_>> {
        let mut start = 0;
        while start < name.len() {
            let end = part_end(name, start);
            let prefix = &name[..end];
            if !self.is_scope(prefix) {
                return Err(match self.entry(prefix) {
                    Some((canonical_name, identifier)) => {
                        let non_parsed = name.get(end + 1..).unwrap_or_default().to_owned();
                        ScopeMiss::Identifier(Resolved { canonical_name, identifier, non_parsed })
                    }
                    None => ScopeMiss::Error(IdentifierError::missing(prefix)),
                });
            }
            start = end + 1;
        }
        Ok(())
    }

    /// Finds `name` as it is seen from `scopes`, the last of which goes first.
    ///
    /// # Errors
    /// When no scope has it, or the one that has its first part can't lead on.
    pub fn search<S: AsRef<str>>(
        &self,
        scopes: &[S],
        name: &str,
    ) -> Result<Resolved<'_>, IdentifierError> {
        search_in(scopes, name, |full_name| self.follow(full_name))
    }

    /// Finds the scope `name` as it is seen from `scopes`, the last of which goes first.
    ///
    /// # Errors
    /// As [`Identifiers::search`].
    pub fn search_scope<S: AsRef<str>>(
        &self,
        scopes: &[S],
        name: &str,
    ) -> Result<String, IdentifierError> {
        search_in(scopes, name, |full_name| self.follow_scope(full_name))
    }

    /// Finds an identifier, or else a scope, called `name` from `scopes`, as a hint's `ids` does.
    ///
    /// # Errors
    /// That of the search for an identifier, when there is no scope either.
    pub fn search_any<S: AsRef<str>>(
        &self,
        scopes: &[S],
        name: &str,
    ) -> Result<Resolution<'_>, IdentifierError> {
        self.search(scopes, name).map(Resolution::Identifier).or_else(|error| {
            self.search_scope(scopes, name).map(Resolution::Scope).map_err(|_| error)
        })
    }
}

/// Where the part of a name that begins at `start` ends.
fn part_end(name: &str, start: usize) -> usize {
    let rest = name.get(start..).unwrap_or_default();
    rest.find('.').map_or(name.len(), |length| start + length)
}

/// Two names with a dot between them, where both have something.
fn joined(scope: &str, name: &str) -> String {
    match (scope, name) {
        ("", one) | (one, "") => one.to_owned(),
        _ => format!("{scope}.{name}"),
    }
}

/// Goes on to the next alias, unless that was seen before.
fn step(visited: &mut Vec<String>, next: String) -> Result<(), IdentifierError> {
    let endless = visited.len() >= MAX_ALIASES || next.len() > MAX_NAME;
    let seen = visited.contains(&next);
    visited.push(next);
    if seen || endless {
        let mut path = visited.join(" -> ");
        if path.len() > MAX_NAME {
            path.truncate(path.floor_char_boundary(MAX_NAME));
            path.push('…');
        }
        return Err(IdentifierError::CyclicAlias { path });
    }
    Ok(())
}

fn broken(visited: &[String], cause: IdentifierError) -> IdentifierError {
    IdentifierError::BrokenAlias { path: visited.join(" -> "), cause: Box::new(cause) }
}

/// Tries `find` on `name` in each scope, the last one first.
fn search_in<S: AsRef<str>, T>(
    scopes: &[S],
    name: &str,
    find: impl Fn(&str) -> Result<T, IdentifierError>,
) -> Result<T, IdentifierError> {
    let first = &name[..part_end(name, 0)];
    for scope in scopes.iter().rev() {
        match find(&joined(scope.as_ref(), name)) {
            // Only a name whose very first part is missing here may still be in another scope.
            Err(IdentifierError::Missing { full_name })
                if starts_with(&joined(scope.as_ref(), first), &full_name) => {}
            found => return found,
        }
    }
    Err(IdentifierError::missing(first))
}

/// Whether the parts of `name` begin with those of `prefix`.
fn starts_with(name: &str, prefix: &str) -> bool {
    match name.strip_prefix(prefix) {
        Some(rest) => rest.is_empty() || prefix.is_empty() || rest.starts_with('.'),
        None => false,
    }
}
