//! Paths as Python's `os.path.abspath` makes them.

use std::env;
use std::path::{Component, Path};

use anyhow::{Context, Result};

/// The absolute form of a path: `.` and `..` are taken out by their names alone, and symbolic links
/// are not followed.
///
/// # Errors
/// When the working directory is not known.
pub(crate) fn absolute(path: &Path) -> Result<Vec<u8>> {
    let whole = env::current_dir().context("the working directory is not known")?.join(path);
    let mut parts: Vec<&[u8]> = Vec::new();
    for component in whole.components() {
        match component {
            Component::Normal(name) => parts.push(name.as_encoded_bytes()),
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Ok([b"/", parts.join(&b'/').as_slice()].concat())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::absolute;

    #[test]
    fn dots_are_taken_out() -> anyhow::Result<()> {
        for (path, expected) in
            [("/a//b/./c/../d/", "/a/b/d"), ("/../a", "/a"), ("/", "/"), ("/a/..", "/")]
        {
            assert_eq!(absolute(Path::new(path))?, expected.as_bytes());
        }
        assert!(absolute(Path::new("x"))?.ends_with(b"/x"));
        Ok(())
    }
}
