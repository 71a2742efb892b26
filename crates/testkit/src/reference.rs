//! The reference: cairo-lang's Python `cairo-run`.
//!
//! It takes a second to start and some ten microseconds a step, so a result is kept in
//! `target/reference-cache/` under a digest of everything it depends on, and all runs whose result
//! is not there are done by one Python process (`python/batch.py`).

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::engine::{Engine, Job, Outcome, read_if_there};
use crate::program::{Program, root};

/// The version of cairo-lang that results are kept for.
const VERSION: &str = "0.14.0.1";
/// The environment variable that names the Python interpreter cairo-lang is installed for.
const VARIABLE: &str = "CAIRO_REFERENCE";

/// The reference, run by a Python interpreter that has cairo-lang.
#[derive(Clone, Debug)]
pub struct Reference {
    python: PathBuf,
}

impl Reference {
    /// The reference of the interpreter that `CAIRO_REFERENCE` names, if it is set.
    #[must_use]
    pub fn from_environment() -> Option<Self> {
        std::env::var_os(VARIABLE).map(|python| Self { python: python.into() })
    }

    /// Compiles programs for proof mode (see [`Program::for_proofs`]) where their compiled forms are
    /// missing or older than the sources.
    ///
    /// # Errors
    /// When one does not compile.
    pub fn compile_for_proofs(&self, programs: &[Program]) -> Result<()> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/compile.py");
        let status = Command::new(&self.python)
            .arg(script)
            .arg("--proof_mode")
            .args(programs.iter().filter_map(|program| program.source.as_ref()))
            .current_dir(root())
            .status()
            .with_context(|| format!("starting {}", self.python.display()))?;
        ensure!(status.success(), "a program does not compile for proof mode");
        Ok(())
    }

    /// Runs the jobs, each in its own folder.
    fn run_batch(&self, jobs: &[(&Job, &Path)]) -> Result<()> {
        let mut list = Vec::new();
        for (job, folder) in jobs {
            fs::create_dir_all(folder)?;
            let arguments = job.arguments_in(folder);
            list.push(serde_json::json!({ "folder": folder, "args": arguments }));
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/batch.py");
        let mut child = Command::new(&self.python)
            .arg(script)
            .current_dir(root())
            .env("PYTHONIOENCODING", "utf-8")
            .env("PYTHONHASHSEED", "0")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", self.python.display()))?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(&serde_json::to_vec(&list)?)?;
        }
        let status = child.wait()?;
        ensure!(status.success(), "the reference's batch ended with {status}");
        Ok(())
    }
}

impl Engine for Reference {
    fn run(&self, jobs: &[Job]) -> Result<Vec<Outcome>> {
        let folders = jobs.iter().map(cache_folder).collect::<Result<Vec<_>>>()?;
        let missing: Vec<(&Job, &Path)> = jobs
            .iter()
            .zip(&folders)
            .filter(|(_, folder)| !folder.join("status").exists())
            .map(|(job, folder)| (job, folder.as_path()))
            .collect();
        if !missing.is_empty() {
            self.run_batch(&missing)?;
        }
        folders.iter().map(|folder| read_outcome(folder)).collect()
    }
}

fn read_outcome(folder: &Path) -> Result<Outcome> {
    let Some(status) = read_if_there(&folder.join("status"))? else {
        bail!("the reference left no result in {}", folder.display());
    };
    let outcome = Outcome {
        status: std::str::from_utf8(&status)?.trim().parse()?,
        stdout: fs::read(folder.join("stdout"))?,
        stderr: fs::read(folder.join("stderr"))?,
        ..Outcome::default()
    };
    outcome.with_files_of(folder)
}

/// Where a job's result is kept.
fn cache_folder(job: &Job) -> Result<PathBuf> {
    let mut digest = Digest::new();
    digest.add(VERSION.as_bytes());
    digest.add(include_bytes!("../python/batch.py"));
    digest.add(include_bytes!("../python/reference.py"));
    digest.add(&[u8::from(job.files)]);
    // The folder's name can't be part of itself: the files are named as if they were anywhere.
    for argument in &job.arguments_in(Path::new("")) {
        digest.add(argument.as_bytes());
    }
    for input in &job.inputs {
        let path = root().join(input);
        let bytes = fs::read(&path).with_context(|| {
            format!("reading {} (is it made by `make programs`?)", path.display())
        })?;
        digest.add(&bytes);
    }
    Ok(root().join("target/reference-cache").join(format!("{:032x}", digest.0)))
}

/// FNV-1a of 128 bits: names a kept result; nobody gains by a collision here.
struct Digest(u128);

impl Digest {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds the bytes and their number, so that the borders between parts count.
    fn add(&mut self, bytes: &[u8]) {
        let length = (bytes.len() as u64).to_le_bytes();
        for &byte in bytes.iter().chain(&length) {
            self.0 =
                (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}
