//! The nastiest inputs we could think of: each ends with one clear error, soon, and in bounded
//! memory.
//!
//! `cargo test --test nastiest -- --nocapture` prints the table of what each took.
#![cfg(target_os = "linux")]
#![expect(clippy::print_stderr, reason = "the table of what each input took")]

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How many MiB the runs may take, and what the process may have besides: the interpreter, and an
/// input while it is read.
const MAX_MEMORY: u64 = 128;
const BESIDES: u64 = 256;

/// No input may keep us longer; tests may run on busy machines.
const LONGEST: Duration = Duration::from_secs(60);

/// What one input did.
struct Taken {
    status: i32,
    stderr: String,
    time: Duration,
    /// MiB of memory at the most.
    peak: u64,
}

fn run(arguments: &[String]) -> Result<Taken> {
    let mut stderr = tempfile::tempfile()?;
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_cairo-run"))
        .args(["--max_memory", &MAX_MEMORY.to_string(), "--hint_timeout", "2"])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(stderr.try_clone()?)
        .spawn()?;
    let path = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let status = loop {
        // What the kernel keeps is the highest so far: looking now and then is enough.
        let seen = fs::read_to_string(&path).unwrap_or_default();
        let line = seen.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(now.unwrap_or(0) / 1024);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() > LONGEST {
            child.kill()?;
            child.wait()?;
            bail!("it did not end in {LONGEST:?}");
        }
        sleep(Duration::from_millis(1));
    };
    use std::io::{Read as _, Seek as _};
    let mut text = Vec::new();
    stderr.rewind()?;
    stderr.read_to_end(&mut text)?;
    Ok(Taken {
        status: status.code().context("ended by a signal")?,
        stderr: String::from_utf8_lossy(&text).into_owned(),
        time: start.elapsed(),
        peak,
    })
}

/// A program of these words, with more members.
fn program(words: &[&str], more: Value) -> Value {
    let mut program = json!({
        "attributes": [], "builtins": [], "compiler_version": "0.14.0.1", "data": words,
        "debug_info": null, "hints": {}, "main_scope": "__main__",
        "identifiers": {"__main__.main": {"decorators": [], "pc": 0, "type": "function"}},
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "reference_manager": {"references": []},
    });
    if let (Some(program), Value::Object(more)) = (program.as_object_mut(), more) {
        program.extend(more);
    }
    program
}

const RET: &str = "0x208b7fff7fff7ffe";
/// `jmp rel 0`.
const REST: [&str; 2] = ["0x10780017fff7fff", "0x0"];
/// `call rel 0`.
const CALL: [&str; 2] = ["0x1104800180018000", "0x0"];
/// An assertion that fails: `[fp - 1] = 5`.
const FAIL: [&str; 3] = ["0x400680017fff7fff", "0x5", RET];

fn hint(code: &str) -> Value {
    let flow = json!({"ap_tracking": {"group": 0, "offset": 0}, "reference_ids": {}});
    let hint = json!({"accessible_scopes": ["__main__"], "code": code, "flow_tracking_data": flow});
    program(&[RET], json!({"hints": {"0": [hint]}}))
}

fn location(file: &str, line: u64, parent: Option<Value>) -> Value {
    let mut location = json!({
        "start_line": line, "start_col": line, "end_line": line, "end_col": line.saturating_mul(3),
        "input_file": {"filename": file},
    });
    if let Some(parent) = parent {
        location["parent_location"] = json!([parent, "While expanding in:"]);
    }
    location
}

fn debug_info(location: &Value) -> Value {
    let flow = json!({"ap_tracking": {"group": 0, "offset": 0}, "reference_ids": {}});
    let place = json!({"inst": location, "hints": [], "accessible_scopes": [],
        "flow_tracking_data": flow});
    program(
        &FAIL,
        json!({"debug_info": {"file_contents": {}, "instruction_locations": {"0": place}}}),
    )
}

