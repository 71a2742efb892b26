//! `metadata.json`: the program and the segments of a run (`CairoPieMetadata` in cairo-lang's
//! `cairo_pie.py`).

use std::io::{self, Write};

use cairo_zero_core::{BuiltinName, Felt};
use cairo_zero_program::Program;

use super::archive::METADATA;
use super::error::{PieError, PieErrorKind};
use super::fields::{Fields, builtin, shortened};
use super::json::Json;

/// Numbers and sizes of segments are below this (`SegmentInfo.run_validity_checks` there).
const SEGMENT_LIMIT: u64 = 1 << 30;

/// The prime of the STARK field, `2^251 + 17 * 2^192 + 1`.
const PRIME: &str = "3618502788666131213697322783095070105623107215331596699973092056135872020481";

/// A segment's number and its size in cells (`SegmentInfo`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SegmentInfo {
    pub(crate) index: u64,
    pub(crate) size: u64,
}

/// The segments of a run by what they are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segments {
    pub(crate) program: SegmentInfo,
    pub(crate) execution: SegmentInfo,
    pub(crate) return_fp: SegmentInfo,
    pub(crate) return_pc: SegmentInfo,
    pub(crate) builtins: Vec<(BuiltinName, SegmentInfo)>,
    pub(crate) extra: Vec<SegmentInfo>,
}

/// The program of a PIE: without hints, names and debug information (`StrippedProgram`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stripped {
    pub(crate) data: Vec<Felt>,
    pub(crate) builtins: Vec<BuiltinName>,
    /// Where `main` begins, in words from the program's start.
    pub(crate) main: usize,
}

/// Reads the file and checks it as `run_validity_checks` does.
pub(crate) fn read(text: &[u8]) -> Result<(Stripped, Segments), PieError> {
    let json = Json::parse(text).map_err(|error| PieErrorKind::Json { member: METADATA, error })?;
    let names = [
        "program",
        "program_segment",
        "execution_segment",
        "ret_fp_segment",
        "ret_pc_segment",
        "builtin_segments",
        "extra_segments",
    ];
    let fields = Fields::new(METADATA, "the file", &json, &names)?;
    let program = read_program(fields.get("program")?)?;
    let segment = |name: &str| read_segment(name, fields.get(name)?);
    let mut builtins = Vec::new();
    for (name, json) in fields.object("builtin_segments")? {
        let name = builtin(name, "Invalid builtin_segments.")?;
        builtins.push((name, read_segment("a builtin segment", json)?));
    }
    let extra = fields.list("extra_segments")?.iter();
    let extra = extra.map(|json| read_segment("an extra segment", json));
    let segments = Segments {
        program: segment("program_segment")?,
        execution: segment("execution_segment")?,
        return_fp: segment("ret_fp_segment")?,
        return_pc: segment("ret_pc_segment")?,
        builtins,
        extra: extra.collect::<Result<_, _>>()?,
    };
    segments.check(&program)?;
    Ok((program, segments))
}

fn read_program(json: &Json<'_>) -> Result<Stripped, PieError> {
    let names = ["prime", "data", "builtins", "main"];
    let fields = Fields::new(METADATA, "the program", json, &names)?;
    let prime = fields.get("prime")?.integer();
    let prime = prime.ok_or_else(|| fields.wrong(String::from("the prime is no number")))?;
    if prime.to_bigint().to_u64_digits().1 != Felt::PRIME || prime.is_negative() {
        return Err(PieErrorKind::Prime(shortened(&prime.to_string()).into_owned()).into());
    }
    let data = fields.list("data")?.iter().map(word).collect::<Result<Vec<_>, _>>()?;
    let mut builtins = Vec::new();
    for json in fields.list("builtins")? {
        let name = json.text();
        let name = name.ok_or_else(|| fields.wrong(String::from("a builtin's name is no text")))?;
        builtins.push(builtin(name, "Invalid builtin list.")?);
    }
    if (1..builtins.len()).any(|at| builtins[..at].contains(&builtins[at])) {
        return Err(PieErrorKind::security("Invalid builtin list.").into());
    }
    let main = fields.number("main", data.len() as u64, "Invalid main() address.")?;
    Ok(Stripped { data, builtins, main: main as usize })
}

/// A word of the program.
fn word(json: &Json<'_>) -> Result<Felt, PieError> {
    let invalid = || PieError::from(PieErrorKind::security("Invalid program data."));
    let number = json.integer().filter(|number| !number.is_negative()).ok_or_else(invalid)?;
    if let Some(small) = number.to_i128() {
        return Ok(Felt::from_u128(small.unsigned_abs()));
    }
    let digits = number.to_bigint().to_u64_digits().1;
    let limbs = std::array::from_fn(|at| digits.get(at).copied().unwrap_or(0));
    Felt::from_limbs(limbs).filter(|_| digits.len() <= limbs.len()).ok_or_else(invalid)
}

