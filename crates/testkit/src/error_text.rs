//! The error text of a failed run beside the reference's: the same bytes, but for the lines that are
//! ours alone, and for what `cairo_programs/known_error_texts.txt` lists.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::difference::{Difference, first_line};
use crate::engine::Outcome;
use crate::program::root;

/// What Python prints above an exception that nobody caught.
const TRACEBACK: &str = "Traceback (most recent call last):\n";

/// How the error text of a program is meant to differ from the reference's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextClass {
    /// The reference dies with a traceback of its own; ours is the exception's sentence.
    Traceback,
    /// The exception of a hint came from a module of the reference, whose frames it shows.
    Frames,
    /// Ours has words of its own.
    Own,
}

/// The programs whose error text is meant to differ.
#[derive(Clone, Debug, Default)]
pub struct KnownTexts(BTreeMap<String, TextClass>);

impl KnownTexts {
    /// Reads `cairo_programs/known_error_texts.txt`: lines of `folder/name: class`, or
    /// `folder/name: own (reason)`; `folder/name@layout` is the program in another layout.
    ///
    /// # Errors
    /// When the file cannot be read, or a line is not understood.
    pub fn read() -> Result<Self> {
        let path = root().join("cairo_programs/known_error_texts.txt");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entry = |line: &str| {
            let (name, class) = line.split_once(": ").context("a line is `folder/name: class`")?;
            let class = match class {
                "traceback" => TextClass::Traceback,
                "frames" => TextClass::Frames,
                reason if reason.starts_with("own (") && reason.ends_with(')') => TextClass::Own,
                _ => bail!("`{class}` is no class of error texts"),
            };
            Ok((name.to_owned(), class))
        };
        Ok(Self(lines.map(entry).collect::<Result<_>>()?))
    }

    /// How the program's text is meant to differ, if it is.
    #[must_use]
    pub fn class(&self, program: &str) -> Option<&TextClass> {
        self.0.get(program)
    }

    /// The names of all programs in the list.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Compares the error texts of two runs of the same job. With a class, what it says is the one
/// difference there may be, and has to be there.
#[must_use]
pub fn compare_texts(
    ours: &Outcome,
    reference: &Outcome,
    class: Option<&TextClass>,
) -> Option<Difference> {
    let (ours, reference) = (ours.stderr_text(), reference.stderr_text());
    let (ours, reference) = (sorted_names(own_text(&ours)), sorted_names(&reference));
    let same = ours == reference;
    match class {
        None => of_text(&ours, &reference),
        Some(_) if same => Some(unexpected("the same text, and listed as different")),
        Some(TextClass::Own) => None,
        Some(TextClass::Traceback) if !reference.starts_with(TRACEBACK) => {
            Some(unexpected("no traceback of the reference, and listed as one"))
        }
        Some(TextClass::Traceback) => of_text(&ours, &sentence(&reference)),
        Some(TextClass::Frames) => of_text(&without_frames(&ours), &without_frames(&reference)),
    }
}

fn unexpected(what: &str) -> Difference {
    let place = format!("{what} in cairo_programs/known_error_texts.txt");
    Difference { place, ours: String::new(), reference: String::new() }
}

fn of_text(ours: &str, reference: &str) -> Option<Difference> {
    let difference = first_line(ours.as_bytes(), reference.as_bytes())?;
    let place = difference.place.replace("standard output", "standard error");
    Some(Difference { place, ..difference })
}

/// Our text without the lines below the report: a cure, and the name of the program.
fn own_text(text: &str) -> &str {
    let mut text = text;
    for words in [&["program: ", "Cairo PIE: "][..], &["help: "]] {
        let lines = text.strip_suffix('\n').unwrap_or(text);
        let last = lines.rfind('\n').map_or(0, |at| at + 1);
        if words.iter().any(|word| lines[last..].starts_with(word)) {
            text = &text[..last];
        }
    }
    text
}

/// The text with the names of a printed set in order: that of the reference has none.
fn sorted_names(text: &str) -> String {
    let set = text.split_once("Builtins {").and_then(|(_, rest)| rest.split_once('}'));
    let Some((set, _)) = set else {
        return text.to_owned();
    };
    let mut names: Vec<&str> = set.split(", ").collect();
    names.sort_unstable();
    text.replacen(set, &names.join(", "), 1)
}

/// What our text says where the reference prints a traceback: the message behind the name of the
/// exception, which may have several lines.
fn sentence(traceback: &str) -> String {
    let lines: Vec<&str> = traceback.lines().collect();
    // The exception is what stands behind the last line of the frames, which are indented.
    let last_frame = lines.iter().rposition(|line| line.starts_with("  File ")).unwrap_or(0);
    let mut message =
        lines[last_frame..].iter().skip(1).skip_while(|line| line.starts_with("    "));
    let first = message.next().copied().unwrap_or_default();
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '_');
    let first = first.split_once(": ").filter(|(name, _)| is_name(name)).map_or(first, |(_, m)| m);
    let mut text = format!("Error: {first}\n");
    for line in message {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The text without the frames of the reference's own modules.
fn without_frames(text: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        let is_frame = line.starts_with("  File \"");
        inside = (is_frame && line.contains("starkware")) || (inside && line.starts_with("    "));
        if !inside {
            kept.push_str(line);
        }
    }
    kept
}
