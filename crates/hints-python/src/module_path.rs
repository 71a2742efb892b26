//! [`ModulePath`]: the folders of the user's own modules.
//!
//! The interpreter has no file system. Modules are read here when hints import them, from these
//! folders alone.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The folders that modules are looked for in, the first ones first.
#[derive(Debug, Clone, Default)]
pub struct ModulePath {
    folders: Vec<PathBuf>,
}

/// A module that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its text; empty for a folder that is only a name for what is in it.
    pub(crate) source: String,
    /// Its file, or the folder.
    pub(crate) file: String,
    pub(crate) is_package: bool,
}

/// Modules are no larger than this, in bytes.
const MOST: u64 = 16 << 20;

impl ModulePath {
    /// These folders.
    #[must_use]
    pub const fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// Looks for the module with this dotted name: `a/b.py`, or `a/b/__init__.py` for a package, or
    /// at last a folder `a/b`.
    ///
    /// # Errors
    /// When the file is there and can't be used, with a sentence that names it.
    pub(crate) fn find(&self, name: &str) -> Result<Option<Found>, String> {
        let is_plain =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !name.split('.').all(is_plain) {
            return Ok(None);
        }
        let relative: PathBuf = name.split('.').collect();
        for folder in &self.folders {
            let base = folder.join(&relative);
            let package = base.join("__init__.py");
            if package.is_file() {
                return read(&package, true).map(Some);
            }
            let module = base.with_extension("py");
            if module.is_file() {
                return read(&module, false).map(Some);
            }
        }
        let folder = self.folders.iter().map(|folder| folder.join(&relative));
        Ok(folder.into_iter().find(|folder| folder.is_dir()).map(|folder| Found {
            source: String::new(),
            file: folder.display().to_string(),
            is_package: true,
        }))
    }
}

fn read(file: &Path, is_package: bool) -> Result<Found, String> {
    let shown = file.display().to_string();
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    read.map_err(|error| format!("can't read {shown}: {error}"))?;
    if bytes.len() as u64 > MOST {
        return Err(format!("{shown} is larger than {} MiB", MOST >> 20));
    }
    let source = String::from_utf8(bytes).map_err(|_| format!("{shown} is not UTF-8"))?;
    let source = source.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(source);
    Ok(Found { source, file: shown, is_package })
}
