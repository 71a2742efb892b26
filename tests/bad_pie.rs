//! Broken and lying Cairo PIEs: exit status 1, one clear error, and never a panic; and PIEs that
//! can't be written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{Ours, Outcome, pack_pie, unpack_pie};
use tempfile::TempDir;

/// A program with output, hashes, range checks and a signature.
const PROGRAM: &str = "cairo_programs/builtins/several_small.json";

/// The files of a PIE, by name.
type Files = BTreeMap<String, Vec<u8>>;

fn run(arguments: &[&str]) -> Result<Outcome> {
    Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run_with(arguments)
}

fn path_in(folder: &TempDir, name: &str) -> Result<String> {
    Ok(folder.path().join(name).to_str().context("an odd path")?.to_owned())
}

/// The PIE of a run of `program`.
fn made(program: &str, layout: &str) -> Result<Vec<u8>> {
    let folder = TempDir::new()?;
    let path = path_in(&folder, "pie")?;
    let outcome = run(&["--program", program, "--layout", layout, "--cairo_pie_output", &path])?;
    ensure!(outcome.status == 0, "{}", outcome.stderr_text());
    Ok(fs::read(path)?)
}

static PIE: LazyLock<Result<Vec<u8>>> = LazyLock::new(|| made(PROGRAM, "small"));

fn pie() -> Result<&'static [u8]> {
    PIE.as_deref().map_err(|error| anyhow::anyhow!("{error:#}"))
}

/// Runs a file as a PIE.
fn run_pie(bytes: &[u8], flags: &[&str]) -> Result<Outcome> {
    let folder = TempDir::new()?;
    let path = path_in(&folder, "pie")?;
    fs::write(&path, bytes)?;
    run(&[&["--run_from_cairo_pie", &path, "--layout", "small"], flags].concat())
}

/// A file that must be refused with an error that has all of `words`.
fn refused_with(bytes: &[u8], flags: &[&str], words: &[&str]) -> Result<()> {
    let outcome = run_pie(bytes, flags)?;
    let (stdout, stderr) = (outcome.stdout_text(), outcome.stderr_text());
    let shown = format!("{words:?}\nstdout: {stdout}\nstderr: {stderr}");
    ensure!(outcome.status == 1, "status {}: {shown}", outcome.status);
    ensure!(stdout.is_empty(), "something was printed: {shown}");
    for word in words {
        ensure!(stderr.contains(word), "`{word}` is missing: {shown}");
    }
    ensure!(!stderr.contains("bug in cairo-run") && !stderr.contains("panicked"), "{shown}");
    // The error is said once.
    let first = stderr.lines().next().unwrap_or_default();
    let message = first.rsplit_once("Error: ").map_or(first, |(_, message)| message);
    ensure!(stderr.matches(message).count() == 1, "said more than once: {shown}");
    Ok(())
}

fn refused(bytes: &[u8], words: &[&str]) -> Result<()> {
    refused_with(bytes, &[], words)
}

