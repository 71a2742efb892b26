//! The words of syntax errors.

use rustpython_vm::compiler::parser::{LexicalErrorType, ParseErrorType};
use rustpython_vm::compiler::{CompileError, ParseError};

/// What Python says about a text that does not compile.
pub(crate) struct Description {
    /// The exception class.
    pub(crate) class: &'static str,
    /// The message.
    pub(crate) message: String,
    /// The columns to mark, from 1; `None` where Python shows no source line.
    pub(crate) columns: Option<(u32, Option<u32>)>,
}

/// Describes a failure to compile `source`.
///
/// The interpreter's parser words things its own way; the commonest are brought to CPython's.
pub(crate) fn describe(error: &CompileError, source: &str) -> Description {
    let (line, column) = error.python_location();
    let end = match error.python_end_location() {
        Some((end_line, end)) if end_line == line => Some(end as u32),
        _ => None,
    };
    let columns = Some((column as u32, end));
    let CompileError::Parse(ParseError { error: kind, .. }) = error else {
        // What is found behind the parser comes without the line.
        let message = lower_first(error.to_string());
        return Description { class: "SyntaxError", message, columns: None };
    };
    let (class, message) = parser_message(kind, error, source, line);
    let columns = match kind {
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => {
            Some((column as u32, None))
        }
        _ => columns,
    };
    Description { class, message, columns }
}

fn parser_message(
    kind: &ParseErrorType,
    error: &CompileError,
    source: &str,
    line: usize,
) -> (&'static str, String) {
    match kind {
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            ("IndentationError", "unindent does not match any outer indentation level".to_owned())
        }
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => {
            ("SyntaxError", format!("unterminated string literal (detected at line {line})"))
        }
        ParseErrorType::UnexpectedIndentation => {
            ("IndentationError", "unexpected indent".to_owned())
        }
        ParseErrorType::OtherError(text) if text.starts_with("Expected an indented block") => {
            let text = lower_first(text.replace('`', "'"));
            ("IndentationError", format!("{text} on line {}", opening_line(source, line)))
        }
        ParseErrorType::OtherError(text) if text.ends_with("was never closed") => {
            ("SyntaxError", text.clone())
        }
        ParseErrorType::ExpectedToken { .. } if is_colon_missing(&error.to_string()) => {
            ("SyntaxError", "expected ':'".to_owned())
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { .. })
        | ParseErrorType::SimpleStatementsOnSameLine
        | ParseErrorType::SimpleAndCompoundStatementOnSameLine
        | ParseErrorType::ExpectedToken { .. }
        | ParseErrorType::ExpectedExpression
        | ParseErrorType::UnexpectedExpressionToken => ("SyntaxError", "invalid syntax".to_owned()),
        _ => ("SyntaxError", lower_first(error.to_string())),
    }
}

/// The line above `line` that opens a block.
fn opening_line(source: &str, line: usize) -> usize {
    let before: Vec<&str> = source.lines().take(line.saturating_sub(1)).collect();
    let opens = |text: &&str| text.split('#').next().unwrap_or_default().trim_end().ends_with(':');
    before.iter().rposition(opens).map_or(line, |at| at + 1)
}

fn lower_first(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

fn is_colon_missing(message: &str) -> bool {
    let expected =
        message.strip_prefix("Expected ").map(|rest| rest.trim_start_matches(['`', '\'']));
    expected.is_some_and(|rest| rest.starts_with(':'))
}
