//! Hints: resolving them at load, the native ones, and the names they see.
//!
//! A program's hints are Python texts. [`Engine::load`] decides for each who runs it: native code
//! found by the text's canonical form ([`Canonical`], `table.rs`), a native hint of the embedder
//! ([`Registry`]), or an [`Interpreter`]. What `ids.x` means is worked out here as well ([`Names`]),
//! once per hint and name, for both kinds alike.
//!
//! Invariants:
//! - nothing is looked up by text while the program runs;
//! - a native hint does what its Python text does, down to the exception;
//! - scopes and memory are one thing for native hints and the interpreter;
//! - this crate knows no Python object; the interpreter is behind a trait.

mod engine;
mod error;
mod exception;
mod ids;
mod interpreter;
pub mod memory;
mod native;
mod scopes;
mod table;
mod text;

pub use engine::{Engine, Options, Runner};
pub use error::{Failure, FailureKind, HintError, Piece, Place, Traceback, TracebackFrame};
pub use exception::{Exception, ExceptionClass};
pub use ids::{
    Binding, Frame, Integer, Item, Member, MemberKind, NameScope, Names, Reference, Struct,
};
pub use interpreter::{Context, Interpreter};
pub use native::{Make, NativeHint, Registry};
pub use scopes::{OpenScopes, ScopeVariables, Scopes};
pub use table::{Pattern, Row, Target, rows};
pub use text::{Canonical, digest};
