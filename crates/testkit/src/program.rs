//! The programs of `cairo_programs/` and what their headers say.
//!
//! The form of a header is described in `cairo_programs/README.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

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
    /// The exit status to expect.
    pub status: i32,
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
    /// Reads `key: value` lines.
    fn parse<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Self> {
        let mut header = Self { print_memory: true, ..Self::default() };
        let mut flags = None;
        let mut expect = None;
        for line in lines {
            let (key, value) = line.split_once(": ").context("a header line is `key: value`")?;
            match key {
                "flags" => flags = Some(value.split_whitespace().map(String::from).collect()),
                "expect" => expect = Some(parse_status(value)?),
                "message" => header.message = Some(value.to_owned()),
                "compare" => header.no_compare = Some(parse_no(value)?),
                "memory" => {
                    parse_no(value)?;
                    header.print_memory = false;
                }
                "slow" if value == "yes" => header.slow = true,
                "compile" => {}
                _ => bail!("unknown header line `{line}`"),
            }
        }
        header.flags = flags.context("the header has no `flags`")?;
        header.status = expect.context("the header has no `expect`")?;
        Ok(header)
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

/// The header lines of a source: comments of the form `// key: value` with a key of one word.
fn header_lines(source: &str) -> impl Iterator<Item = &str> {
    let comments = source.lines().filter_map(|line| line.strip_prefix("// "));
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
    let listed = read_headers_file(&folder.join("headers.txt"))?;
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
        let header = match listed.get(&json_name) {
            Some(lines) => Header::parse(lines.iter().map(String::as_str)),
            None => Header::parse(header_lines(&text)),
        };
        let header = header.with_context(|| format!("the header of {}", path.display()))?;
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

/// A folder's `headers.txt`: the header lines under each `[name.json]`.
fn read_headers_file(path: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut headers = BTreeMap::<String, Vec<String>>::new();
    let mut current = None;
    if !path.exists() {
        return Ok(headers);
    }
    for line in fs::read_to_string(path)?.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            current = Some(name.to_owned());
            headers.entry(name.to_owned()).or_default();
        } else {
            let name = current.as_ref().context("headers.txt begins with a `[name.json]` line")?;
            headers.entry(name.clone()).or_default().push(line.to_owned());
        }
    }
    Ok(headers)
}
