//! `report.md` and `report.json`.

use std::fmt::Write as _;
use std::time::Duration;

use crate::options::Mode;
use crate::process::Sample;
use crate::stats::{geometric_mean, median};
use crate::suite::{Alone, Results, Row};

type Pair = (Sample, Sample);

/// Steps below which the time of a run is mostly start and end, and time per step says nothing.
const ENOUGH_STEPS: u64 = 100_000;

/// The tables, one per mode, with the geometric means.
pub fn markdown(results: &Results) -> String {
    let mut text = String::from("# cairo-run beside its peer (cairo-vm 3.2.0)\n\n");
    for (name, value) in &results.machine {
        text += &format!("- {name}: {value}\n");
    }
    text += &format!(
        "- whole processes, {} interleaved pairs, medians; *faster* is peer ÷ ours of each pair \
         (least – most), *of the best* the peer's fastest run ÷ our fastest, *least CPU* the same of user and system time, *memory* the peaks, \
         ours ÷ peer\n",
        results.pairs
    );
    if let Some(floor) = &results.floor {
        let (time, peak) = (millis(floor.wall), mega(floor.peak));
        text += &format!("- a process that does nothing: {time:.2} ms, {peak:.1} MB\n");
    }
    if results.left > 0 {
        text += &format!("- **not finished**: {} more were to be measured\n", results.left);
    }
    for &mode in &results.modes {
        let rows: Vec<&Row> = results.rows.iter().filter(|row| row.mode == mode).collect();
        if !rows.is_empty() {
            markdown_mode(&mut text, mode, &rows);
        }
    }
    if !results.alone.is_empty() {
        markdown_alone(&mut text, &results.alone);
    }
    if !results.problems.is_empty() {
        text += "\n## Problems\n\n";
        for problem in &results.problems {
            text += &format!("- {problem}\n");
        }
    }
    text
}

fn markdown_mode(text: &mut String, mode: Mode, rows: &[&Row]) {
    *text += &format!("\n## {}\n\n", mode.title());
    *text += "| program | layout | steps | ours, ms | peer, ms | ours, ns/step | peer, ns/step \
              | faster | of the best | least CPU | ours, MB | peer, MB | memory |\n";
    *text += "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for row in rows {
        let steps = row.steps.map_or_else(|| String::from("?"), |steps| steps.to_string());
        let (ours, peer) = (row.median(|p| millis(p.0.wall)), row.median(|p| millis(p.1.wall)));
        let ratios = || row.pairs.iter().map(faster);
        let (least, most) = (ratios().fold(f64::MAX, f64::min), ratios().fold(0.0, f64::max));
        *text += &format!(
            "| {} | {} | {steps} | {ours:.1} | {peer:.1} | {} | {} | {:.2}× ({least:.2} – \
             {most:.2}) | {:.2}× | {:.2}× | {:.1} | {:.1} | {:.3}× |\n",
            row.name,
            row.layout,
            per_step(ours, row.steps),
            per_step(peer, row.steps),
            row.median(faster),
            best(row),
            best_cpu(row),
            row.median(|p| mega(p.0.peak)),
            row.median(|p| mega(p.1.peak)),
            row.median(memory),
        );
    }
    *text += &format!(
        "| **geometric mean** | | | | | | | **{:.2}×** | {:.2}× | {:.2}× | | | **{:.3}×** |\n",
        mean(rows, faster),
        geometric_mean(rows.iter().map(|row| best(row))),
        geometric_mean(rows.iter().map(|row| best_cpu(row))),
        mean(rows, memory),
    );
}

/// Programs with Python hints that the peer can't run. Time per hint is the whole run's divided by
/// the number of hints, so that it has in it the steps about each hint and the start.
fn markdown_alone(text: &mut String, rows: &[Alone]) {
    *text += "\n## Python hints of a program's own, which the peer can't run\n\n";
    *text += "| program | layout | steps | hints | ours, ms | fastest, ms | µs/hint | ours, MB |\n";
    *text += "|---|---|--:|--:|--:|--:|--:|--:|\n";
    for row in rows {
        let steps = row.steps.map_or_else(|| String::from("?"), |steps| steps.to_string());
        let times = || row.runs.iter().map(|run| millis(run.wall));
        let time = median(times());
        *text += &format!(
            "| {} | {} | {steps} | {} | {time:.1} | {:.1} | {:.2} | {:.1} |\n",
            row.name,
            row.layout,
            row.hints,
            times().fold(f64::MAX, f64::min),
            time * 1e3 / f64::from(row.hints),
            median(row.runs.iter().map(|run| mega(run.peak))),
        );
    }
}

/// Every single figure: times in milliseconds, memory in KiB.
pub fn json(results: &Results) -> String {
    let machine = results.machine.iter().map(|(name, value)| (*name, quoted(value)));
    let floor = results.floor.map_or_else(
        || String::from("null"),
        |floor| format!("{{\"wall_ms\": {:.3}, \"peak_kib\": {}}}", millis(floor.wall), floor.peak),
    );
    let means = results.modes.iter().filter_map(|&mode| {
        let rows: Vec<&Row> = results.rows.iter().filter(|row| row.mode == mode).collect();
        (!rows.is_empty()).then(|| (mode.name(), ratios(|of| mean(&rows, of))))
    });
    let problems: Vec<String> = results.problems.iter().map(|problem| quoted(problem)).collect();
    let rows: Vec<String> = results.rows.iter().map(json_row).collect();
    let alone: Vec<String> = results.alone.iter().map(json_alone).collect();
    format!(
        "{{\n\"machine\": {},\n\"pairs\": {},\n\"left\": {},\n\
         \"floor\": {floor},\n\"rows\": [\n{}\n],\n\
         \"alone\": [\n{}\n],\n\"geometric_means\": {},\n\"problems\": [{}]\n}}\n",
        object(machine),
        results.pairs,
        results.left,
        rows.join(",\n"),
        alone.join(",\n"),
        object(means),
        problems.join(", "),
    )
}

