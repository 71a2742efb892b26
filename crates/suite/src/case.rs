//! [`Case`]: a program to be held to its recorded answer, and where such programs are found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;
use walkdir::WalkDir;

use crate::SuiteError;
use crate::settings::Settings;

/// The file with the settings of a whole suite; its folder is the suite's root.
pub const SUITE_FILE: &str = "suite.toml";

/// The ending of recorded answers.
const EXPECTED: &str = "expected";

/// A program to be held to its recorded answer.
#[derive(Debug, Clone)]
pub struct Case {
    /// The path of the program without its ending, from the root of the suite.
    pub name: String,
    /// How it is run, or why it can't be.
    pub plan: Result<Plan, String>,
}

/// How a program is run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The folder that the run is made in.
    pub root: PathBuf,
    /// What is run.
    pub program: ProgramFile,
    /// How it is run and what is recorded.
    pub settings: Settings,
    /// The file with the recorded answer.
    pub expected: PathBuf,
}

/// The file of a program, from the root of the suite if it lies below that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgramFile {
    /// A compiled program.
    Compiled(PathBuf),
    /// A source that has no compiled form beside it.
    Source(PathBuf),
}

/// The files that belong to one name.
#[derive(Debug, Default)]
struct Files {
    compiled: Option<PathBuf>,
    source: Option<PathBuf>,
    settings: Option<PathBuf>,
    expected: Option<PathBuf>,
    /// Whether the command line names the program itself.
    named: bool,
}

/// The programs at or below `paths`, by name.
///
/// # Errors
/// When a path is not there or a folder can't be read. What is wrong with a single program is in its
/// case.
pub fn find(paths: &[PathBuf]) -> Result<Vec<Case>, SuiteError> {
    let mut groups = BTreeMap::<PathBuf, Files>::new();
    for path in paths {
        let whole = fs::canonicalize(path).map_err(|error| SuiteError::path(path, error))?;
        if !whole.is_dir() {
            add_named(&whole, &mut groups);
            continue;
        }
        let visible = |name: &str| !name.starts_with('.');
        let walk = WalkDir::new(&whole).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| {
            entry.depth() == 0 || entry.file_name().to_str().is_none_or(visible)
        }) {
            let entry = entry.map_err(|error| SuiteError::path(path, error.into()))?;
            if !entry.file_type().is_dir() {
                add(entry.path(), &mut groups);
            }
        }
    }
    let mut suites = Suites::default();
    let cases = groups.into_iter().filter(|(_, files)| files.is_program());
    let mut cases: Vec<Case> = cases.map(|(stem, files)| suites.case(&stem, &files)).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    refuse_same_names(&mut cases);
    Ok(cases)
}

/// Takes in a file of a folder, if it can belong to a program.
fn add(path: &Path, groups: &mut BTreeMap<PathBuf, Files>) {
    if path.file_name().is_some_and(|name| name == SUITE_FILE) {
        return;
    }
    let files = groups.entry(path.with_extension("")).or_default();
    let file = match path.extension().and_then(|ending| ending.to_str()) {
        Some("json") => &mut files.compiled,
        Some("cairo") => &mut files.source,
        Some("toml") => &mut files.settings,
        Some(EXPECTED) => &mut files.expected,
        _ => return,
    };
    *file = Some(path.to_owned());
}

/// Takes in a file that the command line names, and what is beside it.
fn add_named(path: &Path, groups: &mut BTreeMap<PathBuf, Files>) {
    let files = groups.entry(path.with_extension("")).or_default();
    let is_source = path.extension().is_some_and(|ending| ending == "cairo");
    let beside = |ending| Some(path.with_extension(ending)).filter(|path| path.exists());
    files.named = true;
    files.source = beside("cairo");
    files.compiled = if is_source { beside("json") } else { Some(path.to_owned()) };
    files.settings = beside("toml");
    files.expected = beside(EXPECTED);
}

impl Files {
    /// Whether they are of a program, not some other JSON file or a source that others import.
    fn is_program(&self) -> bool {
        if self.named
            || self.settings.is_some() && (self.compiled.is_some() || self.source.is_some())
        {
            return true;
        }
        if self.expected.is_some() {
            return true;
        }
        match (&self.source, &self.compiled) {
            (Some(source), _) => fs::read_to_string(source).map_or(true, |text| has_main(&text)),
            (None, Some(compiled)) => fs::read(compiled).map_or(true, |json| may_be_program(&json)),
            (None, None) => false,
        }
    }
}

/// Whether a source can be run on its own.
fn has_main(source: &str) -> bool {
    let is_main = |line: &str| {
        let rest = line.trim_start().strip_prefix("func main");
        rest.is_some_and(|rest| rest.starts_with(['(', '{', ' ']))
    };
    matches!(Settings::of_source(source), Ok(Some(_)) | Err(_)) || source.lines().any(is_main)
}