/// The PIE with its files changed.
fn altered(change: impl FnOnce(&mut Files) -> Result<()>) -> Result<Vec<u8>> {
    let mut files = unpack_pie(pie()?)?;
    change(&mut files)?;
    pack_pie(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

/// The PIE with `from`, which must be there once, replaced in one of its JSON files.
fn replaced(file: &str, from: &str, to: &str) -> Result<Vec<u8>> {
    altered(|files| {
        let bytes = files.get_mut(file).context("no such file")?;
        let text = std::str::from_utf8(bytes)?;
        ensure!(text.matches(from).count() == 1, "{from} is not once in {text}");
        *bytes = text.replace(from, to).into_bytes();
        Ok(())
    })
}

/// The PIE with this file.
fn with_file(file: &str, bytes: impl Into<Vec<u8>>) -> Result<Vec<u8>> {
    altered(|files| {
        files.insert(file.to_owned(), bytes.into());
        Ok(())
    })
}

/// A cell of `memory.bin`.
fn cell(segment: u64, offset: u64, value: [u64; 4]) -> Vec<u8> {
    let address = 1 << 63 | segment << 47 | offset;
    std::iter::once(address).chain(value).flat_map(u64::to_le_bytes).collect()
}

/// The PIE with one cell more.
fn with_cell(cell: &[u8]) -> Result<Vec<u8>> {
    altered(|files| {
        files.get_mut("memory.bin").context("no memory")?.extend_from_slice(cell);
        Ok(())
    })
}

#[test]
fn the_pie_itself_runs() -> Result<()> {
    let same = altered(|_| Ok(()))?;
    for flags in [&[][..], &["--no_secure_run"]] {
        for pie in [pie()?, &same] {
            let outcome = run_pie(pie, flags)?;
            ensure!(outcome.status == 0, "{}", outcome.stderr_text());
        }
    }
    let again = made(PROGRAM, "small")?;
    ensure!(again == pie()?, "two runs gave different bytes");
    Ok(())
}

#[test]
fn no_archive() -> Result<()> {
    let prefix = "Invalid prefix for zip file.";
    refused(b"", &[prefix])?;
    refused(b"P", &[prefix])?;
    refused(b"{\"prime\": 1}", &[prefix])?;
    refused(b"PK", &["zip"])?;
    refused(&[b"PK\x05\x06".as_slice(), &[0; 18]].concat(), &["Invalid list of inner files"])?;
    let nowhere = run(&["--run_from_cairo_pie", "is/not/there", "--layout", "small"])?;
    ensure!(nowhere.status == 1 && nowhere.stderr_text().contains("is/not/there"));
    let folder = run(&["--run_from_cairo_pie", "crates", "--layout", "small"])?;
    ensure!(folder.status == 1 && folder.stderr_text().contains("directory"));
    Ok(())
}

#[test]
fn truncated_anywhere() -> Result<()> {
    let pie = pie()?;
    for part in 0..24 {
        refused(&pie[..pie.len() * part / 24], &[])?;
    }
    refused(&pie[..pie.len() - 1], &[])
}

#[test]
fn any_byte_wrong() -> Result<()> {
    let pie = pie()?;
    for at in (0..pie.len()).step_by(23) {
        let mut bytes = pie.to_vec();
        bytes[at] ^= 0x5a;
        let outcome = run_pie(&bytes, &[])?;
        let stderr = outcome.stderr_text();
        // Dates and the like may be anything.
        ensure!(matches!(outcome.status, 0 | 1), "byte {at}: status {}", outcome.status);
        ensure!(outcome.status == 0 || !stderr.is_empty(), "byte {at}: no error");
        ensure!(!stderr.contains("bug in cairo-run"), "byte {at}: {stderr}");
    }
    Ok(())
}

#[test]
fn files_of_the_archive() -> Result<()> {
    let wrong = "Invalid list of inner files in the CairoPIE zip.";
    for name in ["metadata.json", "memory.bin", "additional_data.json", "execution_resources.json"]
    {
        let without = altered(|files| files.remove(name).map(drop).context("no such file"))?;
        refused(&without, &[wrong, name])?;
    }
    let version = altered(|files| files.remove("version.json").map(drop).context("no version"))?;
    ensure!(run_pie(&version, &[])?.status == 0, "a PIE without a version is one of 1.0");
    for name in ["../metadata.json", "/etc/passwd", "metadata.json/", "Metadata.json", "a\\b", "x"]
    {
        refused(&with_file(name, "{}")?, &[wrong])?;
    }
    Ok(())
}

/// A zip archive with another name of the same length.
fn renamed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from.as_bytes()) {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    }
    bytes
}

#[test]
fn a_file_twice() -> Result<()> {
    let other = with_file("versioX.json", "{\"cairo_pie\": \"1.1\"}")?;
    refused(&renamed(&other, "versioX.json", "version.json"), &["twice"])
}

