//! [`HintError`]: a hint that could not be compiled or run, with Python's own words for it.

use std::fmt;

use cairo_zero_core::Relocatable;

use crate::Exception;

/// A hint that failed: which one, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HintError {
    /// The first cell of the program that the hint is in.
    pub base: Relocatable,
    /// The offset of the hint's instruction in the program, in cells.
    pub offset: u64,
    /// Which of the hints of that instruction, from 0.
    pub index: u32,
    /// The number of the hint in the program, from 0: the `N` of `<hintN>`.
    pub number: u32,
    /// What happened.
    pub failure: Failure,
}

/// What happened to a hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Whether the hint ran at all.
    pub kind: FailureKind,
    /// What Python prints for it.
    pub traceback: Traceback,
}

/// At which point a hint failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Its text is no Python program; found before the first step.
    Compiling,
    /// It raised an exception.
    Executing,
    /// It raised a `SyntaxError`, which the reference takes for one of the hint's own text.
    Evaluating,
    /// It ended the process with this exit status (`sys.exit`). The traceback holds what is to be
    /// printed to stderr, mostly nothing.
    Exit(i32),
}

impl FailureKind {
    /// The sentence that stands for the hint's failure in the error message.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Compiling | Self::Evaluating => "Got an exception while compiling a hint.",
            Self::Executing | Self::Exit(_) => "Got an exception while executing a hint.",
        }
    }
}

/// A Python traceback in pieces, so that frames in hints can be shown where they are in Cairo code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traceback {
    /// The pieces, in printing order.
    pub pieces: Vec<Piece>,
}

/// A piece of a traceback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Whole lines, printed as they are.
    Text(String),
    /// A line of the traceback's stack.
    Frame(TracebackFrame),
    /// The place of a syntax error in a hint.
    SyntaxError(TracebackFrame),
}

/// A line of a traceback's stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracebackFrame {
    /// The file, `<hintN>` for a hint.
    pub file: String,
    /// The line in it, from 1.
    pub line: u32,
    /// The function, `<module>` outside every function.
    pub function: String,
}

impl TracebackFrame {
    /// The number of the hint that the frame is in, if it is in one.
    #[must_use]
    pub fn hint(&self) -> Option<u32> {
        self.file.strip_prefix("<hint")?.strip_suffix('>')?.parse().ok()
    }
}

/// Where a line of a hint is in the Cairo code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The Cairo file.
    pub file: String,
    /// The line in it, from 1.
    pub line: u32,
    /// The text of that line, if the file can be read.
    pub text: Option<String>,
}

impl Traceback {
    /// Prints the traceback, with the frames of hints replaced by what `place` knows of a hint's
    /// number and line. The result ends with a line break.
    #[must_use]
    pub fn render(&self, place: impl Fn(u32, u32) -> Option<Place>) -> String {
        let mut out = String::new();
        let mut last: Option<(String, u32)> = None;
        // The reference knows the places of the last exception only, not of those that led to it.
        let is_start = |piece: &Piece| matches!(piece, Piece::Text(text) if text == STACK);
        let start = self.pieces.iter().rposition(is_start).unwrap_or_default();
        for (at, piece) in self.pieces.iter().enumerate() {
            let place = |hint, line| if at < start { None } else { place(hint, line) };
            match piece {
                Piece::Text(text) => {
                    repeated(&mut out, &mut last);
                    out.push_str(text);
                }
                Piece::Frame(frame) => {
                    let text = entry(frame, &place, true);
                    match &mut last {
                        Some((before, count)) if *before == text => {
                            *count += 1;
                            if *count > REPEATED {
                                continue;
                            }
                        }
                        _ => {
                            repeated(&mut out, &mut last);
                            last = Some((text.clone(), 1));
                        }
                    }
                    out.push_str(&text);
                }
                Piece::SyntaxError(frame) => {
                    repeated(&mut out, &mut last);
                    out.push_str(&entry(frame, &place, false));
                }
            }
        }
        repeated(&mut out, &mut last);
        out
    }
}

/// The line above a stack.
const STACK: &str = "Traceback (most recent call last):\n";

/// Python prints an entry at most this many times in a row (`_RECURSIVE_CUTOFF` of its
/// `traceback.py`).
const REPEATED: u32 = 3;

fn repeated(out: &mut String, last: &mut Option<(String, u32)>) {
    if let Some((_, count)) = last.take()
        && count > REPEATED
    {
        let more = count - REPEATED;
        let plural = if more == 1 { "" } else { "s" };
        out.push_str(&format!("  [Previous line repeated {more} more time{plural}]\n"));
    }
}

fn entry(
    frame: &TracebackFrame,
    place: &impl Fn(u32, u32) -> Option<Place>,
    with_function: bool,
) -> String {
    let known = frame.hint().and_then(|hint| place(hint, frame.line));
    let (file, line) = match &known {
        Some(place) => (place.file.as_str(), place.line),
        None => (frame.file.as_str(), frame.line),
    };
    let mut text = format!("  File \"{file}\", line {line}");
    if with_function {
        text.push_str(", in ");
        text.push_str(&frame.function);
    }
    text.push('\n');
    if with_function
        && let Some(line) = known.and_then(|place| place.text)
        && !line.trim().is_empty()
    {
        text.push_str("    ");
        text.push_str(line.trim());
        text.push('\n');
    }
    text
}

impl fmt::Display for Traceback {
    /// Prints the traceback with hints under their numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(|_, _| None))
    }
}

impl Failure {
    /// A failure with no stack to show.
    pub fn text(kind: FailureKind, text: impl Into<String>) -> Self {
        Self { kind, traceback: Traceback { pieces: vec![Piece::Text(text.into())] } }
    }

    /// A native hint raised `exception` where its Python text would have done so.
    #[must_use]
    pub fn raised(exception: &Exception, number: u32, line: u32) -> Self {
        let frame = TracebackFrame {
            file: format!("<hint{number}>"),
            line,
            function: String::from("<module>"),
        };
        Self {
            kind: FailureKind::Executing,
            traceback: Traceback {
                pieces: vec![
                    Piece::Text(String::from(STACK)),
                    Piece::Frame(frame),
                    Piece::Text(format!("{exception}\n")),
                ],
            },
        }
    }
}

impl fmt::Display for HintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.failure.kind.message())?;
        f.write_str("\n")?;
        f.write_str(self.failure.traceback.to_string().trim_end())
    }
}

impl std::error::Error for HintError {}
