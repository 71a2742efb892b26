//! Runs `cairo-run` and its peer in turn, A B A B, over a table of programs, each run a whole
//! process, and reports wall time, CPU time and peak memory: a Markdown table on stdout and in
//! `report.md`, every single figure in `report.json`.

mod options;
mod process;
mod report;
mod stats;
mod suite;
mod table;

use std::process::ExitCode;

use options::{Options, USAGE};

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

/// Runs the suite and writes the reports. True if every row of the table was measured and the two
/// sides agreed.
fn bench(options: &Options) -> Result<bool, String> {
    let entries = table::read(&options.table)?;
    std::fs::create_dir_all(&options.out).map_err(|e| format!("{}: {e}", options.out.display()))?;
    let results = suite::run(options, &entries)?;
    let markdown = report::markdown(&results);
    for (name, text) in [("report.md", &markdown), ("report.json", &report::json(&results))] {
        let path = options.out.join(name);
        std::fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    print!("{markdown}");
    let measured = !results.rows.is_empty() || !results.alone.is_empty();
    Ok(measured && results.problems.is_empty())
}