fn json_row(row: &Row) -> String {
    object([
        ("program", quoted(&row.name)),
        ("layout", quoted(&row.layout)),
        ("mode", quoted(row.mode.name())),
        ("steps", row.steps.map_or_else(|| String::from("null"), |steps| steps.to_string())),
        ("ours", json_side(row, |pair| pair.0)),
        ("peer", json_side(row, |pair| pair.1)),
        ("median", ratios(|of| row.median(of))),
    ])
}

fn json_alone(row: &Alone) -> String {
    object([
        ("program", quoted(&row.name)),
        ("layout", quoted(&row.layout)),
        ("steps", row.steps.map_or_else(|| String::from("null"), |steps| steps.to_string())),
        ("hints", row.hints.to_string()),
        ("ours", json_samples(&row.runs)),
    ])
}

fn json_side(row: &Row, side: impl Fn(&Pair) -> Sample) -> String {
    json_samples(&row.pairs.iter().map(side).collect::<Vec<_>>())
}

fn json_samples(samples: &[Sample]) -> String {
    let list = |figure: &dyn Fn(Sample) -> String| {
        let figures: Vec<String> = samples.iter().map(|&sample| figure(sample)).collect();
        format!("[{}]", figures.join(", "))
    };
    object([
        ("wall_ms", list(&|sample| format!("{:.3}", millis(sample.wall)))),
        ("cpu_ms", list(&|sample| format!("{:.3}", millis(sample.cpu)))),
        ("peak_kib", list(&|sample| sample.peak.to_string())),
    ])
}

/// The three ratios as a JSON object, each summed up by `sum_up`.
fn ratios(sum_up: impl Fn(fn(&Pair) -> f64) -> f64) -> String {
    object([
        ("faster", format!("{:.4}", sum_up(faster))),
        ("faster_cpu", format!("{:.4}", sum_up(faster_cpu))),
        ("memory", format!("{:.4}", sum_up(memory))),
    ])
}

fn mean(rows: &[&Row], of: fn(&Pair) -> f64) -> f64 {
    geometric_mean(rows.iter().map(|row| row.median(of)))
}

fn faster((ours, peer): &Pair) -> f64 {
    peer.wall.as_secs_f64() / ours.wall.as_secs_f64()
}

/// The fastest run of the peer against the fastest of ours.
fn best(row: &Row) -> f64 {
    least(row, |pair| pair.1.wall) / least(row, |pair| pair.0.wall)
}

/// The run of the peer with the least CPU time against ours.
fn best_cpu(row: &Row) -> f64 {
    least(row, |pair| pair.1.cpu) / least(row, |pair| pair.0.cpu)
}

/// The least time of all pairs in seconds, a microsecond if it is less.
fn least(row: &Row, of: impl Fn(&Pair) -> Duration) -> f64 {
    let times = row.pairs.iter().map(|pair| of(pair).as_secs_f64());
    times.fold(f64::MAX, f64::min).max(1e-6)
}

/// CPU time is told in microseconds: a run of less counts as one.
fn faster_cpu((ours, peer): &Pair) -> f64 {
    let micros = |sample: &Sample| sample.cpu.as_secs_f64().max(1e-6);
    micros(peer) / micros(ours)
}

#[expect(clippy::cast_precision_loss, reason = "KiB of a machine's memory fit in 52 bits")]
fn memory((ours, peer): &Pair) -> f64 {
    ours.peak.max(1) as f64 / peer.peak.max(1) as f64
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Megabytes (10^6 bytes) from KiB.
#[expect(clippy::cast_precision_loss, reason = "KiB of a machine's memory fit in 52 bits")]
fn mega(kib: u64) -> f64 {
    kib as f64 * 1024.0 / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "a count of steps fits in 52 bits")]
fn per_step(millis: f64, steps: Option<u64>) -> String {
    match steps {
        Some(steps) if steps >= ENOUGH_STEPS => format!("{:.1}", millis * 1e6 / steps as f64),
        _ => String::from("–"),
    }
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let fields: Vec<String> =
        fields.into_iter().map(|(name, value)| format!("{}: {value}", quoted(name))).collect();
    format!("{{{}}}", fields.join(", "))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::{object, per_step, quoted};

    #[test]
    fn strings() {
        assert_eq!(quoted("a\"b\\\n"), "\"a\\\"b\\\\\\u000a\"");
        assert_eq!(object([("n", "1".into())]), "{\"n\": 1}");
    }

    #[test]
    fn steps() {
        assert_eq!(per_step(1.0, Some(1_000_000)), "1.0");
        assert_eq!(per_step(1.0, Some(9)), "–");
        assert_eq!(per_step(1.0, None), "–");
    }
}
