//! The search: functions, labels, lines, instructions, and cells by what they hold.

use std::time::{Duration, Instant};

use cairo_zero_core::{Felt, Relocatable, Value};
use serde::Serialize;

use crate::Tracing;
use crate::state::{address_text, parse_address};

/// The most results of a kind.
const MOST: usize = 30;

/// How long memory is searched.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Hit {
    /// `step`, `function`, `label`, `line`, `pc` or `cell`.
    kind: &'static str,
    /// What it is called.
    text: String,
    /// The step, for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u64>,
    /// The instruction or cell, for those.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

impl Tracing<'_> {
    /// What a text can mean.
    pub(crate) fn search(&self, text: &str) -> Vec<Hit> {
        let text = text.trim();
        let mut hits = Vec::new();
        let at = |kind, text: String, at: String| Hit { kind, text, step: None, at: Some(at) };
        if let Some(step) = text.parse().ok().filter(|step| *step <= self.steps) {
            hits.push(Hit {
                kind: "step",
                text: format!("step {step}"),
                step: Some(step),
                at: None,
            });
        }
        if let Some(address) = parse_address(text) {
            let known = self.code.row_at(address.into()).is_some();
            if known {
                hits.push(at("pc", format!("instruction {text}"), address_text(address)));
            }
            hits.push(at("cell", format!("cell {text}"), address_text(address)));
        }
        for (kind, labels) in [("function", false), ("label", true)] {
            let named = self.code.names(labels).filter(|named| contains(named.name, text));
            hits.extend(named.take(MOST).map(|named| at(kind, named.name.to_owned(), named.at)));
        }
        self.search_lines(text, &mut hits);
        if let Some(value) = parse_value(text) {
            let cells = self.cells_with(value);
            hits.extend(cells.map(|cell| {
                let cell = address_text(cell);
                at("cell", format!("{text} at {cell}"), cell)
            }));
        }
        hits
    }

    fn search_lines(&self, text: &str, hits: &mut Vec<Hit>) {
        let Some((name, line)) = text.rsplit_once(':') else { return };
        let Ok(line) = line.parse::<u32>() else { return };
        for (number, file) in (0..).zip(self.code.files()) {
            if !contains(file, name) || name.is_empty() {
                continue;
            }
            let entries = self.code.entries(number);
            let found = entries.into_iter().find(|(at, _)| *at >= line);
            if let Some((line, mut at)) = found.filter(|(_, at)| !at.is_empty()) {
                let text = format!("{file}:{line}");
                hits.push(Hit { kind: "line", text, step: None, at: Some(at.swap_remove(0)) });
            }
        }
    }

    /// The first cells that hold a value.
    fn cells_with(&self, value: Value) -> impl Iterator<Item = Relocatable> {
        let deadline = Instant::now() + PATIENCE;
        let cells = self.memory.iter().zip(0_u64..);
        cells
            .take_while(move |(_, count)| count % (1 << 16) != 0 || Instant::now() < deadline)
            .filter(move |((_, held), _)| *held == value)
            .map(|((at, _), _)| at)
            .take(MOST)
    }
}

/// Whether a name has a text in it, in whatever case.
fn contains(name: &str, text: &str) -> bool {
    text.len() > 1 && name.to_lowercase().contains(&text.to_lowercase())
}

/// A value as people write it: decimal, with a sign perhaps, or hexadecimal, or an address.
pub(crate) fn parse_value(text: &str) -> Option<Value> {
    if let Some(address) = parse_address(text) {
        return Some(Value::Relocatable(address));
    }
    let (digits, negative) = match text.strip_prefix('-') {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    let (digits, radix) = match digits.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    if digits.is_empty() || digits.len() > 80 {
        return None;
    }
    let base = Felt::from_u64(radix.into());
    let mut felt = Felt::ZERO;
    for digit in digits.chars() {
        felt = felt * base + Felt::from_u64(digit.to_digit(radix)?.into());
    }
    Some(Value::Felt(if negative { -felt } else { felt }))
}
