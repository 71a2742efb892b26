//! Runs of this repository's programs, to be looked back at.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use cairo_zero_executor::Registers;
use cairo_zero_hints::Options;
use cairo_zero_program::Program;
use cairo_zero_runner::{Entry, Extent, Layout, Past, Ready, Relocated, Remains, Settings};
use cairo_zero_tracer::{Setting, Tracing};

/// A run that is over.
pub enum Over {
    Ended(Box<Relocated>),
    Failed(Box<Remains>, String),
}

impl Over {
    pub fn past(&self) -> Past<'_> {
        match self {
            Self::Ended(run) => run.past(),
            Self::Failed(remains, _) => remains.past(),
        }
    }

    pub fn tracing(&self) -> Result<Tracing<'_>> {
        let (table, error) = match self {
            Self::Ended(run) => (Some(run.table().clone()), None),
            Self::Failed(remains, error) => (remains.past().table().ok(), Some(error.clone())),
        };
        let setting = Setting {
            title: String::from("a run"),
            layout: layout("all_cairo")?,
            error,
            prints: Vec::new(),
            prints_cut: false,
        };
        Ok(Tracing::of(&self.past(), table, setting)?)
    }

    /// The registers at every position.
    #[allow(dead_code, reason = "not every test needs it")]
    pub fn trace(&self) -> Vec<Registers> {
        let mut replay = self.past().replay();
        let mut trace = Vec::new();
        loop {
            trace.push(replay.registers());
            if replay.next().is_none() {
                return trace;
            }
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn layout(name: &str) -> Result<Layout> {
    Layout::by_name(name).cloned().with_context(|| format!("there is no layout {name}"))
}

pub fn program(name: &str) -> Result<Arc<Program>> {
    let path = root().join("cairo_programs").join(name);
    let json = std::fs::read(&path).with_context(|| path.display().to_string())?;
    Ok(Arc::new(Program::from_json_vec(json)?))
}

/// Runs a program; hints run natively. A proof is for the layout `recursive`.
pub fn run(program: &Arc<Program>, proof_mode: bool) -> Result<Over> {
    let settings = Settings {
        layout: layout(if proof_mode { "recursive" } else { "all_cairo" })?,
        entry: Entry::Main,
        extent: Extent::End,
        max_steps: 100_000_000,
        allow_missing_builtins: proof_mode,
        max_memory: u64::MAX,
        secure: false,
        proof_mode,
        fill_holes: false,
    };
    let mut ready = Ready::new(Arc::clone(program), settings)?;
    let mut hints = ready.hints(Options::default())?;
    Ok(match ready.run(&mut hints, &mut std::io::sink()) {
        Ok(ended) => Over::Ended(Box::new(ended.relocate()?)),
        Err(failed) => {
            let (error, remains) = failed.into_parts();
            Over::Failed(Box::new(remains), error.to_string())
        }
    })
}
