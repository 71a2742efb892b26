//! The page as one file: what is in it, and that no text of a program can get out of its place.

mod support;

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use cairo_zero_program::Program;
use cairo_zero_tracer::write_file;
use serde_json::{Value, json};
use support::{Over, program, run};

/// The page of a run, and the data in it.
fn page(over: &Over) -> Result<(String, Value)> {
    let mut bytes = Vec::new();
    write_file(&over.tracing()?, &mut bytes)?;
    let page = String::from_utf8(bytes)?;
    let start = "<script type=\"application/json\" id=\"data\">";
    let (_, data) = page.split_once(start).context("there is no data")?;
    let (data, behind) = data.split_once("</script>").context("the data has no end")?;
    ensure!(behind.trim() == "</body>\n</html>", "{behind}");
    let data = serde_json::from_str(data)?;
    Ok((page, data))
}

/// The numbers that a page's steps are made of.
fn numbers(text: &str) -> Result<Vec<i64>> {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for digit in four {
            let digit = digits.bytes().position(|known| known == *digit).context("no digit")?;
            bits = bits << 6 | digit as u32;
        }
        bits <<= 6 * (4 - four.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    let mut numbers = Vec::new();
    let (mut number, mut shift) = (0_u64, 0);
    for byte in bytes {
        number |= u64::from(byte & 127) << shift;
        shift += 7;
        if byte & 128 == 0 {
            numbers.push((number >> 1).cast_signed() ^ -((number & 1).cast_signed()));
            (number, shift) = (0, 0);
        }
    }
    Ok(numbers)
}

#[test]
fn a_file_holds_the_steps_and_memory_of_its_run() -> Result<()> {
    for name in ["errors/assert_deep.json", "features/loop.json", "proof/loop.json"] {
        let over = run(&program(name)?, name.starts_with("proof"))?;
        let (_, data) = page(&over)?;
        let trace = over.trace();
        ensure!(data["first"] == 0 && data["last"] == trace.len() - 1, "{name}");
        let numbers = numbers(data["steps"].as_str().context("steps")?)?;
        ensure!(numbers.len() == trace.len() * 3, "{name}: {} numbers", numbers.len());
        let mut sums = [0; 3];
        for (registers, numbers) in trace.iter().zip(numbers.chunks(3)) {
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum += number;
            }
            let offset = |value: cairo_zero_core::Value| value.relocatable().map(|at| at.offset);
            let expected = [offset(registers.pc), Some(registers.ap.offset), offset(registers.fp)];
            ensure!(sums.map(Some) == expected, "{name}: {sums:?}, {expected:?}");
        }
        let cells: usize = (data["memory"].as_object().context("memory")?.values())
            .flat_map(|stretches| stretches.as_array().into_iter().flatten())
            .filter_map(|stretch| stretch[1].as_str())
            .map(|cells| cells.split(',').filter(|cell| !cell.is_empty()).count())
            .sum();
        ensure!(cells == over.past().memory().iter().count(), "{name}: {cells} cells");
        ensure!(data["about"]["steps"] == trace.len() - 1 && data["rows"].is_array());
    }
    Ok(())
}

#[test]
fn a_long_run_has_its_last_steps_in_the_file() -> Result<()> {
    let over = run(&program("benchmarks/fibonacci.json")?, false)?;
    let (page, data) = page(&over)?;
    let (first, last) = (data["first"].as_u64(), data["last"].as_u64());
    let (first, last) = (first.context("first")?, last.context("last")?);
    ensure!(last + 1 == over.trace().len() as u64 && last - first == 200_000, "{first}, {last}");
    ensure!(numbers(data["steps"].as_str().context("steps")?)?.len() == 600_003);
    ensure!(page.len() < 8 << 20, "{} bytes", page.len());
    Ok(())
}

/// Texts that would do something if they got out of their place.
const HOSTILE: &str =
    "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>\u{2028}&lt;";

#[test]
fn texts_stay_texts() -> Result<()> {
    let json = json!({
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "builtins": [], "attributes": [], "hints": {}, "main_scope": "__main__",
        "compiler_version": HOSTILE,
        "data": ["0x208b7fff7fff7ffe"],
        "identifiers": {
            "__main__.main": { "type": "function", "pc": 0, "decorators": [] },
            format!("__main__.{HOSTILE}"): { "type": "label", "pc": 0 },
        },
        "reference_manager": { "references": [] },
        "debug_info": {
            "file_contents": { HOSTILE: format!("{HOSTILE}\n{HOSTILE}") },
            "instruction_locations": { "0": {
                "inst": {
                    "start_line": 1, "start_col": 1, "end_line": 1, "end_col": 5,
                    "input_file": { "filename": HOSTILE },
                },
                "hints": [], "accessible_scopes": ["__main__", HOSTILE],
                "flow_tracking_data": { "ap_tracking": { "group": 0, "offset": 0 }, "reference_ids": {} },
            } },
        },
    });
    let program = Arc::new(Program::from_json(json.to_string().as_bytes())?);
    let over = run(&program, false)?;
    let (page, data) = page(&over)?;
    ensure!(data["about"]["files"][0] == HOSTILE, "{}", data["about"]["files"]);
    ensure!(data["sources"][0]["text"] == format!("{HOSTILE}\n{HOSTILE}"), "{}", data["sources"]);
    ensure!(!page.contains("<img") && !page.contains("alert(1)</script>"));
    ensure!(page.matches("</script>").count() == 2 && page.matches("<script").count() == 2);
    Ok(())
}

#[test]
fn a_file_asks_for_nothing_from_elsewhere() -> Result<()> {
    let over = run(&program("errors/assert_deep.json")?, false)?;
    let (page, _) = page(&over)?;
    ensure!(!page.contains("http://") && !page.contains("https://"), "it names another host");
    let (_, policy) =
        page.split_once("http-equiv=\"Content-Security-Policy\"").context("policy")?;
    let policy = policy.split('>').next().context("policy")?;
    for part in
        ["default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"]
    {
        ensure!(policy.contains(part), "{part} is missing: {policy}");
    }
    let sources = ["src=\"", "href=\""].map(|mark| page.matches(mark).count());
    ensure!(sources == [0, 1] && page.contains("href=\"data:,\""), "{sources:?}");
    Ok(())
}

#[test]
fn only_files_of_cairo_are_read() -> Result<()> {
    let json = json!({
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "builtins": [], "attributes": [], "hints": {}, "main_scope": "__main__", "data": ["0x208b7fff7fff7ffe"],
        "identifiers": { "__main__.main": { "type": "function", "pc": 0, "decorators": [] } },
        "reference_manager": { "references": [] },
        "debug_info": { "file_contents": {}, "instruction_locations": { "0": {
            "inst": {
                "start_line": 1, "start_col": 1, "end_line": 1, "end_col": 5,
                "input_file": { "filename": concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml") },
            },
            "hints": [], "accessible_scopes": ["__main__"], "flow_tracking_data": null,
        } } },
    });
    let over = run(&Arc::new(Program::from_json(json.to_string().as_bytes())?), false)?;
    let (page, data) = page(&over)?;
    ensure!(data["sources"][0]["text"].is_null() && !page.contains("[package]"));
    Ok(())
}