#[test]
fn sizes_of_files() -> Result<()> {
    let spaces = |size: usize| " ".repeat(size);
    let limit = "Invalid file size 10000 for";
    refused(&with_file("version.json", spaces(10_000))?, &[limit, "version.json"])?;
    refused(&with_file("execution_resources.json", spaces(10_000))?, &[limit, "execution"])?;
    let bomb = with_file("additional_data.json", spaces(32 << 20))?;
    ensure!(bomb.len() < 1 << 17, "it is small");
    refused_with(&bomb, &["--max_memory", "64"], &["additional_data.json", "more memory"])?;
    let zeros = with_file("memory.bin", vec![0; 40 << 20])?;
    refused(&zeros, &["memory.bin has 1048576 cells, but the segments"])?;
    let (files, pie) = (unpack_pie(pie()?)?, altered(|_| Ok(()))?);
    let memory = files.get("memory.bin").context("no memory")?.len() as u32;
    // The last place with the size is that in the archive's directory, which is what counts.
    for claimed in [memory - 40, memory + 40, 0, u32::MAX - 15] {
        let mut bytes = pie.clone();
        let sizes = memory.to_le_bytes();
        let at = bytes.windows(4).rposition(|word| word == sizes).context("no size")?;
        bytes[at..at + 4].copy_from_slice(&claimed.to_le_bytes());
        refused(&bytes, &["memory.bin"])?;
    }
    Ok(())
}

#[test]
fn stored_files() -> Result<()> {
    // The method is at the same distance from each name in the directory; 0 is storing.
    let mut bytes = pie()?.to_vec();
    let entry = bytes.windows(4).position(|word| word == b"PK\x01\x02").context("no directory")?;
    bytes[entry + 10] = 0;
    refused(&bytes, &["Invalid compress type."])
}

#[test]
fn swapped_files() -> Result<()> {
    let names = ["metadata.json", "memory.bin", "additional_data.json", "execution_resources.json"];
    for (at, one) in names.iter().enumerate() {
        for other in &names[at + 1..] {
            let swapped = altered(|files| {
                let first = files.get(*one).cloned().unwrap_or_default();
                let second = files.insert((*other).to_owned(), first).unwrap_or_default();
                files.insert((*one).to_owned(), second);
                Ok(())
            })?;
            refused(&swapped, &[])?;
        }
    }
    Ok(())
}

