//! `execution_resources.json` and `version.json`: what a run used, and the form of the PIE
//! (`ExecutionResourcesStone` in cairo-lang's `cairo_pie.py`).

use std::io::{self, Write};

use cairo_zero_core::BuiltinName;

use super::archive::{RESOURCES, VERSION};
use super::error::{PieError, PieErrorKind};
use super::fields::{Fields, builtin, number};
use super::json::Json;

/// All counts are below this (`MAX_N_STEPS` and `run_validity_checks` there).
const LIMIT: u64 = 1 << 30;

/// What stands behind a builtin's name where its counts and data are.
const SUFFIX: &str = "_builtin";

/// What a run used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resources {
    /// The number of instances of each builtin.
    pub(crate) instances: Vec<(BuiltinName, u64)>,
    /// The number of cells inside segments that nothing uses; a segment accessed right behind its
    /// end has one less than none.
    pub(crate) memory_holes: i128,
    /// The number of steps.
    pub(crate) steps: u64,
}

impl Resources {
    /// Reads the file and checks it as `run_validity_checks` does.
    pub(crate) fn read(text: &[u8], builtins: &[BuiltinName]) -> Result<Self, PieError> {
        let json = Json::parse(text);
        let json = json.map_err(|error| PieErrorKind::Json { member: RESOURCES, error })?;
        let names = ["builtin_instance_counter", "n_memory_holes", "n_steps"];
        let fields = Fields::new(RESOURCES, "the file", &json, &names)?;
        let mut instances = Vec::new();
        for (key, json) in fields.object("builtin_instance_counter")? {
            let check = "Invalid builtin_instance_counter.";
            let count = number(RESOURCES, json, LIMIT, check)?;
            let name = key.strip_suffix(SUFFIX).map(|name| builtin(name, check)).transpose()?;
            let name = name.ok_or_else(|| PieErrorKind::security(MISMATCH))?;
            instances.push((name, count));
        }
        let holes = fields.optional("n_memory_holes");
        let holes = holes.map(|json| number(RESOURCES, json, LIMIT, "Invalid n_memory_holes."));
        let steps = fields.number("n_steps", LIMIT, "Invalid n_steps.")?;
        if steps == 0 {
            return Err(PieErrorKind::security("Invalid n_steps: 0.").into());
        }
        let mut counted: Vec<BuiltinName> = instances.iter().map(|(name, _)| *name).collect();
        let mut expected = builtins.to_vec();
        counted.sort_unstable();
        expected.sort_unstable();
        if counted != expected {
            return Err(PieErrorKind::security(MISMATCH).into());
        }
        let memory_holes = holes.transpose()?.map_or(0, i128::from);
        Ok(Self { instances, memory_holes, steps })
    }

    /// Writes the file.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write!(out, "{self}")
    }

    /// Whether both used the same but for memory holes, which depend on who counts them.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let sorted = |resources: &Self| {
            let mut instances = resources.instances.clone();
            instances.sort_unstable();
            instances
        };
        self.steps == other.steps && sorted(self) == sorted(other)
    }
}

/// What the reference says when counts and builtins do not go together.
const MISMATCH: &str = "Builtin list mismatch in execution_resources.";

impl std::fmt::Display for Resources {
    /// Prints the JSON of the file.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("{\"builtin_instance_counter\": {")?;
        for (at, (name, count)) in self.instances.iter().enumerate() {
            write!(f, "{}\"{name}{SUFFIX}\": {count}", if at == 0 { "" } else { ", " })?;
        }
        let Self { memory_holes, steps, .. } = self;
        write!(f, "}}, \"n_memory_holes\": {memory_holes}, \"n_steps\": {steps}}}")
    }
}

/// The version that is written (`CURRENT_CAIRO_PIE_VERSION` there).
const CURRENT: &str = "1.1";

/// Writes `version.json`.
pub(crate) fn write_version(out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{\"cairo_pie\": \"{CURRENT}\"}}")
}

/// Checks that the PIE has the form of version 1.
pub(crate) fn check_version(text: &[u8]) -> Result<(), PieError> {
    let json = Json::parse(text);
    let json = json.map_err(|error| PieErrorKind::Json { member: VERSION, error })?;
    let version = json.object().and_then(|object| object.get("cairo_pie"));
    match version.and_then(Json::text) {
        Some(version) if version.starts_with("1.") => Ok(()),
        Some(_) => Err(PieErrorKind::Version.into()),
        None => Err(PieErrorKind::malformed(VERSION, "there is no text \"cairo_pie\"").into()),
    }
}
