//! [`Program`]: a compiled program that has been read and checked.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use cairo_zero_core::{BuiltinName, Felt};

use crate::debug_info::{DebugInfo, RawDebugInfo};
use crate::debug_text;
use crate::error::ProgramError;
use crate::expr::{Expr, ExprError, parse_expr};
use crate::identifiers::{Identifier, IdentifierError, Identifiers, Resolution, Resolved};
use crate::load;
use crate::raw::{RawReference, RawTracking};

/// How far `ap` is known to have moved at some place of the program.
///
/// Between two places of one group the difference of the offsets, in cells, is how far `ap` moved
/// from one to the other; between groups nothing is known.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct ApTracking {
    /// The number of the stretch in which movements are known.
    pub group: i64,
    /// The movement since the group's beginning, in cells.
    pub offset: i64,
}

impl From<RawTracking> for ApTracking {
    fn from(raw: RawTracking) -> Self {
        Self { group: raw.group.0, offset: raw.offset.0 }
    }
}

/// What the compiler knew at some place of the program.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FlowTracking {
    /// How far `ap` has moved.
    pub ap_tracking: ApTracking,
    /// Which of [`Program::references`] each reference's full name is bound to.
    ///
    /// In hints and attributes the numbers are below the number of references.
    pub reference_ids: BTreeMap<String, usize>,
}

/// A hint: Python text to be run before an instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// The text.
    pub code: String,
    /// The scopes that names are looked for in, the last one first.
    pub accessible_scopes: Vec<String>,
    /// What the compiler knew at the instruction.
    pub flow_tracking: FlowTracking,
}

/// A binding of a reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// How far `ap` had moved where the reference was bound.
    pub ap_tracking: ApTracking,
    /// The instruction it was bound at, in words from the program's start.
    pub pc: i64,
    /// The expression it stands for, as text.
    pub value: String,
}

impl Reference {
    /// The expression it stands for.
    ///
    /// # Errors
    /// When the text is no expression.
    pub fn expr(&self) -> Result<Expr, ExprError> {
        parse_expr(&self.value)
    }
}

impl From<RawReference> for Reference {
    fn from(raw: RawReference) -> Self {
        Self { ap_tracking: raw.ap_tracking_data.into(), pc: raw.pc.0, value: raw.value }
    }
}

/// An attribute of a stretch of the program, such as the error message of `with_attr`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute {
    /// The attribute's name, such as `error_message`.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Its first instruction, in words from the program's start.
    pub start_pc: usize,
    /// The first word behind it.
    pub end_pc: usize,
    /// The scopes that names in the value are looked for in, the last one first.
    pub accessible_scopes: Vec<String>,
    /// What the compiler knew there; `None` in programs of older compilers.
    pub flow_tracking: Option<FlowTracking>,
}

/// A compiled program.
#[derive(Clone, PartialEq, Debug)]
pub struct Program {
    pub(crate) data: Vec<Felt>,
    pub(crate) builtins: Vec<BuiltinName>,
    pub(crate) compiler_version: Option<String>,
    pub(crate) main_scope: String,
    pub(crate) hints: Vec<(usize, Vec<Hint>)>,
    pub(crate) identifiers: Identifiers,
    pub(crate) references: Vec<Reference>,
    pub(crate) attributes: Vec<Attribute>,
    /// A file's bytes, and where in them the debug information is.
    pub(crate) debug_info: Option<(Vec<u8>, Range<usize>)>,
}

impl Program {
    /// Reads a program from the bytes of its JSON file.
    ///
    /// # Errors
    /// When the bytes are not JSON or not a program; see [`ProgramError`].
    pub fn from_json(json: &[u8]) -> Result<Self, ProgramError> {
        let (mut program, debug_info) = load::load(json)?;
        program.debug_info = debug_info.map(|range| (json[range.clone()].to_vec(), 0..range.len()));
        Ok(program)
    }

    /// As [`Program::from_json`], keeping the bytes for the debug information instead of copying
    /// that part of them.
    ///
    /// # Errors
    /// As [`Program::from_json`].
    pub fn from_json_vec(json: Vec<u8>) -> Result<Self, ProgramError> {
        let (mut program, debug_info) = load::load(&json)?;
        program.debug_info = debug_info.map(|range| (json, range));
        Ok(program)
    }

    /// A program of words and builtins alone, as a Cairo PIE has it: without names, hints and debug
    /// information.
    #[must_use]
    pub fn stripped(data: Vec<Felt>, builtins: Vec<BuiltinName>) -> Self {
        Self {
            data,
            builtins,
            compiler_version: None,
            main_scope: String::from("__main__"),
            hints: Vec::new(),
            identifiers: Identifiers::new(Vec::new()),
            references: Vec::new(),
            attributes: Vec::new(),
            debug_info: None,
        }
    }

    /// The program's words.
    #[must_use]
    pub fn data(&self) -> &[Felt] {
        &self.data
    }

    /// The builtins the program asks for, in its own order; one may be there twice.
    #[must_use]
    pub fn builtins(&self) -> &[BuiltinName] {
        &self.builtins
    }