#[test]
fn metadata() -> Result<()> {
    let check = |from: &str, to: &str, words: &[&str]| {
        refused(&replaced("metadata.json", from, to)?, words)
            .with_context(|| format!("{from} {to}"))
    };
    let security = "Security check for the CairoPIE input failed: ";
    let extra = "\"extra_segments\": []";
    let segment = |index: u64, size: u64| {
        format!("\"extra_segments\": [{{\"index\": {index}, \"size\": {size}}}]")
    };
    check(extra, &segment(8, 1 << 40), &[security, "Invalid segment size."])?;
    check(extra, &segment(8, 1 << 30), &["Invalid segment size."])?;
    check(extra, &segment(1 << 40, 8), &["Invalid segment index."])?;
    check(extra, &segment(9, 8), &["Invalid segment indices for extra_segments."])?;
    check(extra, "\"extra_segments\": {}", &["metadata.json", "extra_segments", "no list"])?;
    check(extra, "\"extra\": []", &["metadata.json", "unknown field \"extra\""])?;
    check(&format!(", {extra}"), "", &["metadata.json", "\"extra_segments\" is missing"])?;
    let prime = "3618502788666131213697322783095070105623107215331596699973092056135872020481";
    check(prime, "18446744073709551629", &["prime 18446744073709551629"])?;
    check(prime, &format!("-{prime}"), &["prime -36185"])?;
    check(prime, "\"x\"", &["prime"])?;
    for word in [prime, "-1", "-1e27", "1e999", "1e999999999", "null", "true", "\"0x1\"", "NaN"] {
        let (from, to) = ("[290341444919459839, ", format!("[{word}, "));
        check(from, &to, &["Invalid program data."])?;
    }
    // This is a number, but another one.
    check("[290341444919459839, ", "[1e27, ", &["0:0"])?;
    check("\"main\": 0", "\"main\": 33", &["Invalid main() address."])?;
    check("\"main\": 0", "\"main\": -1", &["Invalid main() address."])?;
    check("\"main\": 0", "\"main\": 0, \"hints\": {}", &["unknown field \"hints\""])?;
    check("[\"output\", \"pedersen\"", "[\"output\", \"nonsense\"", &["nonsense"])?;
    check("[\"output\", \"pedersen\"", "[\"output\", \"Pedersen\"", &["Invalid builtin list."])?;
    check("[\"output\", \"pedersen\"", "[\"output\", \"output\"", &["Invalid builtin list."])?;
    check("[\"output\", \"pedersen\"", "[\"pedersen\"", &["Builtin list mismatch"])?;
    let swapped = ["\"output\": {\"index\": 2", "\"output\": {\"index\": 3"];
    check(swapped[0], swapped[1], &["Invalid segment index for output."])?;
    check(
        "\"ret_fp_segment\": {\"index\": 6, \"size\": 0}",
        "\"ret_fp_segment\": {\"index\": 6, \"size\": 1}",
        &["Invalid segment size for ret_fp. Must be 0."],
    )?;
    check(
        "\"ret_pc_segment\": {\"index\": 7",
        "\"ret_pc_segment\": {\"index\": 9",
        &["Invalid segment index for ret_pc_segment."],
    )?;
    check("{\"index\": 0, \"size\": 33}", "{\"index\": 0, \"size\": 32}", &["Program length"])?;
    check(
        "{\"index\": 1, \"size\": 20}",
        "{\"index\": 1, \"size\": 19}",
        &["segments in metadata.json have 61 together"],
    )?;
    check("{\"index\": 1, \"size\": 20}", "{\"index\": 1, \"size\": 21}", &["metadata mismatch"])?;
    refused(&with_file("metadata.json", "[".repeat(100_000))?, &["metadata.json", "byte"])?;
    refused(&with_file("metadata.json", "{\"é\": 1}")?, &["metadata.json", "ASCII"])?;
    refused(&with_file("metadata.json", "")?, &["metadata.json", "byte 0"])
}

#[test]
fn memory() -> Result<()> {
    let address = "Invalid memory cell address.";
    refused(&with_cell(&[0; 39])?, &["memory.bin", "pairs of address"])?;
    // There is a free cell in a segment for each of these.
    let room = |cell: &[u8]| -> Result<Vec<u8>> {
        altered(|files| {
            let extra =
                ("\"extra_segments\": []", "\"extra_segments\": [{\"index\": 8, \"size\": 9}]");
            let metadata = files.get_mut("metadata.json").context("no metadata")?;
            *metadata = String::from_utf8(metadata.clone())?.replace(extra.0, extra.1).into_bytes();
            files.get_mut("memory.bin").context("no memory")?.extend_from_slice(cell);
            Ok(())
        })
    };
    ensure!(run_pie(&room(&cell(8, 8, [1, 0, 0, 0]))?, &[])?.status == 0, "an extra cell is fine");
    for (segment, offset) in [(8, 9), (9, 0), (1, 20), (65_535, 0), (0, 1 << 40)] {
        refused(&room(&cell(segment, offset, [1, 0, 0, 0]))?, &[address])?;
    }
    let mut number = cell(8, 0, [1, 0, 0, 0]);
    number[7] = 0;
    refused(&room(&number)?, &[address])?;
    refused(&room(&cell(8, 0, [9 << 47, 0, 0, 1 << 63]))?, &["Invalid memory cell value."])?;
    let prime = [1, 0, 0, 0x0800_0000_0000_0011];
    refused(&room(&cell(8, 0, prime))?, &["8:0 is not below the prime"])?;
    refused(&room(&cell(1, 0, [2 << 47, 0, 0, 1 << 63]))?, &["cell 1:0 twice"])?;
    refused(&room(&cell(1, 0, [5, 0, 0, 0]))?, &["Inconsistent memory assignment at address 1:0"])?;
    refused(&with_cell(&cell(1, 0, [5, 0, 0, 0]))?, &["memory.bin has 63 cells", "have 62"])?;
    refused_with(
        &room(&cell(8, 0, [0; 4]))?,
        &["--max_memory", "0"],
        &["more memory than the run may use"],
    )
}

