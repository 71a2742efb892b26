//! [`ProgramError`]: why a file is no program that can be run.

/// Why a file's bytes are no program.
///
/// Each is one sentence to stand behind the file's name. Lines and columns count from 1.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ProgramError {
    /// There are no bytes, or only white space.
    #[error("the file is empty; was the program compiled?")]
    Empty,
    /// The bytes are not JSON.
    #[error("not valid JSON at line {line}, column {column} ({reason}); {advice}")]
    NotJson {
        /// The line of the first error.
        line: usize,
        /// The column of the first error.
        column: usize,
        /// What the JSON reader says.
        reason: String,
        /// What the user may have meant.
        advice: &'static str,
    },
    /// The bytes are not text.
    #[error("not valid JSON: byte {offset} is not UTF-8")]
    NotUtf8 {
        /// The place of the first such byte, from 0.
        offset: usize,
    },
    /// The JSON is not an object.
    #[error("not a compiled program: the JSON is not an object")]
    NotAnObject,
    /// A field that every program has is missing.
    #[error("not a compiled program: the field \"{field}\" is missing{advice}")]
    MissingField {
        /// The field.
        field: &'static str,
        /// What else the file may be; empty if there is no telling.
        advice: &'static str,
    },
    /// A field holds something else than it should.
    #[error("the field \"{field}\" is malformed at line {line}, column {column}: {reason}")]
    MalformedField {
        /// The field.
        field: &'static str,
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What is wrong.
        reason: String,
    },
    /// A word is no hexadecimal number.
    #[error("word {index} of \"data\" is not a lower-case hexadecimal number: {text:?}")]
    BadWord {
        /// The word's place, from 0.
        index: usize,
        /// The word's text, cut when long.
        text: String,
    },
    /// A word is not below the prime.
    #[error("word {index} of \"data\" is not below the prime: {text}")]
    WordTooLarge {
        /// The word's place, from 0.
        index: usize,
        /// The word's text, cut when long.
        text: String,
    },
    /// The program is for another field.
    #[error(
        "the program was compiled for the prime {found}; only \
         0x800000000000011000000000000000000000000000000000000000000000001 is supported"
    )]
    UnsupportedPrime {
        /// The prime's text, cut when long.
        found: String,
    },
    /// The program wants a builtin that does not exist.
    #[error("unknown builtin {name:?} in \"builtins\"")]
    UnknownBuiltin {
        /// The name.
        name: String,
    },
    /// A hint is not at a word of the program.
    #[error("there is a hint at pc {pc}, outside the program of {length} words")]
    HintOutside {
        /// The hint's key.
        pc: String,
        /// The program's length, in words.
        length: usize,
    },
    /// A hint or an attribute uses a reference that does not exist.
    #[error(
        "{place} uses reference {index} ({name:?}), but \"reference_manager\" has only {count}"
    )]
    ReferenceOutOfRange {
        /// Which hint or attribute.
        place: String,
        /// The reference's name.
        name: String,
        /// The number it is given.
        index: i64,
        /// How many references there are.
        count: usize,
    },
    /// A name has an empty part.
    #[error("the name {name:?} has an empty part")]
    BadName {
        /// The name.
        name: String,
    },
    /// An identifier is of a kind that the reference does not know.
    #[error("the identifier {name:?} is of the unknown type {kind:?}")]
    UnknownIdentifierType {
        /// The identifier.
        name: String,
        /// Its type.
        kind: String,
    },
    /// An identifier lacks a field of its kind.
    #[error("the identifier {name:?}, a {kind}, lacks the field \"{field}\"")]
    IncompleteIdentifier {
        /// The identifier.
        name: String,
        /// Its type.
        kind: &'static str,
        /// The field.
        field: &'static str,
    },
    /// The debug information can't be read.
    #[error("the field \"debug_info\" is malformed: {reason}")]
    BadDebugInfo {
        /// What is wrong.
        reason: String,
    },
}
