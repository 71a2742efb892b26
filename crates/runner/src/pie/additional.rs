//! `additional_data.json`: what the builtins of a run know besides their cells
//! (`get_additional_data` and `extend_additional_data` of cairo-lang's builtin runners).

use std::io::{self, Write};

use cairo_zero_builtins::{Builtins, Ecdsa, Output, Page, Pedersen, Runner, Signature};
use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_program::BigConst;

use super::archive::ADDITIONAL_DATA;
use super::error::{PieError, PieErrorKind};
use super::json::{Json, push_text};

/// The starts and sizes of pages are above 0 and below this (`extend_additional_data` in cairo-lang's
/// `output_builtin_runner.py`).
const PAGE_LIMIT: i128 = 1 << 30;

/// Names of data are shorter than this (`CairoPie.run_validity_checks`).
const NAME_LIMIT: usize = 1000;

/// The file of a PIE that was read, valid but with what it says of the builtins unknown yet.
pub(crate) struct AdditionalData {
    text: Vec<u8>,
}

impl AdditionalData {
    /// Takes the file if it is an object.
    pub(crate) fn read(text: Vec<u8>) -> Result<Self, PieError> {
        let json = parse(&text)?;
        let named = |json: &Json<'_>| {
            json.object().is_some_and(|object| object.keys().all(|key| key.len() < NAME_LIMIT))
        };
        if named(&json) {
            return Ok(Self { text });
        }
        Err(PieErrorKind::security("Invalid additional_data.").into())
    }

    /// Gives the builtins what the file knows of them. Hashes are only taken for verified when the
    /// file is `trusted`.
    pub(crate) fn load(&self, builtins: &mut Builtins, trusted: bool) -> Result<(), PieError> {
        let json = parse(&self.text)?;
        let Some(object) = json.object() else { return Ok(()) };
        for runner in builtins.runners_mut() {
            let Some(data) = object.get(key_of(runner.name()).as_str()) else { continue };
            match runner.name() {
                BuiltinName::Output => load_output(runner, data)?,
                BuiltinName::Ecdsa => load_signatures(runner, data)?,
                BuiltinName::Pedersen if trusted => load_hashes(runner, data)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// The names of the builtins, in alphabetical order, of which a run knows something else than the
    /// file. The verified hashes do not count: who checks more knows of more.
    pub(crate) fn differences(&self, builtins: &Builtins) -> Result<Vec<String>, PieError> {
        let mut text = Vec::new();
        write_builtins(builtins, false, &mut text)?;
        let (file, run) = (parse(&self.text)?, parse(&text)?);
        let (Some(file), Some(run)) = (file.object(), run.object()) else { return Ok(Vec::new()) };
        let mut names: Vec<&str> = file.keys().chain(run.keys()).map(AsRef::as_ref).collect();
        names.sort_unstable();
        names.dedup();
        let hashes = key_of(BuiltinName::Pedersen);
        names.retain(|name| *name != hashes && file.get(*name) != run.get(*name));
        Ok(names.into_iter().map(String::from).collect())
    }
}

/// Writes the file.
pub(crate) fn write(builtins: &Builtins, out: &mut impl Write) -> io::Result<()> {
    write_builtins(builtins, true, out)
}

/// Writes what the builtins know, with or without the verified hashes.
fn write_builtins(builtins: &Builtins, hashes: bool, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{")?;
    for (at, runner) in builtins.runners().iter().enumerate() {
        write!(out, "{}\"{}\": ", if at == 0 { "" } else { ", " }, key_of(runner.name()))?;
        if let Some(output) = runner.downcast::<Output>() {
            write_output(output, out)?;
        } else if let Some(ecdsa) = runner.downcast::<Ecdsa>() {
            write_signatures(ecdsa, out)?;
        } else if let (Some(pedersen), true) = (runner.downcast::<Pedersen>(), hashes) {
            let segment = runner.base().segment;
            write!(out, "[")?;
            for (at, offset) in pedersen.verified().into_iter().enumerate() {
                write!(out, "{}[{segment}, {offset}]", if at == 0 { "" } else { ", " })?;
            }
            write!(out, "]")?;
        } else {
            write!(out, "null")?;
        }
    }
    write!(out, "}}")
}

fn write_output(output: &Output, out: &mut impl Write) -> io::Result<()> {
    let mut pages = output.pages().to_vec();
    pages.sort_unstable_by_key(|(number, _)| *number);
    write!(out, "{{\"pages\": {{")?;
    for (at, (number, Page { start, size })) in pages.into_iter().enumerate() {
        write!(out, "{}\"{number}\": [{start}, {size}]", if at == 0 { "" } else { ", " })?;
    }
    write!(out, "}}, \"attributes\": {{")?;
    for (at, (name, value)) in output.attributes().iter().enumerate() {
        let mut key = String::new();
        push_text(&mut key, name);
        write!(out, "{}{key}: {value}", if at == 0 { "" } else { ", " })?;
    }
    write!(out, "}}}}")
}

fn write_signatures(ecdsa: &Ecdsa, out: &mut impl Write) -> io::Result<()> {
    write!(out, "[")?;
    for (at, (address, Signature { r, s })) in ecdsa.signatures().iter().enumerate() {
        let Relocatable { segment, offset } = address;
        let comma = if at == 0 { "" } else { ", " };
        write!(out, "{comma}[[{segment}, {offset}], [{r}, {s}]]")?;
    }
    write!(out, "]")
}

/// The name that a builtin's data has in the file.
fn key_of(builtin: BuiltinName) -> String {
    format!("{builtin}_builtin")
}

fn parse(text: &[u8]) -> Result<Json<'_>, PieError> {
    let json = Json::parse(text);
    Ok(json.map_err(|error| PieErrorKind::Json { member: ADDITIONAL_DATA, error })?)
}

fn load_output(runner: &mut Runner, data: &Json<'_>) -> Result<(), PieError> {
    let base = runner.base();
    let Some(output) = runner.downcast_mut::<Output>() else { return Ok(()) };
    let field = |name| data.object().filter(|data| data.len() == 2)?.get(name);
    let (Some(pages), Some(attributes)) = (field("pages"), field("attributes")) else {
        return Err(PieErrorKind::OutputData.into());
    };
    for (number, page) in pages.object().ok_or(PieErrorKind::OutputPages)? {
        let number = number.parse::<u64>().map_err(|_| PieErrorKind::OutputPages)?;
        let size = |json: &Json<'_>| {
            json.exact_integer()?.to_i128().filter(|size| (1..PAGE_LIMIT).contains(size))
        };
        let [start, size] = page.list().map(|page| page.iter().map(size)).map_or([None; 2], two);
        let (Some(start), Some(size)) = (start, size) else {
            return Err(PieErrorKind::OutputPages.into());
        };
        let start = Value::Relocatable(Relocatable::new(base.segment, start as i64));
        output.add_page(base, number, start, size as u64)?;
    }
    for (name, value) in attributes.object().ok_or(PieErrorKind::OutputAttributes)? {
        let mut text = String::new();
        value.push(&mut text);
        output.add_attribute(name, text);
    }
    Ok(())
}

/// Both elements of a list of two.
fn two<T>(list: impl Iterator<Item = Option<T>>) -> [Option<T>; 2] {
    let mut list = list;
    match (list.next(), list.next(), list.next()) {
        (Some(first), Some(second), None) => [first, second],
        _ => [None, None],
    }
}

/// An address as `[segment, offset]`.
fn address(json: &Json<'_>) -> Option<Relocatable> {
    let numbers = json.list()?.iter().map(Json::exact_integer);
    let [Some(segment), Some(offset)] = two(numbers) else { return None };
    Some(Relocatable::new(i32::try_from(segment.to_i64()?).ok()?, offset.to_i64()?))
}

fn load_signatures(runner: &mut Runner, data: &Json<'_>) -> Result<(), PieError> {
    let base = runner.base();
    let Some(ecdsa) = runner.downcast_mut::<Ecdsa>() else { return Ok(()) };
    let invalid = || PieError::from(PieErrorKind::BuiltinData(BuiltinName::Ecdsa));
    for entry in data.list().ok_or_else(invalid)? {
        let [at, signature] = entry.list().ok_or_else(invalid)? else { return Err(invalid()) };
        let at = address(at).ok_or_else(invalid)?;
        if at.segment != base.segment {
            return Err(PieErrorKind::SignatureElsewhere(at).into());
        }
        let numbers = signature.list().ok_or_else(invalid)?.iter();
        let [Some(r), Some(s)] = two(numbers.map(Json::exact_integer)) else {
            return Err(invalid());
        };
        let number = |number: BigConst| number.to_bigint();
        let signature = Signature { r: number(r), s: number(s) };
        ecdsa.add_signature(base, Value::Relocatable(at), signature)?;
    }
    Ok(())
}

fn load_hashes(runner: &mut Runner, data: &Json<'_>) -> Result<(), PieError> {
    let base = runner.base();
    let Some(pedersen) = runner.downcast_mut::<Pedersen>() else { return Ok(()) };
    let invalid = || PieError::from(PieErrorKind::BuiltinData(BuiltinName::Pedersen));
    for entry in data.list().ok_or_else(invalid)? {
        let at = address(entry).ok_or_else(invalid)?;
        let offset = u64::try_from(at.offset).map_err(|_| invalid())?;
        // What lies elsewhere is no hash of this builtin's, and has no meaning to it.
        if at.segment == base.segment {
            pedersen.trust(offset);
        }
    }
    Ok(())
}
