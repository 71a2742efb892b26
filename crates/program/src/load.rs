//! From a file's bytes to a checked [`Program`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use cairo_zero_core::{BuiltinName, Felt};
use serde::Deserialize;

use crate::error::ProgramError;
use crate::identifiers::{Identifier, Identifiers};
use crate::program::{Attribute, FlowTracking, Hint, Program, Reference};
use crate::raw::{Entries, RawAttribute, RawFlow, RawHint, RawIdentifier, RawReferences};
use crate::skip::{Section, sections};
use crate::words::{WordError, Words, parse_limbs};

/// Reads a program, and says where in the bytes its debug information is. The program's own field
/// for that is still empty.
pub(crate) fn load(json: &[u8]) -> Result<(Program, Option<Range<usize>>), ProgramError> {
    let file = File::split(json)?;
    check_prime(file.read("prime")?)?;
    let references: RawReferences = file.read("reference_manager")?;
    let references: Vec<Reference> = references.references.into_iter().map(Into::into).collect();
    let data = take_words(file.read("data")?)?;
    let builtins: Vec<String> = file.read("builtins")?;
    let main_scope: String = file.read("main_scope")?;
    check_name(&main_scope)?;
    let hints = take_hints(file.read("hints")?, data.len(), references.len())?;
    let attributes: Option<Vec<RawAttribute>> = file.read_optional("attributes")?;
    let attributes = attributes.unwrap_or_default().into_iter();
    let program = Program {
        builtins: builtins.into_iter().map(take_builtin).collect::<Result<_, _>>()?,
        compiler_version: file.read_optional::<Option<String>>("compiler_version")?.flatten(),
        main_scope,
        hints,
        identifiers: take_identifiers(file.read("identifiers")?)?,
        attributes: attributes
            .map(|raw| take_attribute(raw, references.len()))
            .collect::<Result<_, _>>()?,
        references,
        data,
        debug_info: None,
    };
    let debug_info = file.section("debug_info").map(|section| section.value.clone());
    Ok((program, debug_info.filter(|range| &json[range.clone()] != b"null")))
}

/// A file and the top-level parts of its JSON object.
struct File<'a> {
    json: &'a [u8],
    /// The parts by key, in the file's order.
    sections: Vec<(Cow<'a, str>, Section)>,
}

impl<'a> File<'a> {
    fn split(json: &'a [u8]) -> Result<Self, ProgramError> {
        if let Err(error) = std::str::from_utf8(json) {
            return Err(ProgramError::NotUtf8 { offset: error.valid_up_to() });
        }
        if json.iter().all(u8::is_ascii_whitespace) {
            return Err(ProgramError::Empty);
        }
        let Some(found) = sections(json) else { return Err(why_no_object(json)) };
        let key = |section: Section| {
            let key: KeyText<'a> = serde_json::from_slice(&json[section.key.clone()])
                .map_err(|error| not_json(json, section.key.start, &error))?;
            Ok((key.0, section))
        };
        let sections = found.into_iter().map(key).collect::<Result<_, _>>()?;
        Ok(Self { json, sections })
    }

    /// The last part of the name, which is the one that counts in Python too.
    fn section(&self, field: &str) -> Option<&Section> {
        self.sections.iter().rev().find(|(key, _)| key == field).map(|(_, section)| section)
    }

    fn read_optional<T: Deserialize<'a>>(
        &self,
        field: &'static str,
    ) -> Result<Option<T>, ProgramError> {
        let Some(section) = self.section(field) else { return Ok(None) };
        let value: &'a [u8] = &self.json[section.value.clone()];
        // Looking at the encoding once is faster than once for each text.
        let read = match std::str::from_utf8(value) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(value),
        };
        match read {
            Ok(read) => Ok(Some(read)),
            Err(error) if error.is_data() => {
                let (line, column) = position(self.json, section.value.start, &error);
                let reason = bare_message(&error);
                Err(ProgramError::MalformedField { field, line, column, reason })
            }
            Err(error) => Err(not_json(self.json, section.value.start, &error)),
        }
    }

    fn read<T: Deserialize<'a>>(&self, field: &'static str) -> Result<T, ProgramError> {
        self.read_optional(field)?.ok_or_else(|| {
            let has = |name| self.section(name).is_some();
            let advice = if has("sierra_program") || has("bytecode") {
                "; this is a Cairo 1 class, not a Cairo Zero program"
            } else if has("program") && has("abi") {
                "; this is a contract class: its program is in the field \"program\""
            } else {
                ""
            };
            ProgramError::MissingField { field, advice }
        })
    }
}

/// A key, borrowed unless it has escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct KeyText<'a>(#[serde(borrow)] Cow<'a, str>);

/// Why a file could not be split: it is no object, or no JSON.
fn why_no_object(json: &[u8]) -> ProgramError {
    match serde_json::from_slice::<serde::de::IgnoredAny>(json) {
        Ok(_) => ProgramError::NotAnObject,
        Err(error) => not_json(json, 0, &error),
    }
}

fn not_json(json: &[u8], start: usize, error: &serde_json::Error) -> ProgramError {
    let (line, column) = position(json, start, error);
    let text = json.trim_ascii_start();
    let begins = |with: &[&[u8]]| with.iter().any(|with| text.starts_with(with));
    let advice = if begins(&[b"PK"]) {
        "this is a zip archive; is it a Cairo PIE?"
    } else if begins(&[b"%", b"//", b"func ", b"from ", b"import ", b"struct ", b"const "]) {
        "this looks like Cairo source: compile it with cairo-compile first"
    } else {
        "was the program compiled with cairo-compile?"
    };
    ProgramError::NotJson { line, column, reason: bare_message(error), advice }
}