fn read_segment(what: &str, json: &Json<'_>) -> Result<SegmentInfo, PieError> {
    let fields = Fields::new(METADATA, what, json, &["index", "size"])?;
    Ok(SegmentInfo {
        index: fields.number("index", SEGMENT_LIMIT, "Invalid segment index.")?,
        size: fields.number("size", SEGMENT_LIMIT, "Invalid segment size.")?,
    })
}

impl Segments {
    /// Every segment, in the order of their numbers as these have to be.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = SegmentInfo> + '_ {
        let builtins = self.builtins.iter().map(|(_, segment)| *segment);
        let first = [self.program, self.execution].into_iter().chain(builtins);
        first.chain([self.return_fp, self.return_pc]).chain(self.extra.iter().copied())
    }

    /// The size of every segment in cells, in the order of their numbers.
    pub(crate) fn sizes(&self) -> Vec<u64> {
        self.in_order().map(|segment| segment.size).collect()
    }

    /// The checks of `CairoPieMetadata.run_validity_checks`, in its order.
    fn check(&self, program: &Stripped) -> Result<(), PieError> {
        let fail = |message: String| Err(PieErrorKind::Security(message).into());
        if self.program.size != program.data.len() as u64 {
            let message = "Program length does not match the program segment size.";
            return fail(String::from(message));
        }
        let names: Vec<BuiltinName> = self.builtins.iter().map(|(name, _)| *name).collect();
        if names != program.builtins {
            return fail(format!(
                "Builtin list mismatch in builtin_segments. Builtins: {}, segment keys: {}.",
                list_of(&program.builtins),
                list_of(&names)
            ));
        }
        for (name, segment) in [("ret_fp", self.return_fp), ("ret_pc", self.return_pc)] {
            if segment.size != 0 {
                return fail(format!("Invalid segment size for {name}. Must be 0."));
            }
        }
        for (index, segment) in (0..).zip(self.in_order()) {
            if segment.index != index {
                return fail(self.misplaced(index, segment.index));
            }
        }
        Ok(())
    }

    /// What the reference says of the segment that should be number `index` and is number `found`.
    fn misplaced(&self, index: u64, found: u64) -> String {
        let behind = self.builtins.len() as u64 + 2;
        let name = match index {
            0 => "program_segment",
            1 => "execution_segment",
            _ if index < behind => {
                return format!(
                    "Invalid segment index for {}.",
                    self.builtins[index as usize - 2].0
                );
            }
            _ if index == behind => {
                return format!("Invalid segment index for ret_fp_segment. {found}");
            }
            _ if index == behind + 1 => "ret_pc_segment",
            _ => return String::from("Invalid segment indices for extra_segments."),
        };
        format!("Invalid segment index for {name}.")
    }

    /// Writes the file for a run of `program` that began at word `main`.
    pub(crate) fn write(
        &self,
        program: &Program,
        main: usize,
        out: &mut impl Write,
    ) -> io::Result<()> {
        write!(out, "{{\"program\": {{\"prime\": {PRIME}, \"data\": [")?;
        for (at, word) in program.data().iter().enumerate() {
            write!(out, "{}{word}", if at == 0 { "" } else { ", " })?;
        }
        let builtins = program.builtins().iter().map(|name| format!("\"{name}\""));
        let builtins = builtins.collect::<Vec<_>>().join(", ");
        write!(out, "], \"builtins\": [{builtins}], \"main\": {main}}}")?;
        for (name, segment) in [
            ("program_segment", self.program),
            ("execution_segment", self.execution),
            ("ret_fp_segment", self.return_fp),
            ("ret_pc_segment", self.return_pc),
        ] {
            write!(out, ", \"{name}\": ")?;
            segment.write(out)?;
        }
        write!(out, ", \"builtin_segments\": {{")?;
        for (at, (name, segment)) in self.builtins.iter().enumerate() {
            write!(out, "{}\"{name}\": ", if at == 0 { "" } else { ", " })?;
            segment.write(out)?;
        }
        write!(out, "}}, \"extra_segments\": [")?;
        for (at, segment) in self.extra.iter().enumerate() {
            write!(out, "{}", if at == 0 { "" } else { ", " })?;
            segment.write(out)?;
        }
        write!(out, "]}}")
    }
}

impl SegmentInfo {
    fn write(self, out: &mut impl Write) -> io::Result<()> {
        write!(out, "{{\"index\": {}, \"size\": {}}}", self.index, self.size)
    }
}

/// Names as Python prints a list of them.
fn list_of(names: &[BuiltinName]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    format!("[{}]", names.join(", "))
}
