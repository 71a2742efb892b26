//! [`DebugInfo`]: where in the source each instruction and hint came from.
//!
//! Nothing here is checked against the program: it is only printed.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::ProgramError;
use crate::program::FlowTracking;
use crate::raw::{Entries, RawFlow, Size};

/// A program's debug information.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct DebugInfo {
    /// The source of each instruction, by place in words from the program's start.
    pub instruction_locations: BTreeMap<usize, InstructionLocation>,
    /// The contents of files that are not on disk, such as generated ones, by name.
    pub file_contents: BTreeMap<String, String>,
}

/// Where an instruction came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstructionLocation {
    /// The instruction's source.
    pub inst: Location,
    /// The sources of the hints before it, where known.
    pub hints: Vec<Option<HintLocation>>,
    /// The scopes that names are looked for in, the last one first.
    pub accessible_scopes: Vec<String>,
    /// What the compiler knew there; the references' numbers are not checked.
    pub flow_tracking: Option<FlowTracking>,
}

/// Where a hint came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HintLocation {
    /// The hint's source, its brackets included.
    pub location: Location,
    /// How many lines lie between the opening bracket and the first line of Python.
    pub n_prefix_newlines: usize,
}

/// A stretch of a source file. Lines and columns count from 1; the end column is the one behind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// The first line.
    pub start_line: usize,
    /// The first column.
    pub start_col: usize,
    /// The last line.
    pub end_line: usize,
    /// The column behind the last one.
    pub end_col: usize,
    /// The file.
    pub input_file: InputFile,
    /// What led here, such as the use of a reference that was defined here, and a sentence about
    /// it.
    pub parent_location: Option<Box<(Location, String)>>,
}

/// A source file.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct InputFile {
    /// Its name as it was given to the compiler.
    pub filename: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct RawDebugInfo {
    pub(crate) instruction_locations: Entries<RawInstructionLocation>,
    #[serde(default)]
    pub(crate) file_contents: Entries<String>,
}

#[derive(Deserialize)]
pub(crate) struct RawInstructionLocation {
    pub(crate) inst: RawLocation,
    pub(crate) hints: Vec<Option<RawHintLocation>>,
    pub(crate) accessible_scopes: Vec<String>,
    #[serde(default)]
    pub(crate) flow_tracking_data: Option<RawFlow>,
}

#[derive(Deserialize)]
pub(crate) struct RawHintLocation {
    pub(crate) location: RawLocation,
    pub(crate) n_prefix_newlines: Size,
}

#[derive(Deserialize)]
pub(crate) struct RawLocation {
    pub(crate) start_line: Size,
    pub(crate) start_col: Size,
    pub(crate) end_line: Size,
    pub(crate) end_col: Size,
    pub(crate) input_file: RawInputFile,
    #[serde(default)]
    pub(crate) parent_location: Option<Box<(RawLocation, String)>>,
}

#[derive(Deserialize)]
pub(crate) struct RawInputFile {
    #[serde(default)]
    pub(crate) filename: Option<String>,
}

/// A place in the program, from 0.
fn place(key: &str) -> Result<usize, ProgramError> {
    key.trim()
        .parse()
        .map_err(|_| ProgramError::BadDebugInfo { reason: format!("{key:?} is no place") })
}

impl RawDebugInfo {
    /// Reads debug information from its JSON.
    ///
    /// # Errors
    /// When it is not JSON or malformed. Locations may be nested about forty deep.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self, ProgramError> {
        let bad =
            |error: serde_json::Error| ProgramError::BadDebugInfo { reason: error.to_string() };
        let raw: Self = serde_json::from_slice(json).map_err(bad)?;
        raw.instruction_locations.0.iter().try_for_each(|(key, _)| place(key).map(drop))?;
        Ok(raw)
    }
}

impl DebugInfo {
    /// Reads debug information from its JSON, also from a file of its own as `--debug_info_file`
    /// writes it.
    ///
    /// # Errors
    /// When it is not JSON or malformed. Locations may be nested about forty deep.
    pub fn from_json(json: &[u8]) -> Result<Self, ProgramError> {
        let raw = RawDebugInfo::from_json(json)?;
        let mut instruction_locations = BTreeMap::new();
        for (key, location) in raw.instruction_locations.0 {
            instruction_locations.insert(place(&key)?, location.into());
        }
        let file_contents = raw.file_contents.0.into_iter().collect();
        Ok(Self { instruction_locations, file_contents })
    }
}

impl From<RawInstructionLocation> for InstructionLocation {
    fn from(raw: RawInstructionLocation) -> Self {
        let hint = |raw: RawHintLocation| HintLocation {
            location: raw.location.into(),
            n_prefix_newlines: raw.n_prefix_newlines.0,
        };
        Self {
            inst: raw.inst.into(),
            hints: raw.hints.into_iter().map(|raw| raw.map(hint)).collect(),
            accessible_scopes: raw.accessible_scopes,
            flow_tracking: raw.flow_tracking_data.map(|flow| FlowTracking {
                ap_tracking: flow.ap_tracking.into(),
                reference_ids: (flow.reference_ids.0.into_iter())
                    .filter_map(|(name, id)| Some((name, usize::try_from(id.0).ok()?)))
                    .collect(),
            }),
        }
    }
}

impl From<RawLocation> for Location {
    fn from(raw: RawLocation) -> Self {
        Self {
            start_line: raw.start_line.0,
            start_col: raw.start_col.0,
            end_line: raw.end_line.0,
            end_col: raw.end_col.0,
            input_file: InputFile { filename: raw.input_file.filename },
            parent_location: raw
                .parent_location
                .map(|parent| Box::new((parent.0.into(), parent.1))),
        }
    }
}