/// The line and column, from 1, of an error in the part of the file that begins at `start`.
fn position(json: &[u8], start: usize, error: &serde_json::Error) -> (usize, usize) {
    let before = json.get(..start).unwrap_or_default();
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let column = match before.iter().rposition(|byte| *byte == b'\n') {
        Some(newline) => start - newline - 1,
        None => start,
    };
    let line = error.line().max(1);
    (lines + line, error.column().max(1) + if line == 1 { column } else { 0 })
}

/// The error's text without the position, which would be that in a part of the file.
fn bare_message(error: &serde_json::Error) -> String {
    let mut text = error.to_string();
    if let Some(at) = text.rfind(" at line ") {
        text.truncate(at);
    }
    cut(text)
}

/// Long texts end in an ellipsis.
fn cut(mut text: String) -> String {
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push('…');
    }
    text
}

fn check_prime(prime: String) -> Result<(), ProgramError> {
    if parse_limbs(&prime) == Ok(Felt::PRIME) {
        return Ok(());
    }
    Err(ProgramError::UnsupportedPrime { found: cut(prime) })
}

/// Names are parts with single dots between them; the empty name is the root's.
fn check_name(name: &str) -> Result<(), ProgramError> {
    let broken = name.starts_with('.') || name.ends_with('.') || name.contains("..");
    if broken { Err(ProgramError::BadName { name: cut(name.to_owned()) }) } else { Ok(()) }
}

fn take_words(read: Words) -> Result<Vec<Felt>, ProgramError> {
    match read.bad {
        None => Ok(read.words),
        Some(bad) => {
            let (index, text) = (bad.index, cut(bad.text));
            Err(match bad.error {
                WordError::NotHex => ProgramError::BadWord { index, text },
                WordError::TooLarge => ProgramError::WordTooLarge { index, text },
            })
        }
    }
}

fn take_builtin(name: String) -> Result<BuiltinName, ProgramError> {
    name.parse().map_err(|_| ProgramError::UnknownBuiltin { name: cut(name) })
}

fn take_hints(
    Entries(raw): Entries<Vec<RawHint>>,
    length: usize,
    references: usize,
) -> Result<Vec<(usize, Vec<Hint>)>, ProgramError> {
    let mut hints = BTreeMap::new();
    for (key, list) in raw {
        let pc = match key.trim().parse::<usize>() {
            Ok(pc) if pc < length => pc,
            _ => return Err(ProgramError::HintOutside { pc: cut(key), length }),
        };
        let hint = |raw: RawHint| {
            raw.accessible_scopes.iter().try_for_each(|scope| check_name(scope))?;
            let place = || format!("the hint at pc {pc}");
            let flow_tracking = take_flow(raw.flow_tracking_data, references, place)?;
            let RawHint { code, accessible_scopes, .. } = raw;
            Ok(Hint { code, accessible_scopes, flow_tracking })
        };
        hints.insert(pc, list.into_iter().map(hint).collect::<Result<_, _>>()?);
    }
    Ok(hints.into_iter().collect())
}

fn take_flow(
    raw: RawFlow,
    references: usize,
    place: impl Fn() -> String,
) -> Result<FlowTracking, ProgramError> {
    let Entries(ids) = raw.reference_ids;
    let id = |(name, id): (String, crate::raw::Int)| match usize::try_from(id.0) {
        Ok(index) if index < references => Ok((name, index)),
        _ => Err(ProgramError::ReferenceOutOfRange {
            place: place(),
            name: cut(name),
            index: id.0,
            count: references,
        }),
    };
    let reference_ids = ids.into_iter().map(id).collect::<Result<_, _>>()?;
    Ok(FlowTracking { ap_tracking: raw.ap_tracking.into(), reference_ids })
}

fn take_attribute(raw: RawAttribute, references: usize) -> Result<Attribute, ProgramError> {
    raw.accessible_scopes.iter().try_for_each(|scope| check_name(scope))?;
    let place = || format!("the attribute {:?} at pc {}", raw.name, raw.start_pc.0);
    let flow = raw.flow_tracking_data;
    let flow_tracking = flow.map(|flow| take_flow(flow, references, place)).transpose()?;
    Ok(Attribute {
        name: raw.name,
        value: raw.value,
        start_pc: raw.start_pc.0,
        end_pc: raw.end_pc.0,
        accessible_scopes: raw.accessible_scopes,
        flow_tracking,
    })
}

fn take_identifiers(Entries(raw): Entries<RawIdentifier<'_>>) -> Result<Identifiers, ProgramError> {
    let identifier = |(name, raw): (String, RawIdentifier<'_>)| {
        if name.is_empty() {
            return Err(ProgramError::BadName { name });
        }
        check_name(&name)?;
        let identifier = Identifier::from_raw(&name, raw)?;
        match &identifier {
            Identifier::Alias { destination: name }
            | Identifier::Reference { full_name: name, .. } => check_name(name)?,
            Identifier::Struct(definition) => check_name(&definition.full_name)?,
            _ => {}
        }
        Ok((name, identifier))
    };
    Ok(Identifiers::new(raw.into_iter().map(identifier).collect::<Result<_, _>>()?))
}
