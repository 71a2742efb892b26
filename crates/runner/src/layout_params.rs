//! The layout `dynamic`: every builtin, with numbers from a JSON object.
//!
//! The keys are those of `CairoLayoutParams` in cairo-lang's `dynamic_layout_params.py`, all of them
//! and no others. That checks little more; here a number that no trace could be built with is
//! refused, too: each is a power of two that fits 32 bits, or what is said at its place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cairo_zero_core::BuiltinName;
use serde_json::value::RawValue;

use crate::layout::diluted;
use crate::{DYNAMIC, Layout, Ratio};

/// Builtins that may have several instances for a step (`LOW_RATIO_BUILTINS`), and so a denominator
/// among the parameters.
const LOW_RATIO: [BuiltinName; 3] =
    [BuiltinName::RangeCheck96, BuiltinName::AddMod, BuiltinName::MulMod];

/// The largest `cpu_component_step` (`MAX_CPU_COMPONENT_STEP`).
const MAX_COMPONENT_STEP: u32 = 1 << 8;

/// Rows of the trace for a step where `cpu_component_step` is 1 (`COMPONENT_HEIGHT`).
const COMPONENT_HEIGHT: u32 = 16;

/// The fraction of public memory (`DYNAMIC_PUBLIC_MEMORY_FRACTION`).
const PUBLIC_MEMORY_FRACTION: u32 = 8;

impl Layout {
    /// The layout `dynamic` with the parameters of a JSON object.
    ///
    /// All builtins are there. One that the parameters say is not used can still be run; there are
    /// only no instances for it in a trace.
    ///
    /// # Errors
    /// When `json` is no such object, lacks a parameter or has one too many, or a parameter has a
    /// value that it can't have.
    pub fn dynamic(json: &[u8]) -> Result<Self, LayoutParamsError> {
        let mut numbers = Params::parse(json)?;
        let cpu_component_step = numbers.power("cpu_component_step", MAX_COMPONENT_STEP)?;
        let range_check_units = numbers.power("rc_units", MOST)?;
        let memory_units = numbers.power("memory_units_per_step", MOST)?;
        let rows = COMPONENT_HEIGHT * cpu_component_step;
        let log_units = numbers.log_units(rows.ilog2().cast_signed())?;
        let mut builtins = Vec::new();
        let mut ratios = Vec::new();
        for &name in BuiltinName::ALL {
            match name {
                BuiltinName::Output => builtins.push(name),
                BuiltinName::SegmentArena => {}
                _ => {
                    builtins.push(name);
                    ratios.push((name, numbers.ratio(name)?));
                }
            }
        }
        numbers.finish()?;
        Ok(Self {
            name: DYNAMIC,
            builtins: Cow::Owned(builtins),
            ratios: Cow::Owned(ratios),
            cpu_component_step,
            range_check_units,
            memory_units,
            public_memory_fraction: PUBLIC_MEMORY_FRACTION,
            diluted_pool: diluted(log_units),
        })
    }
}

/// The largest power of two of 32 bits.
const MOST: u32 = 1 << 31;

/// The parameters that have not been asked for yet.
struct Params(BTreeMap<String, Box<RawValue>>);

impl Params {
    fn parse(json: &[u8]) -> Result<Self, LayoutParamsError> {
        serde_json::from_slice(json).map(Self).map_err(|error| Kind::Json(error).into())
    }

    /// A number of `least` to `most`.
    fn number(&mut self, key: &str, least: i64, most: i64) -> Result<i64, Kind> {
        let found = self.0.remove(key).ok_or_else(|| Kind::Missing(key.to_owned()))?;
        let text = found.get();
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let found = text.chars().take(SHOWN).collect();
            return Err(Kind::NotANumber { key: key.to_owned(), found });
        }
        // What does not fit 64 bits is as much out of range as what does.
        match text.parse() {
            Ok(number) if (least..=most).contains(&number) => Ok(number),
            _ => {
                let found = text.chars().take(SHOWN).collect();
                Err(Kind::OutOfRange { key: key.to_owned(), found, least, most })
            }
        }
    }

    /// A power of two up to `most`.
    fn power(&mut self, key: &str, most: u32) -> Result<u32, Kind> {
        let number = self.number(key, 1, most.into())? as u32;
        if number.is_power_of_two() {
            return Ok(number);
        }
        Err(Kind::NotAPower { key: key.to_owned(), number })
    }

    /// The logarithm of the diluted units for each step: no more of them than `2^most` rows.
    fn log_units(&mut self, most: i32) -> Result<i32, Kind> {
        let least = -(MOST.ilog2().cast_signed());
        Ok(self.number("log_diluted_units_per_step", least.into(), most.into())? as i32)
    }

    /// Whether a builtin is used; Python takes its truth values for the numbers, too.
    fn is_used(&mut self, name: BuiltinName) -> Result<bool, Kind> {
        let key = format!("uses_{name}_builtin");
        let text = self.0.get(&key).map(|value| value.get());
        if let Some(used @ ("true" | "false")) = text {
            let used = used == "true";
            self.0.remove(&key);
            return Ok(used);
        }
        Ok(self.number(&key, 0, 1)? == 1)
    }

    fn ratio(&mut self, name: BuiltinName) -> Result<Ratio, Kind> {
        let used = self.is_used(name)?;
        let key = format!("{name}_ratio");
        let steps = self.number(&key, 0, MOST.into())? as u32;
        let instances = if LOW_RATIO.contains(&name) {
            let key = format!("{name}_ratio_den");
            if used { self.power(&key, MOST)? } else { self.number(&key, 0, MOST.into())? as u32 }
        } else {
            1
        };
        match (used, steps) {
            (false, 0) => Ok(Ratio { steps: 0, instances: 1 }),
            (false, _) => Err(Kind::UnusedWithRatio { name, key }),
            // The reference takes a used builtin without instances for an unused one.
            (true, 0) => Ok(Ratio { steps: 0, instances }),
            (true, steps) if !steps.is_power_of_two() => {
                Err(Kind::NotAPower { key, number: steps })
            }
            (true, steps) if steps > 1 && instances > 1 => Err(Kind::TwoRatios(name)),
            (true, steps) => Ok(Ratio { steps, instances }),
        }
    }

    /// Nothing may be left over.
    fn finish(self) -> Result<(), Kind> {
        self.0.into_keys().next().map_or(Ok(()), |key| Err(Kind::Unknown(key)))
    }
}

/// How much of a wrong value is shown, in characters.
const SHOWN: usize = 40;

/// Why a file has no layout parameters.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct LayoutParamsError(#[from] Kind);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("this is no JSON object of layout parameters: {0}")]
    Json(serde_json::Error),
    #[error("the layout parameter {0} is missing")]
    Missing(String),
    #[error("there is no layout parameter {0:?}")]
    Unknown(String),
    #[error("the layout parameter {key} must be a whole number, not {found}")]
    NotANumber { key: String, found: String },
    #[error("the layout parameter {key} must be a number from {least} to {most}, not {found}")]
    OutOfRange { key: String, found: String, least: i64, most: i64 },
    #[error("the layout parameter {key} must be a power of two, not {number}")]
    NotAPower { key: String, number: u32 },
    #[error("the layout parameter {key} must be 0 because uses_{name}_builtin is 0")]
    UnusedWithRatio { name: BuiltinName, key: String },
    #[error("one of the layout parameters {0}_ratio and {0}_ratio_den must be 1")]
    TwoRatios(BuiltinName),
}

#[cfg(test)]
mod tests;
