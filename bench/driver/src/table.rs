//! The table of programs: one a line, `#` starts a comment, columns apart by blanks:
//! name, layout, compiled program, the same program compiled for proof mode or `-`, and `hints=N` for
//! a program that only our side can run, with the number of Python hints it runs.

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
    /// The number of Python hints in a run of it, if the peer can't run it.
    pub hints: Option<u32>,
}

/// Reads the table; a line with the wrong number of columns is an error naming the line.
pub fn read(path: &Path) -> Result<Vec<Entry>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut entries = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default();
        let columns: Vec<&str> = line.split_whitespace().collect();
        let place = || format!("{}:{}", path.display(), index + 1);
        let (columns, hints) = match columns.split_last() {
            Some((last, rest)) if last.starts_with("hints=") => {
                let hints = last["hints=".len()..].parse();
                let hints = hints.map_err(|e| format!("{}: {last}: {e}", place()))?;
                (rest, Some(hints))
            }
            _ => (&columns[..], None),
        };
        match *columns {
            [] if hints.is_none() => {}
            [name, layout, program, proof] => entries.push(Entry {
                name: name.into(),
                layout: layout.into(),
                program: program.into(),
                proof: (proof != "-").then(|| proof.into()),
                hints,
            }),
            _ => {
                return Err(format!(
                    "{}: wants name, layout, program, proof program or -, and perhaps hints=N",
                    place()
                ));
            }
        }
    }
    Ok(entries)
}
