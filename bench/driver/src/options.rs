//! The command line of the driver.

use std::path::PathBuf;

/// What `--help` prints.
pub const USAGE: &str = "\
usage: bench-driver [--table FILE] [--ours FILE] [--peer FILE] [--out DIR]
                    [--pairs N | --quick] [--modes run,null,file,proof] [--only TEXT]

  --table   the programs to run            (bench/programs.txt)
  --ours    the cairo-run to measure       (target/release/cairo-run)
  --peer    the peer to measure it beside  (bench/target/release/peer)
  --out     where the reports go           (target/bench)
  --pairs   pairs of runs per program      (7; --quick means 3)
  --modes   run    no output files         (run)
            null   trace and memory to /dev/null
            file   trace and memory to files in the report's folder
            proof  proof mode, trace and memory to files
  --only    only programs whose name contains TEXT";

/// What one run of a program is asked to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// No output files.
    Run,
    /// Trace and memory to `/dev/null`.
    Null,
    /// Trace and memory to real files.
    File,
    /// Proof mode, with trace and memory to real files.
    Proof,
}

impl Mode {
    const ALL: [Self; 4] = [Self::Run, Self::Null, Self::File, Self::Proof];

    /// The name on the command line and in `report.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Null => "null",
            Self::File => "file",
            Self::Proof => "proof",
        }
    }

    /// The heading in `report.md`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Run => "run, no output files",
            Self::Null => "trace and memory to /dev/null",
            Self::File => "trace and memory to files",
            Self::Proof => "proof mode, trace and memory to files",
        }
    }
}

/// A checked command line.
pub struct Options {
    /// File with the table of programs.
    pub table: PathBuf,
    /// Our binary.
    pub ours: PathBuf,
    /// The peer's binary.
    pub peer: PathBuf,
    /// Folder for the reports and the programs' output files.
    pub out: PathBuf,
    /// Pairs of runs per program and mode, at least 1.
    pub pairs: usize,
    /// Modes to measure, in this order.
    pub modes: Vec<Mode>,
    /// Part of the name a program must have.
    pub only: Option<String>,
}

impl Options {
    /// Parses the arguments after the program's name; `None` if help was asked for.
    pub fn parse(mut args: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut options = Self {
            table: "bench/programs.txt".into(),
            ours: "target/release/cairo-run".into(),
            peer: "bench/target/release/peer".into(),
            out: "target/bench".into(),
            pairs: 7,
            modes: vec![Mode::Run],
            only: None,
        };
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
            match arg.as_str() {
                "--table" => options.table = value()?.into(),
                "--ours" => options.ours = value()?.into(),
                "--peer" => options.peer = value()?.into(),
                "--out" => options.out = value()?.into(),
                "--pairs" => options.pairs = pairs(&value()?)?,
                "--quick" => options.pairs = 3,
                "--modes" => options.modes = modes(&value()?)?,
                "--only" => options.only = Some(value()?),
                "--help" | "-h" => return Ok(None),
                other => return Err(format!("unknown argument {other}")),
            }
        }
        Ok(Some(options))
    }
}

fn pairs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n >= 1 => Ok(n),
        _ => Err(format!("--pairs wants a number from 1 up, not {text}")),
    }
}

fn modes(text: &str) -> Result<Vec<Mode>, String> {
    text.split(',')
        .map(|name| {
            Mode::ALL
                .into_iter()
                .find(|mode| mode.name() == name)
                .ok_or_else(|| format!("unknown mode {name}"))
        })
        .collect()
}