/// Whether JSON is that of a compiled program, or can't be told apart from one since it is malformed.
fn may_be_program(json: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Probe {
        data: Option<IgnoredAny>,
        prime: Option<IgnoredAny>,
    }
    match serde_json::from_slice(json) {
        Ok(Probe { data, prime }) => data.is_some() && prime.is_some(),
        Err(error) => !error.is_data(),
    }
}

/// The suites whose programs have been found, by root.
#[derive(Default)]
struct Suites {
    settings: BTreeMap<PathBuf, Result<Settings, String>>,
    roots: BTreeMap<PathBuf, PathBuf>,
}

impl Suites {
    fn case(&mut self, stem: &Path, files: &Files) -> Case {
        let folder = stem.parent().unwrap_or(stem);
        let root = self.root_of(folder);
        let name = below(&root, stem).display().to_string();
        let plan = self.plan(root, stem, files);
        Case { name, plan }
    }

    fn plan(&mut self, root: PathBuf, stem: &Path, files: &Files) -> Result<Plan, String> {
        let settings = settings_of(&root, files)?;
        let suite = self.settings.entry(root.clone()).or_insert_with(|| suite_settings(&root));
        let settings = settings.over(suite.as_ref().map_err(Clone::clone)?);
        let program = match (&files.compiled, &files.source) {
            (Some(compiled), Some(source)) if !comes_from(compiled, source) => {
                return Err(format!(
                    "two programs have this name: {} was not compiled from {}",
                    below(&root, compiled).display(),
                    below(&root, source).display(),
                ));
            }
            (Some(compiled), _) => ProgramFile::Compiled(below(&root, compiled).to_owned()),
            (None, Some(source)) => ProgramFile::Source(below(&root, source).to_owned()),
            (None, None) => return Err(String::from("there is a recorded answer but no program")),
        };
        let expected = with_ending(stem, EXPECTED);
        Ok(Plan { root, program, settings, expected })
    }

    /// The nearest folder from `folder` upwards that has a suite's file; without one, the folder
    /// that the command was started in.
    fn root_of(&mut self, folder: &Path) -> PathBuf {
        if let Some(root) = self.roots.get(folder) {
            return root.clone();
        }
        let found = folder.ancestors().find(|folder| folder.join(SUITE_FILE).is_file());
        let here = || std::env::current_dir().and_then(fs::canonicalize);
        let root = found.map_or_else(|| here().unwrap_or_default(), Path::to_owned);
        self.roots.insert(folder.to_owned(), root.clone());
        root
    }
}

/// The settings of one program.
fn settings_of(root: &Path, files: &Files) -> Result<Settings, String> {
    let read = |path: &PathBuf| {
        fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", below(root, path).display()))
    };
    let header = match &files.source {
        Some(source) => {
            let settings = Settings::of_source(&read(source)?);
            settings.map_err(|error| {
                format!("the settings in {}: {error}", below(root, source).display())
            })?
        }
        None => None,
    };
    match (header, &files.settings) {
        (Some(_), Some(path)) => Err(format!(
            "there are settings in {} and in the comments of the source",
            below(root, path).display()
        )),
        (Some(header), None) => Ok(header),
        (None, Some(path)) => {
            let settings = Settings::parse(&read(path)?);
            settings.map_err(|error| format!("{}: {error}", below(root, path).display()))
        }
        (None, None) => Ok(Settings::default()),
    }
}

fn suite_settings(root: &Path) -> Result<Settings, String> {
    let path = root.join(SUITE_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => Settings::parse(&text).map_err(|error| format!("{}: {error}", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

/// Whether a compiled program can be that of a source: its debug information, if it has any, names
/// a file that is called so.
fn comes_from(compiled: &Path, source: &Path) -> bool {
    let Ok(json) = fs::read(compiled) else { return true };
    let name = source.file_name().unwrap_or_default().as_encoded_bytes();
    let holds = |words: &[u8]| json.windows(words.len()).any(|window| window == words);
    !holds(b"\"input_file\"") || holds(&[name, b"\""].concat())
}

/// `path` with an ending, whatever dots its name has.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// `path` from `root`, if it lies below it.
pub(crate) fn below<'a>(root: &Path, path: &'a Path) -> &'a Path {
    let inside = path.strip_prefix(root).ok();
    inside
        .filter(|path| path.components().all(|part| matches!(part, Component::Normal(_))))
        .unwrap_or(path)
}

/// Cases that can't be told apart by name fail.
fn refuse_same_names(cases: &mut [Case]) {
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<String> = cases
        .iter()
        .filter(|case| !seen.insert(&case.name))
        .map(|case| case.name.clone())
        .collect();
    for case in cases.iter_mut().filter(|case| twice.contains(&case.name)) {
        case.plan = Err(String::from("two programs have this name"));
    }
}
