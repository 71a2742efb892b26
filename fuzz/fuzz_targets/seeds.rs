//! No target of its own: makes the seeds of all others from the programs of the repository and ends.
//! `SEEDS_FROM` names the folder of the programs, `SEEDS_TO` that of the corpora. It is built like a
//! target because the counted crates link with libFuzzer alone.
#![no_main]

use std::error::Error;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cairo_zero_fuzz::{finish, settings};
use cairo_zero_program::Program;
use cairo_zero_runner::Ready;

/// Larger files slow a target down more than they find.
const LARGEST: u64 = 48 << 10;

libfuzzer_sys::fuzz_target!(
    init: {
        let made = make();
        if let Err(error) = &made {
            eprintln!("seeds: {error}");
        }
        std::process::exit(i32::from(made.is_err()));
    },
    |_data: &[u8]| {}
);

fn make() -> Result<(), Box<dyn Error>> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from).ok_or(name);
    let (programs, corpus) = (folder("SEEDS_FROM")?, folder("SEEDS_TO")?);
    let put = |target: &str, name: &str, bytes: &[u8]| {
        let folder = corpus.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), bytes)
    };
    for path in json_files(&programs)? {
        let name = path.strip_prefix(&programs)?.display().to_string().replace('/', "_");
        if fs::metadata(&path)?.len() > LARGEST {
            continue;
        }
        let json = fs::read(&path)?;
        put("program_input", &name, &json)?;
        if name.contains("layout_params") {
            put("layout_params", &name, &json)?;
            continue;
        }
        put("program_json", &name, &json)?;
        put("run_json", &name, &json)?;
        let Ok(program) = Program::from_json(&json) else { continue };
        for (number, reference) in program.references().iter().enumerate().take(4) {
            put("reference_expression", &format!("{name}_{number}"), reference.value.as_bytes())?;
        }
        let words: Vec<u8> = program.data().iter().flat_map(|felt| word(*felt)).collect();
        put("instruction", &name, &words)?;
        put("run_words", &name, &[&[0xff][..], &words].concat())?;
        if let Some(pie) = pie_of(program) {
            put("pie", &name, &pie)?;
        }
    }
    Ok(())
}

/// A felt as `run_words` reads it, if it can.
fn word(felt: cairo_zero_core::Felt) -> [u8; 8] {
    let number = felt.to_u64().filter(|number| number >> 63 == 0);
    let negative = (-felt).to_u64().filter(|number| number >> 63 == 0);
    number.or(negative.map(|number| number | 1 << 63)).unwrap_or_default().to_le_bytes()
}

/// The Cairo PIE of a run, if it ends well.
fn pie_of(program: Program) -> Option<Vec<u8>> {
    let settings = settings("all_cairo", false, true)?;
    let ended = finish(Ready::new(Arc::new(program), settings).ok()?)?;
    let mut pie = Cursor::new(Vec::new());
    ended.write_pie(&mut pie, false).ok()?;
    Some(pie.into_inner())
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(json_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