#[test]
fn cells_that_the_run_contradicts() -> Result<()> {
    let changed = |segment: u64, offset: u64| {
        altered(|files| {
            let memory = files.get_mut("memory.bin").context("no memory")?;
            let address = (1 << 63 | segment << 47 | offset).to_le_bytes();
            let cell = memory.chunks_exact_mut(40).find(|cell| cell[..8] == address);
            cell.context("no such cell")?[8] ^= 1;
            Ok(())
        })
    };
    refused(&changed(0, 0)?, &["0:0"])?;
    refused(&changed(1, 5)?, &["1:5"])?;
    refused(&changed(1, 19)?, &[])?;
    refused(&changed(2, 0)?, &[])?;
    refused(&changed(3, 2)?, &[])?;
    refused(&changed(5, 1)?, &["Signature"])
}

#[test]
fn resources_and_version() -> Result<()> {
    let file = "execution_resources.json";
    let check = |from: &str, to: &str, words: &[&str]| {
        refused(&replaced(file, from, to)?, words).with_context(|| format!("{from} {to}"))
    };
    check("\"n_steps\": 23", "\"n_steps\": 0", &["Invalid n_steps"])?;
    check("\"n_steps\": 23", "\"n_steps\": 1073741824", &["Invalid n_steps"])?;
    check("\"n_steps\": 23", "\"n_steps\": 22", &["End of program was not reached"])?;
    check("\"n_steps\": 23", "\"n_steps\": 24", &["Execution reached the end of the program"])?;
    check("\"n_steps\": 23", "\"steps\": 23", &[file, "unknown field \"steps\""])?;
    check("\"n_memory_holes\": 0", "\"n_memory_holes\": -1", &["Invalid n_memory_holes"])?;
    check(
        "\"pedersen_builtin\": 1",
        "\"pedersen_builtin\": 2",
        &["not identical to the resulting Cairo PIE", "execution_resources mismatch"],
    )?;
    check("\"pedersen_builtin\": 1", "\"pedersen_builtin\": -1", &["builtin_instance_counter"])?;
    check("\"pedersen_builtin\": 1", "\"bitwise_builtin\": 1", &["Builtin list mismatch"])?;
    check("\"pedersen_builtin\": 1", "\"pedersen\": 1", &["Builtin list mismatch"])?;
    for (holes, version) in [("\"n_memory_holes\": 5, ", "1.0"), ("", "1.99")] {
        let other = altered(|files| {
            let text = String::from_utf8(files.get(file).cloned().unwrap_or_default())?;
            let text = text.replace("\"n_memory_holes\": 0, ", holes);
            files.insert(file.to_owned(), text.into_bytes());
            let version = format!("{{\"cairo_pie\": \"{version}\"}}");
            files.insert("version.json".to_owned(), version.into_bytes());
            Ok(())
        })?;
        let outcome = run_pie(&other, &[])?;
        ensure!(outcome.status == 0, "{}", outcome.stderr_text());
    }
    let version = |text: &str, words: &[&str]| refused(&with_file("version.json", text)?, words);
    version("{\"cairo_pie\": \"2.0\"}", &["Incompatible Cairo-PIE version."])?;
    version("{\"cairo_pie\": 1.1}", &["version.json"])?;
    version("{}", &["version.json"])?;
    version("1.1", &["version.json"])
}

