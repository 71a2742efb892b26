//! The programs of `cairo_programs/` and what their headers say.
//!
//! The form of a header is described in `cairo_programs/README.md`. What it says of the run itself
//! are settings of `cairo-run suite`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use cairo_zero_suite::{Settings, Words};

/// The root of the repository.
#[must_use]
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// One program: its compiled form and how it is meant to be run.
#[derive(Clone, Debug)]
pub struct Program {
    /// Folder and file name without ending, such as `features/loop`.
    pub name: String,
    /// The compiled program, relative to [`root`].
    pub json: PathBuf,
    /// The source, relative to [`root`]; hand-written JSON has none.
    pub source: Option<PathBuf>,
    /// Whether the compiled form is in the repository, rather than made by `make programs`.
    pub committed: bool,
    /// What the header says.
    pub header: Header,
}

/// What a program's header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Flags of the run.
    pub flags: Vec<String>,
    /// The exit status to expect of us.
    pub status: i32,
    /// The exit status to expect of the reference.
    pub reference: i32,
    /// Words that standard error must contain.
    pub message: Option<String>,
    /// Why the program is not compared with the reference.
    pub no_compare: Option<String>,
    /// Whether the memory is small enough to be printed.
    pub print_memory: bool,
    /// Whether the program runs for long: a million steps and more.
    pub slow: bool,
}

impl Program {
    /// The folder, such as `features`.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// The layout that its flags name, if they do.
    #[must_use]
    pub fn layout(&self) -> Option<&str> {
        let at = self.header.flags.iter().position(|flag| flag == "--layout")?;
        self.header.flags.get(at + 1).map(String::as_str)
    }

    /// The same program compiled for proof mode, by [`crate::Reference::compile_for_proofs`], and
    /// with the flags of a run in it that ends where the program does; `None` for one without source.
    #[must_use]
    pub fn for_proofs(&self) -> Option<Self> {
        let source = self.source.clone()?;
        let mut header = self.header.clone();
        let mut flags = header.flags.into_iter();
        header.flags = Vec::new();
        while let Some(flag) = flags.next() {
            match flag.as_str() {
                "--steps" | "--min_steps" => drop(flags.next()),
                "--no_end" => {}
                _ => header.flags.push(flag),
            }
        }
        header.flags.push(String::from("--proof_mode"));
        let name = format!("{}@proof", self.name);
        let json = Path::new("target/for_proofs").join(&self.name).with_extension("json");
        Some(Self { name, json, source: Some(source), committed: false, header })
    }

    /// The arguments of a run that prints everything the program's header allows.
    #[must_use]
    pub fn arguments(&self, relocated: bool) -> Vec<String> {
        let mut arguments = vec!["--program".to_owned(), self.json.display().to_string()];
        arguments.extend(self.header.flags.iter().cloned());
        if self.header.print_memory {
            arguments.push("--print_memory".to_owned());
        }
        arguments.extend(["--print_output", "--print_info", "--print_segments"].map(String::from));
        if relocated {
            arguments.push("--relocate_prints".to_owned());
        }
        arguments
    }
}

impl Header {
    /// The header of these settings and `key: value` lines.
    fn new<'a>(settings: &Settings, lines: impl Iterator<Item = &'a str>) -> Result<Self> {
        let mut header = Self {
            flags: settings.arguments(&Words::default()),
            status: settings.status.unwrap_or_default(),
            print_memory: true,
            ..Self::default()
        };
        header.reference = header.status;
        for line in lines {
            let (key, value) = line.split_once(": ").context("a header line is `key: value`")?;
            match key {
                "message" => header.message = Some(value.to_owned()),
                "compare" => header.no_compare = Some(parse_no(value)?),
                "memory" => {
                    parse_no(value)?;
                    header.print_memory = false;
                }
                "reference" => header.reference = parse_status(value)?,
                "slow" if value == "yes" => header.slow = true,
                "compile" | "flags" | "expect" | "suite" => {}
                _ => bail!("unknown header line `{line}`"),
            }
        }
        Ok(header)
    }

    /// The header in the comments of a source.
    fn of_source(source: &str) -> Result<Option<Self>> {
        let settings = Settings::of_source(source).map_err(|error| anyhow!("{error}"))?;
        settings.map(|settings| Self::new(&settings, header_lines(source, "// "))).transpose()
    }

    /// The header in the TOML file of a program.
    fn of_toml(toml: &str) -> Result<Self> {
        let settings = Settings::parse(toml).map_err(|error| anyhow!("{error}"))?;
        Self::new(&settings, header_lines(toml, "# "))
    }
}

