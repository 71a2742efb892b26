//! The table of programs: one a line, `#` starts a comment, columns apart by blanks:
//! name, layout, compiled program, and the same program compiled for proof mode or `-`.

use std::path::{Path, PathBuf};

/// One program to measure.
pub struct Entry {
    /// Name in the report.
    pub name: String,
    /// Layout both sides run it under.
    pub layout: String,
    /// Compiled program.
    pub program: PathBuf,
    /// The same compiled with `--proof_mode`, for the mode `proof`.
    pub proof: Option<PathBuf>,
}

/// Reads the table; a line with the wrong number of columns is an error naming the line.
pub fn read(path: &Path) -> Result<Vec<Entry>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut entries = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default();
        let columns: Vec<&str> = line.split_whitespace().collect();
        match columns[..] {
            [] => {}
            [name, layout, program, proof] => entries.push(Entry {
                name: name.into(),
                layout: layout.into(),
                program: program.into(),
                proof: (proof != "-").then(|| proof.into()),
            }),
            _ => {
                let place = format!("{}:{}", path.display(), index + 1);
                return Err(format!(
                    "{place}: wants name, layout, program, proof program or -"
                ));
            }
        }
    }
    Ok(entries)
}