#[test]
fn additional_data() -> Result<()> {
    let file = "additional_data.json";
    let given = |text: &str, flags: &[&str], words: &[&str]| {
        refused_with(&with_file(file, text)?, flags, words).with_context(|| text.to_owned())
    };
    given("null", &[], &["Invalid additional_data."])?;
    given("[]", &[], &["Invalid additional_data."])?;
    given(&format!("{{\"{}\": 1}}", "x".repeat(1000)), &[], &["Invalid additional_data."])?;
    // Without its signature the signed message can't be checked.
    given("{}", &[], &["Signature hint is missing for ECDSA builtin at address 5:0"])?;
    given("{}", &["--no_secure_run"], &["Signature hint is missing"])?;
    let check = |from: &str, to: &str, words: &[&str]| {
        refused(&replaced(file, from, to)?, words).with_context(|| format!("{from} {to}"))
    };
    let pages = "\"pages\": {}";
    check(pages, "\"pages\": []", &["pages"])?;
    check(pages, "\"pages\": {\"x\": [1, 1]}", &["Invalid output builtin pages field."])?;
    check(pages, "\"pages\": {\"1\": [0, 1]}", &["Invalid output builtin pages field."])?;
    check(pages, "\"pages\": {\"1\": [1, 1073741824]}", &["pages"])?;
    check(pages, "\"pages\": {\"1\": [1]}", &["Invalid output builtin pages field."])?;
    check(pages, "\"pages\": {\"01\": [1, 1]}", &["output_builtin mismatch."])?;
    check("\"attributes\": {}", "\"attributes\": 5", &["attributes"])?;
    check("\"attributes\": {}", "\"attribute\": {}", &["Invalid output builtin data."])?;
    check(
        "\"range_check_builtin\": null",
        "\"range_check_builtin\": []",
        &["additional_data mismatch:", "range_check_builtin mismatch."],
    )?;
    check("\"range_check_builtin\": null, ", "", &["range_check_builtin mismatch."])?;
    check(
        "\"range_check_builtin\": null",
        "\"range_check_builtin\": null, \"x\": 1",
        &["x mismatch."],
    )?;
    check("[[[5, 0], ", "[[[4, 0], ", &["must point to the signature builtin segment"])?;
    check("[[[5, 0], ", "[[[5, 1], ", &["public key"])?;
    check("[[[5, 0], ", "[[[5], ", &["Invalid ecdsa builtin data."])?;
    check("[[[5, 0], [1", "[[[5, 0], [2", &["Signature"])?;
    // Hashes are computed anew, whatever the file says of them.
    let other = replaced(file, "[[3, 2]]", "\"nonsense\"")?;
    ensure!(run_pie(&other, &[])?.status == 0, "hashes are not compared");
    refused_with(&other, &["--no_secure_run"], &["Invalid pedersen builtin data."])
}

#[test]
fn a_pie_without_additional_data() -> Result<()> {
    let without = |program: &str, layout: &str| -> Result<Vec<u8>> {
        let mut files = unpack_pie(&made(program, layout)?)?;
        files.insert("additional_data.json".to_owned(), b"{}".to_vec());
        pack_pie(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
    };
    let pie = without("cairo_programs/builtins/output_hundred.json", "small")?;
    refused(&pie, &["additional_data mismatch:\n   * output_builtin mismatch."])?;
    let trusted = run_pie(&pie, &["--no_secure_run"])?;
    ensure!(trusted.status == 0, "{}", trusted.stderr_text());
    let pie = without("cairo_programs/features/many_segments.json", "plain")?;
    let nothing_to_say = run_pie(&pie, &[])?;
    ensure!(nothing_to_say.status == 0, "{}", nothing_to_say.stderr_text());
    Ok(())
}

#[test]
fn another_layout() -> Result<()> {
    let folder = TempDir::new()?;
    let path = path_in(&folder, "pie")?;
    fs::write(&path, pie()?)?;
    let outcome = run(&["--run_from_cairo_pie", &path, "--layout", "plain"])?;
    ensure!(outcome.status == 1 && outcome.stderr_text().contains("are not present in layout"));
    Ok(())
}

/// What is in a folder, by name.
fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    Ok(files)
}