    /// The compiler's version, where it left one.
    #[must_use]
    pub fn compiler_version(&self) -> Option<&str> {
        self.compiler_version.as_deref()
    }

    /// The scope of the main file, in which `main` is looked for.
    #[must_use]
    pub fn main_scope(&self) -> &str {
        &self.main_scope
    }

    /// Every instruction with hints, by place in words from the program's start; each place once
    /// and inside the program.
    #[must_use]
    pub fn hints(&self) -> &[(usize, Vec<Hint>)] {
        &self.hints
    }

    /// The hints of the instruction at `pc`, in the order they run in.
    #[must_use]
    pub fn hints_at(&self, pc: usize) -> &[Hint] {
        match self.hints.binary_search_by_key(&pc, |(at, _)| *at) {
            Ok(index) => &self.hints[index].1,
            Err(_) => &[],
        }
    }

    /// All identifiers.
    #[must_use]
    pub const fn identifiers(&self) -> &Identifiers {
        &self.identifiers
    }

    /// All bindings of references, by the numbers used in [`FlowTracking`].
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// All attributes.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// Whether the file has debug information.
    #[must_use]
    pub const fn has_debug_info(&self) -> bool {
        self.debug_info.is_some()
    }

    /// Reads the debug information. That takes time in proportion to the file: keep the result.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn debug_info(&self) -> Result<Option<DebugInfo>, ProgramError> {
        let Some((json, range)) = &self.debug_info else { return Ok(None) };
        DebugInfo::from_json(json.get(range.clone()).unwrap_or_default()).map(Some)
    }

    /// Writes the debug information as JSON with `base` added to the instructions' places; that of a
    /// program without any has none in it.
    ///
    /// # Errors
    /// When it is malformed, or `out` does not take it.
    pub fn write_debug_info(
        &self,
        base: u64,
        mut out: impl Write,
    ) -> Result<io::Result<()>, ProgramError> {
        let Some((json, range)) = &self.debug_info else {
            let nothing = b"{\"instruction_locations\": {}, \"file_contents\": {}}";
            return Ok(out.write_all(nothing));
        };
        let raw = RawDebugInfo::from_json(json.get(range.clone()).unwrap_or_default())?;
        Ok(debug_text::write(&raw, base, out))
    }

    /// Where the main function begins, in words from the program's start; `None` if there is none.
    ///
    /// # Errors
    /// When `main` is something else than a function or label, or an alias that leads nowhere.
    pub fn main(&self) -> Result<Option<usize>, IdentifierError> {
        optional(self.label("main"))
    }

    /// Where a program compiled for proofs begins: at `__start__` or else at its first word.
    ///
    /// # Errors
    /// When `__start__` is something else than a label, or an alias that leads nowhere.
    pub fn start(&self) -> Result<usize, IdentifierError> {
        optional(self.label("__start__")).map(Option::unwrap_or_default)
    }

    /// The place of a label or function, as its name is seen from the main scope, in words from
    /// the program's start. It need not be inside the program.
    ///
    /// # Errors
    /// When there is no such name, or it is that of something else.
    pub fn label(&self, name: &str) -> Result<usize, IdentifierError> {
        label_pc(&self.resolve(&[&self.main_scope], name)?, name)
    }

    /// The place of a label or function of exactly this full name; aliases are not followed.
    ///
    /// # Errors
    /// When there is no such name, or it is that of something else.
    pub fn label_by_full_name(&self, name: &str) -> Result<usize, IdentifierError> {
        label_pc(&self.identifiers.lookup(name)?, name)
    }

    /// Finds `name` as it is seen from `scopes`, the last of which goes first.
    ///
    /// # Errors
    /// See [`Identifiers::search`].
    pub fn resolve<S: AsRef<str>>(
        &self,
        scopes: &[S],
        name: &str,
    ) -> Result<Resolved<'_>, IdentifierError> {
        self.identifiers.search(scopes, name)
    }

    /// Finds an identifier, or else a scope, called `name` from `scopes`, as a hint's `ids` does.
    ///
    /// # Errors
    /// See [`Identifiers::search_any`].
    pub fn resolve_any<S: AsRef<str>>(
        &self,
        scopes: &[S],
        name: &str,
    ) -> Result<Resolution<'_>, IdentifierError> {
        self.identifiers.search_any(scopes, name)
    }
}

fn label_pc(found: &Resolved<'_>, name: &str) -> Result<usize, IdentifierError> {
    let identifier: &Identifier = found.fully_parsed()?;
    identifier.pc().ok_or_else(|| IdentifierError::WrongKind {
        name: name.to_owned(),
        expected: "label",
        found: identifier.kind(),
    })
}

/// Nothing instead of the error that a name does not exist.
fn optional(found: Result<usize, IdentifierError>) -> Result<Option<usize>, IdentifierError> {
    match found {
        Err(IdentifierError::Missing { .. }) => Ok(None),
        found => found.map(Some),
    }
}
