//! [`Compiler`]: sources to compiled programs, kept by what they were made from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::child::{Child, Ended};

/// How long the compiler may take for a program.
const TIME_LIMIT: Duration = Duration::from_secs(600);

/// A `cairo-compile`, and the folder where its results are kept.
#[derive(Debug)]
pub struct Compiler {
    command: PathBuf,
    cache: PathBuf,
    version: OnceLock<Result<String, String>>,
}

impl Compiler {
    /// The compiler `command`; its results are kept in the folder `cache`.
    #[must_use]
    pub const fn new(command: PathBuf, cache: PathBuf) -> Self {
        Self { command, cache, version: OnceLock::new() }
    }

    /// The compiled form of `source`, a path from the folder `root`.
    ///
    /// # Errors
    /// What the compiler says, or why it or the kept results can't be used.
    pub fn compile(&self, root: &Path, source: &Path, flags: &[String]) -> Result<PathBuf, String> {
        if let Some(flag) = flags.iter().find(|flag| flag.starts_with("--out")) {
            return Err(format!("{flag} can't be among the compiler's flags"));
        }
        let version = self.version.get_or_init(|| self.ask_version()).clone()?;
        let text = read(&root.join(source))?;
        let mut key = Sha256::new();
        let parts = [&version, &self.command.display().to_string(), &source.display().to_string()];
        for part in parts.into_iter().chain(flags) {
            key.update(part.len().to_le_bytes());
            key.update(part);
        }
        key.update(&text);
        let key = hex(&key.finalize());
        let compiled = self.cache.join(format!("{key}.json"));
        let made_from = self.cache.join(format!("{key}.sources"));
        if compiled.is_file() && unchanged(root, &made_from) {
            return Ok(compiled);
        }
        fs::create_dir_all(&self.cache).map_err(|error| at(&self.cache, &error))?;
        let new_compiled = self.new_file()?;
        let list = self.new_file()?;
        let words = [
            source.as_os_str(),
            "--output".as_ref(),
            new_compiled.path().as_os_str(),
            "--cairo_dependencies".as_ref(),
            list.path().as_os_str(),
        ];
        let mut child = Child::new(&self.command, root);
        child.arguments.extend(words.map(Into::into));
        child.arguments.extend(flags.iter().map(Into::into));
        succeed(&child)?;
        let sources = digests(root, &String::from_utf8_lossy(&read(list.path())?))?;
        fs::write(list.path(), sources).map_err(|error| at(list.path(), &error))?;
        keep(new_compiled, &compiled)?;
        keep(list, &made_from)?;
        Ok(compiled)
    }

    fn ask_version(&self) -> Result<String, String> {
        let mut child = Child::new(&self.command, Path::new("."));
        child.arguments.push("--version".into());
        succeed(&child)
    }

    fn new_file(&self) -> Result<NamedTempFile, String> {
        NamedTempFile::new_in(&self.cache).map_err(|error| at(&self.cache, &error))
    }
}

/// Runs the compiler; what it prints.
fn succeed(child: &Child) -> Result<String, String> {
    let name = child.command.display();
    match child.run(TIME_LIMIT) {
        Ok(ended) if ended.status == 0 => Ok(String::from_utf8_lossy(&ended.stdout).into_owned()),
        Ok(Ended { status, stderr, .. }) => Err(format!(
            "{name} ended with {status}:\n{}",
            String::from_utf8_lossy(&stderr).trim_end()
        )),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// The digests of the files in a list as the compiler writes it, a line each.
fn digests(root: &Path, list: &str) -> Result<String, String> {
    let mut lines = String::new();
    // The first line and the last are those of a CMake command.
    for file in list.lines().filter(|line| !line.starts_with("SET (") && *line != ")") {
        let digest = hex(&Sha256::digest(read(&root.join(file))?));
        lines.push_str(&format!("{digest} {file}\n"));
    }
    Ok(lines)
}

/// Whether the files in a list as [`digests`] writes it are what they were.
fn unchanged(root: &Path, made_from: &Path) -> bool {
    let Ok(text) = fs::read_to_string(made_from) else { return false };
    text.lines().all(|line| {
        line.split_once(' ').is_some_and(|(digest, file)| {
            fs::read(root.join(file)).is_ok_and(|bytes| hex(&Sha256::digest(bytes)) == digest)
        })
    })
}

fn keep(file: NamedTempFile, path: &Path) -> Result<(), String> {
    file.persist(path).map(drop).map_err(|error| at(path, &error.error))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| at(path, &error))
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
