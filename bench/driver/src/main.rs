//! Runs `cairo-run` and its peer in turn, A B A B, over a table of programs, each run a whole
//! process, and reports wall time, CPU time and peak memory: a Markdown table on stdout and in
//! `report.md`, every single figure in `report.json`. Both are written after each program, so that a
//! bench that is cut off leaves what it had measured.

mod options;
mod process;
mod report;
mod stats;
mod suite;
mod table;

use std::path::Path;
use std::process::ExitCode;

use options::{Options, USAGE};
use suite::Results;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, amount] = &arguments[..]
        && flag == process::TOUCH
    {
        process::touch(amount.parse().unwrap_or(0));
        return ExitCode::SUCCESS;
    }
    let options = match Options::parse(arguments.into_iter()) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("bench-driver: {message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match bench(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("bench-driver: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the suite and writes the reports, after each program what there is by then. True if every row
/// of the table was measured and the two sides agreed.
fn bench(options: &Options) -> Result<bool, String> {
    let entries = table::read(&options.table)?;
    std::fs::create_dir_all(&options.out).map_err(|e| format!("{}: {e}", options.out.display()))?;
    let results = suite::run(options, &entries, |results| write(&options.out, results))?;
    print!("{}", report::markdown(&results));
    let measured = !results.rows.is_empty() || !results.alone.is_empty();
    Ok(measured && results.problems.is_empty())
}

/// Writes the reports into a folder, each whole or not at all.
fn write(folder: &Path, results: &Results) -> Result<(), String> {
    let reports =
        [("report.md", report::markdown(results)), ("report.json", report::json(results))];
    for (name, text) in reports {
        let (path, part) = (folder.join(name), folder.join(format!("{name}.part")));
        let written = std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, &path));
        written.map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}