/// The inputs: a name, the program's text, and more flags.
fn programs() -> Vec<(&'static str, String, &'static [&'static str])> {
    let deep = 1_000_000;
    let text = |value: Value| value.to_string();
    let aliases = (0..200_000).map(|number| {
        let to = format!("__main__.a{}", (number + 1) % 200_000);
        (format!("__main__.a{number}"), json!({"destination": to, "type": "alias"}))
    });
    let mut cycle: serde_json::Map<String, Value> = aliases.collect();
    cycle.insert("__main__.main".into(), json!({"destination": "__main__.a0", "type": "alias"}));
    let many = (0..400_000).map(|number| {
        (format!("__main__.f{number}"), json!({"decorators": [], "pc": 0, "type": "function"}))
    });
    let scopes = "a.".repeat(1_000_000);
    let itself = json!({"__main__.S": {"full_name": "__main__.S", "size": 1, "type": "struct",
        "members": {"m": {"cairo_type": "__main__.S", "offset": 0}}},
        "__main__.main": {"decorators": [], "pc": 0, "type": "function"}});
    let flow =
        json!({"ap_tracking": {"group": 0, "offset": 0}, "reference_ids": {"__main__.x": 0}});
    let attribute = json!({"accessible_scopes": ["__main__"], "end_pc": 3, "start_pc": 0,
        "flow_tracking_data": flow, "name": "error_message", "value": "{x}".repeat(10)});
    let parens = format!("{}fp{}", "[".repeat(100_000), "]".repeat(100_000));
    let reference =
        json!({"ap_tracking_data": {"group": 0, "offset": 0}, "pc": 0, "value": parens});
    let attributes = program(
        &FAIL,
        json!({"attributes": vec![attribute; 20_000],
        "identifiers": {"__main__.main": {"decorators": [], "pc": 0, "type": "function"},
            "__main__.x": {"cairo_type": "felt", "full_name": "__main__.x", "references": [],
                "type": "reference"}},
        "reference_manager": {"references": [reference]}}),
    );
    let nested = (0..1000).fold(location("x", 1, None), |inner, _| location("x", 1, Some(inner)));
    let word = format!("0x{}", "f".repeat(4_000_000));
    let exponent = text(program(&[RET], json!({})))
        .replace("\"prime\":\"0x8", "\"x\":1e999999999,\"prime\":\"0x8");
    vec![
        ("a million brackets", "[".repeat(deep), &[]),
        ("a million objects", "{\"a\":".repeat(deep), &[]),
        ("a number of 10^999999999", exponent.replace("\"data\":[", "\"data\":[1e999999999,"), &[]),
        ("a word of four million digits", text(program(&[&word], json!({}))), &[]),
        ("aliases in a ring of 200,000", text(program(&[RET], json!({"identifiers": cycle}))), &[]),
        (
            "400,000 identifiers and no main",
            text(program(
                &[RET],
                json!({"identifiers":
            many.collect::<serde_json::Map<_, _>>()}),
            )),
            &[],
        ),
        ("a name of a million scopes", text(program(&[RET], json!({"main_scope": scopes}))), &[]),
        ("a struct that holds itself", text(program(&FAIL, json!({"identifiers": itself}))), &[]),
        ("200,000 messages of a deep reference", text(attributes), &[]),
        ("a source line of 10^18", text(debug_info(&location("Cargo.toml", 1 << 60, None))), &[]),
        ("a source file without end", text(debug_info(&location("/dev/zero", 1, None))), &[]),
        ("locations in a thousand others", text(debug_info(&nested)), &[]),
        ("a run without end", text(program(&REST, json!({}))), &["--max_steps", "20000000"]),
        ("calls without end", text(program(&CALL, json!({}))), &[]),
        ("a hint that never ends", text(hint("while True: pass")), &[]),
        ("a native loop that never ends", text(hint("sum(range(10**15))")), &[]),
        ("a hint that takes all memory", text(hint("x = 'a'\nwhile True: x += x")), &[]),
        ("a list of 10^12", text(hint("x = [0] * 10**12")), &[]),
        ("segments without end", text(hint("while True: segments.add()")), &[]),
        (
            "a cell in every page",
            text(hint("for i in range(10**9): memory[ap + 4096 * i + 2**40] = 1")),
            &[],
        ),
        (
            "a stack of calls in Python",
            text(hint("def f(x): return [f(y) for y in [x]]\nf(1)")),
            &[],
        ),
    ]
}

#[test]
fn every_one_is_bounded() -> Result<()> {
    let folder = TempDir::new()?;
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut cases = Vec::new();
    for (number, (name, text, flags)) in programs().into_iter().enumerate() {
        let file = path(&format!("{number}.json"));
        fs::write(&file, text)?;
        let flags = flags.iter().map(ToString::to_string);
        cases.push((name, [String::from("--program"), file].into_iter().chain(flags).collect()));
    }
    let good = path("good.json");
    fs::write(&good, hint("program_input").to_string())?;
    let inputs = [
        ("an input of a million brackets", "[".repeat(1_000_000)),
        ("an input of four million digits", "9".repeat(4_000_000)),
    ];
    for (number, (name, text)) in inputs.into_iter().enumerate() {
        let file = path(&format!("input{number}.json"));
        fs::write(&file, text)?;
        let flags = ["--program", &good, "--program_input", &file];
        cases.push((name, flags.map(String::from).to_vec()));
    }
    cases.push(("a program without end", ["--program", "/dev/zero"].map(String::from).to_vec()));
    let bomb = path("bomb.zip");
    fs::File::create(&bomb)?.write_all(&zip_bomb())?;
    cases.push((
        "a PIE of one file that says it has 2^32 bytes",
        vec![String::from("--run_from_cairo_pie"), bomb],
    ));

    let mut wrong = Vec::new();
    eprintln!("| input | status | seconds | peak MiB | what is said |\n|---|---|---|---|---|");
    for (name, arguments) in cases {
        let taken = run(&arguments).with_context(|| name.to_owned())?;
        let Taken { status, stderr, time, peak } = taken;
        let said: String = stderr.lines().last().unwrap_or_default().chars().take(60).collect();
        let first: String = stderr.lines().next().unwrap_or_default().chars().take(90).collect();
        eprintln!("| {name} | {status} | {:.2} | {peak} | {first} |", time.as_secs_f64());
        if status != 1 || peak > MAX_MEMORY + BESIDES || stderr.contains("bug in cairo-run") {
            wrong.push(format!("{name}: status {status}, {peak} MiB, {first} … {said}"));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// An archive with one deflated file whose header says that it has 2^32 - 2 bytes.
fn zip_bomb() -> Vec<u8> {
    let name = b"memory.bin";
    let mut local = Vec::from(*b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00");
    let sizes = [0_u32, 4, u32::MAX - 1];
    let fields: Vec<u8> = sizes.iter().flat_map(|size| size.to_le_bytes()).collect();
    local.extend(&fields);
    local.extend((name.len() as u16).to_le_bytes());
    local.extend([0, 0]);
    local.extend(name);
    local.extend([0x63, 0, 0, 0]);
    let mut central = Vec::from(*b"PK\x01\x02\x14\x00\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00");
    central.extend(&fields);
    central.extend((name.len() as u16).to_le_bytes());
    central.extend([0; 16]);
    central.extend(name);
    let mut bytes = local;
    let at = bytes.len() as u32;
    let length = central.len() as u32;
    bytes.extend(central);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00");
    bytes.extend(length.to_le_bytes());
    bytes.extend(at.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