#[test]
fn output_that_can_not_be_written() -> Result<()> {
    let folder = TempDir::new()?;
    let to = |path: &str, program: &str| {
        run(&[
            "--program",
            program,
            "--layout",
            "small",
            "--print_output",
            "--cairo_pie_output",
            path,
        ])
    };
    let missing = path_in(&folder, "missing/pie")?;
    let itself = path_in(&folder, ".")?;
    for path in [missing.as_str(), itself.as_str(), "/dev/full"] {
        let outcome = to(path, PROGRAM)?;
        let stderr = outcome.stderr_text();
        ensure!(outcome.status == 1, "{path}: status {}", outcome.status);
        ensure!(stderr.contains("can't write the Cairo PIE"), "{path}: {stderr}");
        ensure!(outcome.stdout.is_empty(), "{path}: {}", outcome.stdout_text());
    }
    // A run that fails leaves what was there.
    let path = path_in(&folder, "pie")?;
    fs::write(&path, "old")?;
    let outcome = to(&path, "cairo_programs/errors/assert_felts.json")?;
    ensure!(outcome.status == 1 && fs::read(&path)? == b"old", "{}", outcome.stderr_text());
    ensure!(listed(folder.path())? == [PathBuf::from(&path)], "{:?}", listed(folder.path())?);
    let outcome = to(&path, PROGRAM)?;
    ensure!(outcome.status == 0 && fs::read(&path)? == pie()?, "{}", outcome.stderr_text());
    ensure!(listed(folder.path())? == [PathBuf::from(&path)], "{:?}", listed(folder.path())?);
    ensure!(to("/dev/null", PROGRAM)?.status == 0, "a device is written as it is");
    Ok(())
}

#[test]
fn more_segments_than_an_address_can_say() -> Result<()> {
    let folder = TempDir::new()?;
    let path = path_in(&folder, "pie")?;
    let program = "cairo_programs/features/many_segments_70000.json";
    let arguments = ["--program", program, "--layout", "plain", "--cairo_pie_output", &path];
    let outcome = run(&arguments)?;
    let stderr = outcome.stderr_text();
    ensure!(
        outcome.status == 1 && stderr.contains("a Cairo PIE can't hold the address"),
        "{stderr}"
    );
    ensure!(listed(folder.path())?.is_empty(), "{:?}", listed(folder.path())?);
    let outcome = run(&[&arguments[..], &["--merge_extra_segments"]].concat())?;
    ensure!(outcome.status == 0, "{}", outcome.stderr_text());
    let outcome = run(&["--run_from_cairo_pie", &path, "--layout", "plain"])?;
    ensure!(outcome.status == 0, "{}", outcome.stderr_text());
    Ok(())
}

#[test]
fn flags_that_do_not_go_together() -> Result<()> {
    let program = ["--program", PROGRAM, "--layout", "small"];
    let pie = ["--run_from_cairo_pie", "x", "--layout", "small"];
    for (arguments, words) in [
        ([&program[..], &pie[..2]].concat(), "--run_from_cairo_pie"),
        ([&program[..], &["--merge_extra_segments"]].concat(), "--merge_extra_segments"),
        (
            [&program[..], &["--no_end", "--steps", "3", "--cairo_pie_output", "x"]].concat(),
            "--no_end and --cairo_pie_output cannot be both specified.",
        ),
        ([&pie[..], &["--steps", "3"]].concat(), "--run_from_cairo_pie"),
        ([&pie[..], &["--min_steps", "3"]].concat(), "--run_from_cairo_pie"),
        ([&pie[..], &["--entrypoint", "main"]].concat(), "--entrypoint"),
        ([&pie[..], &[PROGRAM]].concat(), "--run_from_cairo_pie"),
    ] {
        let outcome = run(&arguments)?;
        let stderr = outcome.stderr_text();
        ensure!(outcome.status == 2 && stderr.contains(words), "{arguments:?}: {stderr}");
    }
    Ok(())
}