fn parse_status(value: &str) -> Result<i32> {
    match value.strip_prefix("error ") {
        None if value == "ok" => Ok(0),
        Some(status) => Ok(status.trim().parse()?),
        None => bail!("`expect` is `ok` or `error STATUS`, not `{value}`"),
    }
}

fn parse_no(value: &str) -> Result<String> {
    let reason = value.strip_prefix("no (").and_then(|rest| rest.strip_suffix(')'));
    reason.map(String::from).ok_or_else(|| anyhow!("`{value}` is not `no (reason)`"))
}

/// The header lines of a text: comments of the form `key: value` with a key of one word.
fn header_lines<'a>(text: &'a str, comment: &'static str) -> impl Iterator<Item = &'a str> {
    let comments = text.lines().filter_map(move |line| line.strip_prefix(comment));
    comments.filter(|line| {
        line.split_once(": ")
            .is_some_and(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase()))
    })
}

/// The programs that are compared with the reference; the long runs only where
/// `CAIRO_REFERENCE_SLOW` is set.
///
/// # Errors
/// As [`discover`].
pub fn compared() -> Result<Vec<Program>> {
    let slow = std::env::var_os("CAIRO_REFERENCE_SLOW").is_some();
    let mut programs = discover()?;
    programs
        .retain(|program| program.header.no_compare.is_none() && (slow || !program.header.slow));
    Ok(programs)
}

/// Every program of `cairo_programs/`, by name.
///
/// # Errors
/// When a folder cannot be read, or a program has no header or one that is not understood.
pub fn discover() -> Result<Vec<Program>> {
    let mut programs = BTreeMap::new();
    for folder in fs::read_dir(root().join("cairo_programs"))? {
        let folder = folder?.path();
        if folder.is_dir() {
            discover_in(&folder, &mut programs)
                .with_context(|| format!("in {}", folder.display()))?;
        }
    }
    Ok(programs.into_values().collect())
}

fn discover_in(folder: &Path, programs: &mut BTreeMap<String, Program>) -> Result<()> {
    let folder_name = file_name(folder)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_source = path.extension().is_some_and(|extension| extension == "cairo");
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if !is_source && (!is_json || path.with_extension("cairo").exists()) {
            continue;
        }
        let json_name = file_name(&path.with_extension("json"))?;
        let text = if is_source { fs::read_to_string(&path)? } else { String::new() };
        let header = || match Header::of_source(&text)? {
            Some(header) => Ok(header),
            None => Header::of_toml(&fs::read_to_string(path.with_extension("toml"))?),
        };
        let header = header().with_context(|| format!("the header of {}", path.display()))?;
        let imports =
            text.lines().any(|line| line.starts_with("from ") && line.contains(" import"));
        let home = if imports { "target/cairo_programs" } else { "cairo_programs" };
        let name = format!("{folder_name}/{}", json_name.trim_end_matches(".json"));
        let program = Program {
            json: Path::new(home).join(&folder_name).join(&json_name),
            source: is_source.then(|| path.strip_prefix(root()).unwrap_or(&path).to_owned()),
            committed: !imports,
            header,
            name: name.clone(),
        };
        programs.insert(name, program);
    }
    Ok(())
}

fn file_name(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(name.with_context(|| format!("{} has an odd name", path.display()))?.to_owned())
}
