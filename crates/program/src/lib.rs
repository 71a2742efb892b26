//! Compiled Cairo programs: reading the JSON that cairo-compile writes.
//!
//! [`Program::from_json`] turns a file's bytes into a [`Program`] and checks it once; everything
//! behind it can rely on a program's words being felts, its hints lying inside it and its
//! references existing. Debug information, most of a file's bytes, is not looked into until
//! [`Program::debug_info`] asks for it. The texts of references and types are read by [`expr`].
//!
//! Invariants:
//! - nothing else reads program JSON, and of what is read the debug information alone is written as JSON again;
//! - a [`Program`] is well-formed, whatever the file held;
//! - the crate knows neither memory nor runs: no relocatable value appears in it.

mod big_const;
mod debug_info;
mod debug_text;
mod error;
pub mod expr;
mod identifiers;
mod json_text;
mod load;
mod program;
mod raw;
mod skip;
mod words;

pub use big_const::{BigConst, ParseBigConstError};
pub use debug_info::{DebugInfo, HintLocation, InputFile, InstructionLocation, Location};
pub use error::ProgramError;
pub use identifiers::{
    Identifier, IdentifierError, Identifiers, Member, MemberType, Resolution, Resolved, Struct,
};
pub use json_text::push_json_text;
pub use program::{ApTracking, Attribute, FlowTracking, Hint, Program, Reference};
